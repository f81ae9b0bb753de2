/* Commands of the reader's own between two steps, typed at the prompt of the shell that waits. */

const ROWS = 6

export class Own {
  onrun = () => {}
  onstop = () => {}

  #words
  #form
  #label
  #field
  #stop
  #ready = false
  #entered = false // while it was not
  #typed = []
  #at = 0

  constructor(form, words) {
    this.#words = words
    this.#form = form
    this.#label = form.querySelector("label")
    this.#field = form.querySelector("textarea")
    this.#stop = form.querySelector("#stop")
    this.#stop.textContent = words.stop
    form.querySelector("#enter").textContent = words.enter
    form.querySelector(".hint").textContent = words.hint
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#enter()
    })
    this.#stop.addEventListener("click", () => this.#end())
    form.addEventListener("keydown", (event) => this.#key(event))
    this.#field.addEventListener("input", () => this.#grow())
  }

  get shown() {
    return !this.#form.hidden
  }

  get running() {
    return !this.#stop.hidden
  }

  show(prompt) {
    this.#label.textContent = prompt
    this.#field.setAttribute("aria-label", this.#words.own(prompt))
    this.#form.hidden = false
    this.#runs(false)
    this.#ready = true
    if (this.#entered) this.#enter()
  }

  /* It stays where it is; the shell is not there to take anything. */
  wait() {
    this.#ready = false
  }

  hide() {
    this.#ready = this.#entered = false
    this.#form.hidden = true
    this.#field.value = ""
    this.#grow()
    this.#runs(false)
  }

  /* `toType`: what runs may have printed its last, and end before the reader has typed. */
  focus(toType = false) {
    this.running && !toType ? this.#stop.focus() : this.#field.focus()
  }

  /* What was typed at the terminal, where nothing reads it meanwhile. */
  insert(text) {
    this.focus(text !== "\x03")
    if (this.running && text === "\x03") return this.#end()
    if (text === "\r") return this.#enter()
    const plain = text.replaceAll(/\x1b\[20[01]~/g, "").replaceAll("\r", "\n")
    if (/[^\P{Cc}\n\t]/u.test(plain)) return
    this.#field.setRangeText(plain, this.#field.selectionStart, this.#field.selectionEnd, "end")
    this.#grow()
  }

  #enter() {
    const text = this.#field.value.trim()
    this.#entered = Boolean(text) && !this.#ready
    if (!text || !this.#ready) return
    this.#ready = false
    this.#typed.push(text)
    this.#at = this.#typed.length
    this.#field.value = ""
    this.#grow()
    this.#runs(true)
    this.onrun(text)
  }

  #end() {
    this.#entered = false
    this.onstop()
  }

  #runs(running) {
    const had = this.#form.contains(document.activeElement)
    this.#stop.hidden = !running
    this.#form.querySelector("#enter").hidden = running
    if (had) this.focus()
  }

  /* Enter runs it, Shift+Enter begins a line; the arrows lead to what was typed before, also from
   * the button that has the focus while something runs. */
  #key(event) {
    if (event.isComposing) return
    if (event.ctrlKey && event.key === "c" && this.running) return this.#end()
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (event.key === "Enter" && !event.shiftKey && event.target === this.#field) this.#enter()
    else if (step && !this.#field.value.includes("\n")) {
      this.#at = Math.min(this.#typed.length, Math.max(0, this.#at + step))
      this.#field.value = this.#typed[this.#at] ?? ""
      this.#field.focus()
      this.#grow()
    } else return
    event.preventDefault()
  }

  #grow() {
    this.#field.rows = Math.min(ROWS, this.#field.value.split("\n").length)
  }
}
