/* What stands around the terminal: what is going on, the buttons, and a question before anything
 * of the reader's own is lost. */

const BUTTONS = ["all", "next", "reset", "copy", "plain"]

export class Panel {
  onagain = () => {}

  #words
  #yes = () => {}
  #no = () => {}

  constructor(words, language) {
    this.#words = words
    document.documentElement.lang = language
    document.title = one("h1").textContent = words.title
    for (const id of [...BUTTONS, "again", "no"]) one(`#${id}`).textContent = words[id]
    one(".bar").setAttribute("aria-label", words.toolbar)
    one("progress").setAttribute("aria-label", words.progress)
    one("#again").addEventListener("click", () => this.onagain())
    one("#yes").addEventListener("click", () => this.#answered(this.#yes))
    one("#no").addEventListener("click", () => this.#answered(this.#no))
    one(".question").addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#answered(this.#no)
    })
  }

  say(text, kind = "") {
    one("progress").hidden = true
    one("#again").hidden = true
    one(".status").textContent = text
    one(".status").className = `status ${kind}`
  }

  loading(here, all) {
    this.say(this.#words.loading(here, all))
    Object.assign(one("progress"), { hidden: false, max: all, value: here })
  }

  /* With a button that does what did not work once more. */
  failed(text, again = this.#words.again) {
    this.say(text, "failed")
    if (!again) return
    const had = document.activeElement === document.body && document.hasFocus()
    Object.assign(one("#again"), { hidden: false, textContent: again })
    if (had) one("#again").focus()
  }

  /* There is a machine to be used, or none. */
  set open(open) {
    one(".bar").hidden = !open
    one(".screen").classList.toggle("waiting", !open)
  }

  steps(job, runs) {
    for (const id of ["#all", "#next"]) Object.assign(one(id), { hidden: !job, disabled: runs })
  }

  ask(yes, then, otherwise) {
    this.#yes = then
    this.#no = otherwise
    one("#question").textContent = this.#words.question
    one("#yes").textContent = yes
    one(".question").hidden = false
    one("#yes").focus()
  }

  #answered(action) {
    one(".question").hidden = true
    action()
  }

  /* Each button's action, by its id. */
  connect(actions) {
    for (const [id, action] of Object.entries(actions)) one(`#${id}`).addEventListener("click", action)
    one("#plain").addEventListener("click", () => {
      const shown = one(".plain").classList.toggle("shown")
      one("#plain").setAttribute("aria-pressed", shown)
    })
  }

  async copy(text) {
    const write = async () => navigator.clipboard.writeText(text) // fails where the connection is not secure
    const said = await write().then(() => "copied", () => "notCopied")
    one("#copy").textContent = this.#words[said]
    setTimeout(() => (one("#copy").textContent = this.#words.copy), 2000)
  }
}

export function one(selector) {
  return document.querySelector(selector)
}
