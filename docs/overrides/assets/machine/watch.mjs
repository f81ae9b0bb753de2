/* Whether the machine lives. */

const PATIENCE = 15_000 // milliseconds for an answer

export class Watch {
  ondeath = () => {}
  onlife = () => {}
  dead = false

  #machine = null
  #asking = false
  #broke
  #broken = new Promise((_, reject) => (this.#broke = reject))

  constructor() {
    this.#broken.catch(() => {})
    addEventListener("error", ({ error, message }) => this.#trouble(error ?? message))
    addEventListener("unhandledrejection", ({ reason }) => this.#trouble(reason))
  }

  /* What a promise of the machine brings; rejects if the emulator throws meanwhile. */
  unless(promise) {
    return Promise.race([promise, this.#broken])
  }

  over(machine) {
    this.#machine = machine
    machine.onhalt = () => this.ended()
  }

  /* It may have died: one that does not answer is dead until it does. */
  async doubt() {
    if (!this.#machine || this.#asking || this.dead) return
    this.#asking = true
    const answer = this.#machine.answers().then(() => true)
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, false))
    const lives = await Promise.race([answer, late])
    this.#asking = false
    if (lives) return
    this.ended()
    await answer
    this.dead = false
    this.onlife()
  }

  ended() {
    if (this.dead) return
    this.dead = true
    this.ondeath()
  }

  #trouble(error) {
    this.#broke(error)
    this.doubt()
  }
}
