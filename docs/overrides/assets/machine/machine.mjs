/* The machine: a Linux in v86, restored from its saved state, and its agent (lab/browser/agent.c).
 *
 * The same for the page and for node, so that what is verified is what the reader gets.
 */

const MOST = 2048 // bytes of content in one frame
const HEAD = 5

export class Machine {
  /* What the terminal printed, what the script's steps printed, how one ended, the script's end. */
  onterminal = () => {}
  onoutput = () => {}
  onreport = () => {}
  onexit = () => {}
  onhalt = () => {}

  #emulator
  #loaded
  #state
  #heard = []
  #queue = []
  #waiting = false
  #settled = []
  #size = "24 80"

  /* `options` go to v86; `state` is an ArrayBuffer, packed by zstd or not. */
  constructor(V86, state, options) {
    this.#state = state
    this.#emulator = new V86({
      ...options,
      initial_state: { buffer: state },
      uart1: true,
      vga_memory_size: 1 << 20,
      disable_speaker: true,
      disable_keyboard: true,
      disable_mouse: true,
      autostart: false,
    })
    this.#loaded = new Promise((resolve) => this.#emulator.add_listener("emulator-loaded", resolve))
    this.#emulator.add_listener("serial0-output-byte", (byte) => this.onterminal(byte))
    this.#emulator.add_listener("serial1-output-byte", (byte) => this.#hear(byte))
    this.#emulator.add_listener("cpu-event-halt", () => this.onhalt())
  }

  async start() {
    await this.#loaded
    await this.#emulator.run()
    this.#wake()
  }

  /* Back to how it was when it was saved. */
  async reset() {
    await this.#emulator.stop()
    await this.#emulator.restore_state(this.#state)
    this.#heard = []
    this.#queue = []
    this.#waiting = false
    await this.#emulator.run()
    this.#wake()
  }

  async destroy() {
    await this.#emulator.destroy()
    this.#state = null
  }

  /* To the terminal, as a keyboard would. */
  type(text) {
    this.#emulator.serial_send_bytes(0, new TextEncoder().encode(text))
  }

  resize(rows, columns) {
    this.#size = `${rows} ${columns}`
    this.#send("W", encode(this.#size))
  }

  /* Whether it still answers, as soon as it does; a machine that has died never does. */
  async answers() {
    this.#send("W", encode(this.#size))
    await this.settled()
  }

  /* Append to a file, which is made with the directories above it. */
  put(path, content) {
    const name = encode(`${path}\0`)
    let start = 0
    do {
      const end = start + MOST - name.length
      this.#send("F", join(name, content.subarray(start, end)))
      start = end
    } while (start < content.length)
  }

  /* Unpack a tar archive at the root. It is put into memory that the kernel leaves alone
   * (window, in MiB), since a serial line would take minutes. */
  load(archive, window) {
    const start = window[0] << 20
    this.#emulator.write_memory(archive, start)
    this.#send("P", encode(`${start} ${archive.length}`))
  }

  /* When all that was asked for has been done. */
  async settled() {
    if (!this.#waiting && !this.#queue.length) return
    await new Promise((resolve) => this.#settled.push(resolve))
  }

  /* Run scripts one after another, as their plans say. */
  run(plans) {
    for (const plan of plans) this.#parts("L", "M", plan)
    this.#send("R", encode(""))
  }

  /* The answer to a report. */
  answer(text) {
    this.#send("A", encode(`${text}\n`))
  }

  /* Have the shell that waits for an answer run something before. */
  command(text) {
    this.#parts("C", "C", text)
    this.#send("D", encode(""))
  }

  /* End that. */
  interrupt() {
    this.#send("I", encode(""))
  }

  #parts(first, others, text) {
    const content = encode(text)
    let start = 0
    do this.#send(start ? others : first, content.subarray(start, (start += MOST)))
    while (start < content.length)
  }

  /* A restored machine has the clock of when it was saved, and the same randomness each time. */
  #wake() {
    const random = crypto.getRandomValues(new Uint8Array(32))
    this.#send("T", join(encode(`${Math.floor(Date.now() / 1000)} `), random))
  }

  #send(kind, content) {
    const head = new Uint8Array(HEAD)
    head[0] = kind.charCodeAt(0)
    new DataView(head.buffer).setUint32(1, content.length, true)
    this.#queue.push(join(head, content))
    this.#next()
  }

  #next() {
    if (this.#waiting) return
    if (!this.#queue.length) return this.#settled.splice(0).forEach((resolve) => resolve())
    this.#waiting = true
    this.#emulator.serial_send_bytes(1, this.#queue.shift())
  }

  #hear(byte) {
    const heard = this.#heard
    heard.push(byte)
    if (heard.length < HEAD) return
    const size = heard[1] | (heard[2] << 8) | (heard[3] << 16) | (heard[4] << 24)
    if (heard.length < HEAD + size) return
    this.#heard = []
    const content = Uint8Array.from(heard.slice(HEAD))
    switch (String.fromCharCode(heard[0])) {
      case "K":
        this.#waiting = false
        return this.#next()
      case "O":
        return this.onoutput(content)
      case "S":
        return this.onreport(new TextDecoder().decode(content))
      case "E":
        return this.onexit(Number(new TextDecoder().decode(content)))
    }
  }
}

function encode(text) {
  return new TextEncoder().encode(text)
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}
