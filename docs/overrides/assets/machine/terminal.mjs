/* The drawer's frame: a terminal on the machine, and snippets that are run in it.
 *
 * What it is asked for stands in the address after `#`: lang, snippet (an id) and packs (names);
 * what the page asks for later comes as a message.
 */

import { Guest } from "./guest.mjs"
import { Keys } from "./keys.mjs"
import { schemes } from "./look.mjs"
import { Own } from "./own.mjs"
import { leave, tell } from "./page.mjs"
import { Panel, one } from "./panel.mjs"
import { play, verdict } from "./play.mjs"
import { Session } from "./session.mjs"
import { Site } from "./site.mjs"
import { Tasks } from "./tasks.mjs"
import { Transcript } from "./transcript.mjs"
import { Watch } from "./watch.mjs"
import { wordsOf } from "./words.mjs"

let asked = new URLSearchParams(location.hash.slice(1))
const words = wordsOf(asked.get("lang"))
const panel = new Panel(words, asked.get("lang") ?? "en")
const transcript = new Transcript(one(".steps"), one(".faults"), words)
const own = new Own(one(".own"), words)
const watch = new Watch()
const tasks = new Tasks(complain)
const site = new Site((here, all) => {
  if (!tasks.failure) panel.loading(here, all)
})
const guest = new Guest(site, watch)

let job
let session
let theme
let mine = false // whether the reader did something in the machine that a reset undoes
let ahead = "" // typed while a snippet ran, for the prompt after it
let follow = true // whether the focus goes to the prompt as soon as there is one

/* What went well or wrong, for tests and for whoever looks: times in milliseconds. */
const times = (window.times = {})
const mark = (name) => (times[name] ??= Math.round(performance.now()))

/* The machine, and in it what was asked for. */
async function serve() {
  if (!guest.machine) await boot()
  else if (asked.get("snippet")) {
    job = await site.job(asked.get("snippet"))
    if (used()) await reset()
  }
  // What a snippet needs besides comes when there is a prompt to look at.
  await load()
  mark("ready")
  if (tasks.waiting) return
  if (asked.get("snippet")) await run(false)
  else look()
}

async function boot() {
  const found = await site.open(asked.get("snippet"))
  mark("downloaded")
  job = found.job
  panel.say(words.starting)
  await guest.start(found, connect)
}

function connect(terminal) {
  terminal.onleave = leave
  terminal.onprompt = () => mark("prompt")
  terminal.onpanic = () => watch.ended()
  const keys = new Keys(one(".keys"), words, (text) => terminal.type(text), paste)
  terminal.ontyped = (text) => typed(keys.with(text))
  terminal.theme = theme
  terminal.label = words.prompt
  panel.open = true
}

/* What a snippet needs besides, and what the page asks for. */
function load() {
  return guest.load([...(job?.packs ?? []), ...(asked.get("packs") ?? "").split(" ")])
}

const used = () => Boolean(mine || session || transcript.used)

async function reset() {
  panel.say(words.resetting)
  tell({ ended: true })
  session = null
  mine = false
  ahead = ""
  own.hide()
  await guest.reset()
  transcript.clear()
  await load()
  look()
}

/* From a fresh machine, since a recording was made in one. */
async function run(stepwise) {
  if (used()) await reset()
  session = new Session(guest.machine, job)
  session.stepwise = stepwise
  guest.terminal.mute()
  play(session, job.chain.at(-1).commands, [transcript, guest.terminal], (step) => {
    tell({ ...step, snippet: job.id }) // another may have been asked for, and not be wanted after all
  })
  session.onstep = () => setTimeout(look)
  session.onend = (code) => {
    mark("ended")
    tell({ ended: true })
    tell({ ran: session.transcript, whole: code !== null, snippet: job.id })
    guest.terminal.unmute()
    look(code)
    if (ahead) guest.terminal.type(ahead)
    ahead = ""
  }
  session.start()
  look()
}

function look(code) {
  if (watch.dead) return
  const runs = Boolean(session && !session.ended && !session.waits)
  panel.steps(job, runs)
  if (session?.waits) own.show(session.prompt)
  else if (!session?.owns && !(runs && session.stepwise)) own.hide()
  one(".keys").hidden = own.shown
  state(code)
  if (!runs) settle()
}

