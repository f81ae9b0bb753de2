/* Keys that the keyboards of phones lack, as buttons below the terminal. */

const KEYS = [
  ["Esc", "\x1b"],
  ["Tab", "\t"],
  ["Ctrl", null],
  ["←", "\x1b[D"],
  ["↑", "\x1b[A"],
  ["↓", "\x1b[B"],
  ["→", "\x1b[C"],
]

export class Keys {
  #control = null

  /* `type` gets what a key sends, `paste` nothing. */
  constructor(place, words, type, paste) {
    place.setAttribute("aria-label", words.keys)
    for (const [name, sent] of KEYS) {
      const button = this.#button(place, name, words.key[name] ?? name)
      if (sent !== null) button.addEventListener("click", () => type(sent))
      else this.#control = button
    }
    this.#control.setAttribute("aria-pressed", "false")
    this.#control.addEventListener("click", () => this.#press(!this.#pressed))
    this.#button(place, words.paste, words.paste).addEventListener("click", paste)
  }

  /* What was typed, with Ctrl where that has been pressed before. */
  with(text) {
    if (!this.#pressed) return text
    this.#press(false)
    return /^[@-_a-z]$/.test(text) ? String.fromCharCode(text.charCodeAt(0) & 31) : text
  }

  get #pressed() {
    return this.#control.getAttribute("aria-pressed") === "true"
  }

  #press(pressed) {
    this.#control.setAttribute("aria-pressed", String(pressed))
  }

  #button(place, text, label) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text })
    button.setAttribute("aria-label", label)
    // The terminal keeps the focus, and with it the phone's keyboard.
    button.addEventListener("pointerdown", (event) => event.preventDefault())
    place.append(button)
    return button
  }
}
