/* The machine and its terminal: started, given packs, and brought back to its beginning. */

import { Console } from "./console.mjs"
import { Machine } from "./machine.mjs"
import { one } from "./panel.mjs"

export class Guest {
  onstart = () => {}
  onload = () => {}
  machine // once it has started
  terminal // a Console, a little earlier

  #site
  #watch
  #packs = new Set()

  constructor(site, watch) {
    this.#site = site
    this.#watch = watch
  }

  /* Of what the site has brought; `connect` gets the terminal before anything is on it. */
  async start({ V86, Terminal, state, options }, connect) {
    const machine = new Machine(V86, state, options)
    this.terminal = new Console(Terminal, one(".terminal"))
    this.terminal.connect(machine)
    connect(this.terminal)
    await this.#watch.unless(machine.start())
    this.onstart()
    this.machine = machine
    this.#watch.over(machine)
    new ResizeObserver(() => this.terminal.fit()).observe(one(".screen"))
    this.terminal.fit()
    await this.#watch.unless(this.#prompt())
  }

  /* Those packs that it has not got yet. */
  async load(names) {
    for await (const [name, archive] of this.#site.packs(names.filter((name) => !this.#packs.has(name)))) {
      this.machine.load(archive, this.#site.window)
      await this.machine.settled()
      this.#packs.add(name)
      this.onload(name)
    }
  }

  async reset() {
    this.#packs = new Set()
    await this.machine.reset()
    this.terminal.clear()
    await this.#prompt()
  }

  /* A prompt after the terminal has its size: the shell answers to a new one by writing it again. */
  async #prompt() {
    for (const _ of "12") await new Promise(requestAnimationFrame)
    await this.machine.settled()
    await this.terminal.prompt()
  }
}