function state(code) {
  if (!session) return panel.say(words.ready(site.release))
  if (session.ended && code === null) return panel.say(words.broken, "failed")
  transcript.faults(session.faults)
  panel.say(...verdict(session, words))
}

/* The focus goes to the prompt, unless the reader has taken it elsewhere; on a screen that is
 * touched that would bring the keyboard up unasked. */
function settle() {
  if (!document.hasFocus() || matchMedia("(pointer: coarse)").matches) return
  const at = document.activeElement
  if (follow || at === document.body || at?.closest(".screen, .own")) focus()
  follow = false
}

function focus(toType = false) {
  if (!one(".question").hidden) one("#yes").focus()
  else if (own.shown) own.focus(toType)
  else if (guest.terminal) guest.terminal.focus()
  else one("#again").focus()
}

/* While a snippet runs, what is typed is for the shell in which it waits, or else for the prompt that
 * comes; as at any terminal, ^C takes that back. */
function typed(text) {
  if (watch.dead) return ""
  watch.doubt()
  if (session && !session.ended) {
    if (own.shown) own.insert(text)
    else ahead = text === "\x03" ? "" : ahead + text
    return ""
  }
  mine = true
  return text
}

async function paste() {
  const read = async () => navigator.clipboard.readText() // fails where the connection is not secure
  const text = await read().catch(() => null)
  if (text === null) panel.say(words.notPasted, "failed")
  else guest.terminal.paste(text)
}

/* A task that begins by undoing what the reader did, once he knows. */
function sure(label, task) {
  if (mine) panel.ask(label, () => tasks.begin(task), focus)
  else tasks.begin(task)
}

function go(stepwise) {
  if (!session || session.ended) return sure(words.resetRun, () => run(stepwise))
  watch.doubt()
  own.wait()
  session.proceed(stepwise)
  look()
}

function again() {
  panel.say(words.trying)
  if (guest.machine && !watch.dead) tasks.begin(serve)
  else tell({ again: true })
}

function complain(error) {
  if (!guest.machine) panel.open = false
  panel.failed(words.trouble(error), error?.kind === "refused" ? "" : words.again)
}

guest.onstart = () => (mark("started"), tell({ loaded: "machine" }))
guest.onload = (pack) => tell({ loaded: pack })
panel.onagain = again
panel.connect({
  all: ({ detail }) => ((follow = detail > 0), go(false)),
  next: ({ detail }) => ((follow = detail > 0), go(true)),
  reset: ({ detail }) => ((follow = detail > 0), watch.dead ? again() : sure(words.reset, reset)),
  copy: () => panel.copy(session ? session.written : guest.terminal.text),
})
own.onrun = (text) => {
  mine = true
  watch.doubt()
  session.runOwn(text)
  look()
}
own.onstop = () => session.interrupt()
watch.ondeath = () => {
  own.hide()
  panel.failed(words.dead, words.restart)
}
watch.onlife = () => look()

addEventListener("online", () => tasks.failure?.kind === "network" && again())
addEventListener("keydown", (event) => {
  // In the terminal it belongs to the shell.
  const out = event.key === "Escape" && !event.target.closest(".screen, .question")
  if (event.key === "F6" || out) leave(event)
  // What is typed at a button is meant for the prompt.
  const typed = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey
  if (typed && !event.target.closest("textarea, .question")) focus(true)
})
addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent) return
  if (data.focus) focus()
  if (data.ask === undefined) return
  asked = new URLSearchParams(data.ask)
  follow = true
  if (watch.dead || (tasks.failure && !guest.machine)) again()
  else if (asked.get("snippet")) sure(words.resetRun, serve)
  else tasks.begin(serve)
})
addEventListener("pagehide", () => guest.machine?.destroy())

schemes((found) => {
  theme = found
  if (guest.terminal) guest.terminal.theme = theme
})
tell({ here: true })
document.documentElement.dataset.here = ""
tasks.begin(serve)
