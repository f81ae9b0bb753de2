/* The terminal that the reader types in: xterm on the machine's serial line. */

import { fit } from "./look.mjs"

const PROMPT = /[#$] (\x1b\[\?2004h)?$/
const CLEARED = /\x1b\[[0-3]?J[^\n]*[#$] (\x1b\[\?2004h)?$/
const PANIC = /Kernel panic - not syncing/
const FRAME = 8 // milliseconds
const TAIL = 80

export class Console {
  onleave = () => {}
  onprompt = () => {}
  onpanic = () => {}
  /* What the reader types; what comes back goes to the machine's own shell. */
  ontyped = (text) => text

  #terminal
  #machine
  #place
  #bytes = []
  #tail = "" // of what was printed: a prompt may come in two writes
  #prompted = () => {}
  #muted = false
  #fresh = true // whether what a snippet printed ends its line

  constructor(Terminal, place) {
    this.#place = place
    const narrow = matchMedia("(max-width: 600px)").matches
    this.#terminal = new Terminal({ fontSize: narrow ? 11 : 13, convertEol: true, scrollback: 2000 })
    this.#terminal.open(place)
    this.#terminal.attachCustomKeyEventHandler((event) => {
      const key = event.key.toLowerCase()
      // Pasting, and copying what is marked, are the browser's.
      if (event.ctrlKey && !event.altKey && (key === "v" || (key === "c" && this.#terminal.hasSelection()))) return false
      // The tabulator belongs to the shell, so there must be another way out.
      if (key !== "f6") return true
      if (event.type === "keydown") this.onleave(event)
      return false
    })
    this.#terminal.onData((data) => this.type(data))
  }

  connect(machine) {
    this.#machine = machine
    machine.onterminal = (byte) => {
      if (this.#bytes.push(byte) === 1) setTimeout(() => this.#flush(), FRAME)
    }
  }

  /* What it is, for who hears it. */
  set label(text) {
    this.#terminal.textarea.setAttribute("aria-label", text)
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

  /* As the reader's keyboard does. */
  type(text) {
    const typed = this.ontyped(text)
    if (typed) this.#machine?.type(typed)
  }

  paste(text) {
    this.#terminal.paste(text)
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

  /* Erase the prompt, and show nothing of the machine's own shell while a snippet runs. */
  mute() {
    this.#terminal.write("\r\x1b[K")
    this.#muted = true
  }

  /* Its prompt again, on a line of its own. */
  unmute() {
    if (!this.#muted) return
    this.#muted = false
    this.#freshen()
    this.#machine.type("\r")
  }

  /* The reader's own are not bold. */
  command({ prompt, text }, own) {
    this.#freshen()
    const line = `${prompt} ${text.replaceAll("\n", "\n> ")}`
    this.#terminal.write(own ? `${line}\n` : `\x1b[1m${line}\x1b[0m\n`)
  }

  output(data) {
    this.#terminal.write(data)
    if (data.length) this.#fresh = data.at(-1) === 10
  }

  focus() {
    this.#terminal.focus()
  }

  clear() {
    this.#terminal.reset()
    this.fit()
  }

  #freshen() {
    if (!this.#fresh) this.#terminal.write("\n")
    this.#fresh = true
  }

  /* In one write a frame. */
  #flush() {
    const bytes = Uint8Array.from(this.#bytes)
    this.#bytes = []
    this.#tail = (this.#tail + new TextDecoder().decode(bytes)).slice(-TAIL)
    if (PANIC.test(this.#tail)) this.onpanic()
    if (this.#muted) return
    this.#terminal.write(bytes)
    if (PROMPT.test(this.#tail)) this.onprompt()
    if (CLEARED.test(this.#tail)) this.#prompted()
  }
}
