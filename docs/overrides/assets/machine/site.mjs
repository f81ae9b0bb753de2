/* What comes from the site: the machine, what a snippet needs of it, and the snippet itself. */

import { download, json, module, unpack, Failure } from "./download.mjs"

export class Site {
  #report
  #about
  #base // where the binaries are

  /* `report` gets how many bytes have come and how many will. */
  constructor(report) {
    this.#report = report
  }

  /* All that starts a machine, and the snippet with that id, if there is one. */
  async open(id) {
    if (!works()) throw new Failure("WebAssembly", "refused")
    this.#about = await json(new URL("machine.json", location))
    this.#base = new URL(this.#about.binaries, location)
    const { state, memory } = this.#about
    // All at once: what is here first need not wait for the largest.
    const [files, { V86 }, { Terminal }, job] = await Promise.all([
      this.#fetch([state, "v86.wasm"]),
      module(new URL("libv86.mjs", this.#base)),
      module(new URL("xterm.mjs", this.#base)),
      this.job(id),
    ])
    // Without them the terminal cannot be used. The browser has waited for them, and looked at
    // their digests.
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")]
    for (const { href, sheet } of sheets) if (!sheet) throw new Failure(href, "missing")
    const processor = await WebAssembly.compile(files["v86.wasm"])
    const wasm_fn = async (imports) => (await WebAssembly.instantiate(processor, imports)).exports
    return { V86, Terminal, job, state: files[state].buffer, options: { wasm_fn, memory_size: memory << 20 } }
  }

  async job(id) {
    return id ? { id, ...(await json(new URL(`snippets/${id}.json`, location))) } : null
  }

  /* Names and archives of those packs that there are. */
  async *packs(names) {
    const known = this.#about.packs.filter((name) => names.includes(name))
    const files = known.length ? await this.#fetch(known.map((name) => `${name}.tar.gz`)) : {}
    for (const name of known) yield [name, await unpack(files[`${name}.tar.gz`])]
  }

  /* Where in the machine's memory a pack may lie. */
  get window() {
    return this.#about.window
  }

  /* Of its kernel. */
  get release() {
    return this.#about.release
  }

  #fetch(names) {
    return download(this.#base, this.#about, names, this.#report)
  }
}

function works() {
  try {
    // The smallest module there is: the magic number and the version.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    return true
  } catch {
    return false
  }
}
