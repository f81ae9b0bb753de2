/* The plain transcript: what the terminal shows of a run, as text for everyone. */

import { SEQUENCE } from "./sgr.mjs"

export class Transcript {
  #list
  #faults
  #words
  #output
  #decoder // a letter of several bytes may come in two parts
  #begun = "" // of a sequence

  constructor(list, faults, words) {
    this.#list = list
    this.#faults = faults
    this.#words = words
  }

  get used() {
    return this.#list.childElementCount > 0
  }

  clear() {
    this.#list.replaceChildren()
    this.faults([])
  }

  command({ prompt, text }, own) {
    const item = document.createElement("li")
    if (own) item.className = "mine"
    item.append(pre("command", `${prompt} ${text}`))
    this.#output = pre("output", "")
    this.#decoder = new TextDecoder()
    this.#begun = ""
    item.append(this.#output)
    this.#list.append(item)
    item.scrollIntoView({ block: "nearest" })
  }

  output(bytes) {
    const text = this.#begun + this.#decoder.decode(bytes, { stream: true })
    // Colours are for the terminal; of one that comes in two parts the first waits.
    this.#begun = /\x1b(?:\[[0-9:;]{0,40})?$/.exec(text)?.[0] ?? ""
    this.#output?.append(text.slice(0, text.length - this.#begun.length).replace(SEQUENCE, ""))
  }

  /* Each says where, and what; texts of the machine are set apart as code. */
  faults(found) {
    this.#faults.hidden = !found.length
    this.#faults.replaceChildren(
      ...found.slice(0, 20).map((fault) => {
        const item = document.createElement("li")
        item.append(this.#words.step(fault.step, fault.line))
        this.#words.fault(fault).forEach((part, index) => {
          item.append(index % 2 ? code(part) : part)
        })
        return item
      }),
    )
  }
}

function pre(name, text) {
  return Object.assign(document.createElement("pre"), { className: name, textContent: text })
}

function code(text) {
  return Object.assign(document.createElement("code"), { textContent: String(text).replace(/\n$/, "") })
}
