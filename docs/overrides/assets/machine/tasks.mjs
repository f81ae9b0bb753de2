/* One task after another, and of those that wait only the last. */

export class Tasks {
  failure = null // of the last one

  #coming = null
  #working = false
  #complain

  constructor(complain) {
    this.#complain = complain
  }

  get waiting() {
    return this.#coming !== null
  }

  async begin(task) {
    this.#coming = task
    if (this.#working) return
    this.#working = true
    while (this.#coming) {
      const current = this.#coming
      this.#coming = this.failure = null
      try {
        await current()
      } catch (error) {
        this.failure = error
        this.#complain(error)
      }
    }
    this.#working = false
  }
}
