/* The terminal that the reader types in: xterm on the machine's serial line. */

import { module } from "./download.mjs"
import { fit } from "./look.mjs"

const PROMPT = /[#$] (\x1b\[\?2004h)?$/
const CLEARED = /\x1b\[[0-3]?J[^\n]*[#$] (\x1b\[\?2004h)?$/
const FRAME = 8 // milliseconds
const TAIL = 80

export class Console {
  onleave = () => {}
  onprompt = () => {}

  #terminal
  #machine
  #place
  #bytes = []
  #tail = "" // of what was printed: a prompt may come in two writes
  #prompted = () => {}
  #muted = false

  /* Load xterm from `base` into an element. */
  static async open(base, place) {
    const { Terminal } = await module(new URL("xterm.mjs", base))
    return new Console(Terminal, place)
  }

  constructor(Terminal, place) {
    this.#place = place
    const narrow = matchMedia("(max-width: 600px)").matches
    this.#terminal = new Terminal({ fontSize: narrow ? 11 : 13, convertEol: true, scrollback: 2000 })
    this.#terminal.open(place)
    // The tabulator belongs to the shell, so there must be another way out.
    this.#terminal.attachCustomKeyEventHandler((event) => {
      if (event.key !== "F6") return true
      if (event.type === "keydown") this.onleave(event)
      return false
    })
  }

  connect(machine) {
    this.#machine = machine
    this.#terminal.onData((data) => {
      this.#muted = false
      machine.type(data)
    })
    machine.onterminal = (byte) => {
      if (this.#bytes.push(byte) === 1) setTimeout(() => this.#flush(), FRAME)
    }
  }

  set theme(theme) {
    this.#terminal.options.theme = theme
  }

  /* All that is on it, as text. */
  get text() {
    const { active } = this.#terminal.buffer
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row))
    return `${lines.map((line) => line.translateToString(true)).join("\n").trimEnd()}\n`
  }

  /* Fill the place, and tell the machine. */
  fit() {
    this.#machine.resize(...fit(this.#terminal, this.#place))
  }

  /* Ask the shell for a clean screen, and wait until its prompt is there: not one before it, which
   * a new size of the terminal may bring. */
  async prompt() {
    this.#muted = false
    this.#tail = ""
    const shown = new Promise((resolve) => (this.#prompted = resolve))
    this.#machine.type("\f")
    await shown
  }

  /* Erase the prompt, and show nothing of the shell's own until the reader types or asks. */
  mute() {
    this.#terminal.write("\r\x1b[K")
    this.#muted = true
  }

  unmute() {
    this.#muted = false
    this.#machine.type("\r")
  }

  command({ prompt, text }) {
    this.#terminal.write(`\x1b[1m${prompt} ${text.replaceAll("\n", "\n> ")}\x1b[0m\n`)
  }

  write(data) {
    this.#terminal.write(data)
  }

  focus() {
    this.#terminal.focus()
  }

  clear() {
    this.#terminal.reset()
    this.fit()
  }

  /* In one write a frame. */
  #flush() {
    const bytes = Uint8Array.from(this.#bytes)
    this.#bytes = []
    if (this.#muted) return
    this.#terminal.write(bytes)
    this.#tail = (this.#tail + new TextDecoder().decode(bytes)).slice(-TAIL)
    if (PROMPT.test(this.#tail)) this.onprompt()
    if (CLEARED.test(this.#tail)) this.#prompted()
  }
}
