/* The drawer's frame: a terminal on the machine, and snippets that are run in it.
 *
 * What it is asked for stands in the address after `#`: lang, snippet (an id) and packs (names).
 */

import { download, ask, module, unpack, Failure } from "./download.mjs"
import { Machine } from "./machine.mjs"
import { Session, written } from "./session.mjs"
import { Transcript } from "./transcript.mjs"
import { Console } from "./console.mjs"
import { schemes } from "./look.mjs"
import { WORDS } from "./words.mjs"

const element = (selector) => document.querySelector(selector)
const status = element(".status")
const progress = element("progress")
const parameters = () => new URLSearchParams(location.hash.slice(1))
const words = WORDS[parameters().get("lang")] ?? WORDS.en
const transcript = new Transcript(element(".steps"), element(".faults"), words)

let about // what the site says of the machine
let base // where its binaries are
let machine
let terminal // a Console
let job
let session
let loaded = new Set()
let theme
let busy = Promise.resolve()

/* What went well or wrong, for tests and for whoever looks: times in milliseconds. */
const times = (window.times = {})
const mark = (name) => (times[name] ??= Math.round(performance.now()))

function say(text, kind = "") {
  status.textContent = text
  status.className = `status ${kind}`
}

async function main() {
  schemes((found) => {
    theme = found
    if (terminal) terminal.theme = theme
  })
  document.documentElement.lang = parameters().get("lang") ?? "en"
  for (const id of ["all", "next", "reset", "copy", "plain"]) element(`#${id}`).textContent = words[id]
  element(".bar").setAttribute("aria-label", words.toolbar)
  if (!works()) return say(words.wasm, "failed")
  about = await (await ask(new URL("machine.json", location))).json()
  base = new URL(about.binaries, location)
  // All at once: what is here first need not wait for the largest.
  const [files, { V86 }, processor, opened, asked] = await Promise.all([
    fetched([about.state]),
    module(new URL("libv86.mjs", base)),
    compiled(new URL("v86.wasm", base)),
    Console.open(base, element(".terminal")),
    wanted(),
  ])
  mark("downloaded")
  job = asked
  terminal = opened
  say(words.starting)
  element(".bar").hidden = false
  toolbar()
  await start(V86, processor, files[about.state].buffer)
  // What a snippet needs besides comes when there is a prompt to look at.
  await load()
  mark("ready")
  if (job) run(false)
  else idle()
}

/* Name → content, with progress shown meanwhile. */
async function fetched(names) {
  if (!names.length) return {}
  progress.hidden = false
  const files = await download(base, about.sizes, names, (here, all) => {
    progress.max = all
    progress.value = here
    say(words.loading(here, all))
  })
  progress.hidden = true
  return files
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

async function compiled(url) {
  return WebAssembly.compile(await (await ask(url)).arrayBuffer())
}

async function wanted() {
  const id = parameters().get("snippet")
  return id ? (await ask(new URL(`snippets/${id}.json`, location))).json() : null
}

/* Names of what the snippet and the page need besides. */
function packs() {
  const asked = (parameters().get("packs") ?? "").split(" ").filter((name) => about.packs.includes(name))
  return [...new Set([...(job?.packs ?? []), ...asked])]
}

async function start(V86, processor, state) {
  machine = new Machine(V86, state, {
    wasm_fn: async (imports) => (await WebAssembly.instantiate(processor, imports)).exports,
    memory_size: about.memory << 20,
  })
  terminal.connect(machine)
  terminal.onleave = leave
  terminal.onprompt = () => mark("prompt")
  terminal.theme = theme
  await machine.start()
  mark("started")
  terminal.fit()
  new ResizeObserver(() => terminal.fit()).observe(element(".screen"))
  await prompt()
}

/* A prompt after the terminal has its size: the shell answers to a new one by writing it again. */
async function prompt() {
  for (const _ of "12") await new Promise(requestAnimationFrame)
  await machine.settled()
  await terminal.prompt()
}

async function load() {
  const missing = packs().filter((name) => !loaded.has(name))
  const files = await fetched(missing.map((name) => `${name}.tar.gz`))
  for (const name of missing) {
    machine.load(await unpack(files[`${name}.tar.gz`]), about.window)
    await machine.settled()
    loaded.add(name)
  }
}

async function reset() {
  session = null
  loaded = new Set()
  await machine.reset()
  terminal.clear()
  transcript.clear()
  await prompt()
  await load()
  idle()
}

/* From a fresh machine, since a recording was made in one. */
async function run(stepwise) {
  if (session && !session.ended && session.waits) {
    session.proceed(stepwise)
    return look()
  }
  if (session || transcript.used) await reset()
  session = new Session(machine, job)
  session.stepwise = stepwise
  terminal.mute()
  let hidden = false
  session.oncommand = (command, mine) => {
    hidden = command.hidden || !mine
    if (hidden) return
    transcript.command(command)
    terminal.command(command)
  }
  session.onoutput = (output) => {
    if (hidden) return
    terminal.write(output)
    transcript.output(output)
  }
  session.onstep = () => setTimeout(look)
  session.onend = (code) => {
    mark("ended")
    terminal.unmute()
    look(code)
  }
  session.start()
  look()
}

function look(code) {
  buttons()
  if (!session) return idle()
  if (session.ended && code === null) return say(words.broken, "failed")
  const faults = session.faults
  transcript.faults(faults)
  if (faults.length) say(words.differs(faults.length), "differs")
  else if (!session.ended) say(session.waits ? `${words.soFar} ${words.waits}` : words.running)
  else say(job.chain.at(-1).rules.kinds.length ? words.sameVolatile : words.same, "same")
}

function idle() {
  buttons()
  say(words.ready(about.release))
}

function buttons() {
  const runs = session && !session.ended && !session.waits
  element("#all").hidden = element("#next").hidden = !job
  element("#all").disabled = element("#next").disabled = Boolean(runs)
}

function toolbar() {
  const one = (id, action) =>
    element(id).addEventListener("click", () => {
      busy = busy.then(action).catch(complain)
    })
  one("#all", () => run(false))
  one("#next", () => run(true))
  one("#reset", reset)
  one("#copy", async () => {
    await navigator.clipboard.writeText(session ? written(session.transcript) : terminal.text)
    element("#copy").textContent = words.copied
    setTimeout(() => (element("#copy").textContent = words.copy), 2000)
  })
  one("#plain", () => {
    const shown = element(".plain").classList.toggle("shown")
    element("#plain").setAttribute("aria-pressed", shown)
  })
}

function leave(event) {
  event.preventDefault()
  parent.postMessage({ leave: true }, location.origin)
}

function complain(error) {
  progress.hidden = true
  if (error instanceof Failure) say(words.offline, "failed")
  else say(words.failed(error?.message ?? error), "failed")
}

addEventListener("keydown", (event) => {
  if (event.key === "F6") leave(event)
})
addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent) return
  if (data.focus) terminal ? terminal.focus() : element("button").focus()
  if (data.ask !== undefined && machine) {
    location.hash = data.ask
    busy = busy
      .then(async () => {
        job = await wanted()
        await reset()
        if (job) await run(false)
      })
      .catch(complain)
  }
})
addEventListener("pagehide", () => machine?.destroy())

busy = main().catch(complain)
