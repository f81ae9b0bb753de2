/* One run of a snippet: what hooks/snippetlab/labs/steps.py does for the engine. */

import { compare } from "./compare.mjs"
import { asLeft } from "./screen.mjs"
import { decode } from "./text.mjs"

export class Session {
  /* Called with a command when it begins (and whether it is the last program's, and the reader's
   * own), with what it printed, when a step has ended or waits, and at the end. */
  oncommand = () => {}
  onoutput = () => {}
  onstep = () => {}
  onend = () => {}

  #machine
  #job
  #runs
  #position = 0
  #held = null
  #begun = false
  #until = new Map()
  #prompt = "$" // of the shell that reported last, which waits for the answer
  #through = false // what comes after a shell that is left is not waited for once more
  #owns = []
  #own = null // the reader's command that runs

  constructor(machine, job) {
    this.#machine = machine
    this.#job = job
    this.#runs = job.chain.map((member) => ({
      ...member,
      events: [...member.events],
      steps: member.commands.map(() => ({ output: [], status: 0, ended: false })),
      current: 0,
      last: 0,
    }))
    this.stepwise = false
    this.ended = false
  }

  start() {
    const nonce = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    for (const [path, content] of Object.entries(this.#job.files)) this.#machine.put(path, bytes(content))
    this.#machine.onoutput = (output) => {
      const run = this.#runs[this.#position]
      const owner = this.#own ?? run.steps[run.current]
      for (const byte of output) owner.output.push(byte)
      this.onoutput(output)
    }
    this.#machine.onreport = (report) => this.#reported(report)
    this.#machine.onexit = (status) => this.#end(status)
    this.#begin(this.#runs[0])
    this.#machine.run(this.#job.chain.map(({ plan }) => plan.replaceAll("@nonce@", nonce)))
  }

  /* Let the next step run, or all that are left. */
  proceed(stepwise) {
    this.stepwise = stepwise
    const held = this.#held
    this.#held = null
    if (!held) return
    this.#through = !held.begins
    this.#answer("", held)
  }

  get waits() {
    return this.#held !== null && !this.#own
  }

  /* Whether a command of the reader's runs. */
  get owns() {
    return this.#own !== null
  }

  /* The prompt of the shell that waits. */
  get prompt() {
    return this.#prompt
  }

  /* Whether the reader had commands of his own run in it. */
  get changed() {
    return this.#owns.length > 0
  }

  /* End the reader's command. */
  interrupt() {
    if (this.#own) this.#machine.interrupt()
  }

  /* Let the shell that waits run a command of the reader's. */
  runOwn(text) {
    this.#own = { prompt: this.#prompt, command: text, output: [], status: 0, before: this.transcript.length }
    this.#owns.push(this.#own)
    this.oncommand({ prompt: this.#prompt, text, hidden: false }, true, true)
    this.#machine.command(text)
  }

  /* The steps of the last program that have ended, as a transcript. */
  get transcript() {
    return transcript(this.#runs.at(-1))
  }

  /* The same as text, with the reader's own commands where they ran. */
  get written() {
    const steps = this.transcript
    const owns = this.#owns.map((own) => ({ ...own, output: asLeft(decode(Uint8Array.from(own.output))) }))
    const all = steps.map((step, index) => [...owns.filter(({ before }) => before === index), step])
    return written([...all.flat(), ...owns.filter(({ before }) => before >= steps.length)])
  }

  /* What differs from the recording, as far as the run has come. */
  get faults() {
    const ran = this.#runs.map(transcript)
    const recorded = this.#job.chain.map(({ recorded }, index) =>
      recorded.slice(0, this.ended ? undefined : ran[index].length),
    )
    return compare(recorded, ran).filter(({ snippet }) => snippet === this.#runs.length - 1)
  }

  /* Whether something in the recording may differ from run to run. */
  get volatile() {
    return this.#job.chain.at(-1).recorded.some(({ lines }) => lines.some(({ pattern }) => pattern))
  }

  #reported(report) {
    const run = this.#runs[this.#position]
    const [kind, text, status] = report.split(" ")
    const number = Number(text)
    if (kind === "own" && this.#own) {
      this.#own.status = Number(text)
      this.#own = null
      return this.onstep()
    }
    const [expected, at] = run.events[0] ?? []
    if (kind !== expected || number !== at) return this.#end(null)
    if (kind === "done" && this.#again(run, number, Number(status))) {
      run.steps[number].output = []
      return this.#machine.answer("again")
    }
    run.events.shift()
    if (kind === "done") this.#finish(run, number, Number(status))
    const [coming, next] = run.events[0] ?? []
    const leaves = coming === "done" && run.commands[next].shell
    if (coming && !leaves) run.current = next
    if (!run.events.length && this.#position + 1 < this.#runs.length) this.#position += 1
    const now = this.#runs[this.#position]
    const begins = now !== run || (coming && !leaves)
    const { prompt, inside } = run.commands[number]
    this.#prompt = kind === "enter" ? inside : prompt
    this.onstep()
    if (this.#pauses(now, begins, leaves, run.commands[number])) this.#held = { begins, now }
    else this.#answer("", { begins, now })
  }

  /* Before a step that the reader sees, and before a shell is left in which he may look around. */
  #pauses(now, begins, leaves, last) {
    if (!this.stepwise || !this.#begun || this.#through || now !== this.#runs.at(-1)) return false
    return begins ? !now.commands[now.current].hidden : Boolean(leaves) && !last.hidden
  }

  #answer(text, { begins, now }) {
    if (begins) this.#begin(now)
    this.#machine.answer(text)
  }

  #begin(run) {
    const last = run === this.#runs.at(-1)
    this.#begun ||= last && !run.commands[run.current].hidden
    this.#through = false
    this.oncommand(run.commands[run.current], last, false)
  }

  /* Whether the command has not ended as expected, but may be tried again. */
  #again(run, number, status) {
    const { settle: seconds, expects } = run.commands[number]
    if (!seconds || expects === null || expects === status) return false
    if (!this.#until.has(run.commands[number])) this.#until.set(run.commands[number], Date.now() + seconds * 4000)
    return Date.now() < this.#until.get(run.commands[number])
  }

  /* A nested shell ends as its last command did, and that one has been judged already. */
  #finish(run, number, status) {
    const command = run.commands[number]
    const inherited = command.shell && status === run.last
    run.last = status
    run.steps[number].status = inherited && command.expects === 0 ? 0 : status
    run.steps[number].ended = true
  }

  #end(status) {
    this.ended = true
    // The reader's own command may have ended the shell.
    this.#own = this.#held = null
    this.onend(status)
  }
}

function transcript(run) {
  const ended = run.steps.findIndex((step, index) => !step.ended && !begun(run, index))
  return run.steps.slice(0, ended < 0 ? undefined : ended).map(({ output, status }, index) => ({
    prompt: run.commands[index].prompt,
    command: run.commands[index].text,
    output: asLeft(decode(Uint8Array.from(output))),
    status,
  }))
}

/* A shell that is open has begun, and what it is to show is known. */
function begun(run, index) {
  return run.commands[index].shell && index < run.current
}

/* As text, in the grammar of recordings. */
function written(steps) {
  return steps
    .map(({ prompt, command, output, status }) => {
      const [first, ...rest] = command.split("\n")
      const typed = [`${prompt} ${first}`, ...rest.map((line) => `> ${line}`)].join("\n")
      const end = output && !output.endsWith("\n") ? "\n" : ""
      return `${typed}\n${output}${end}${status ? `? ${status}\n` : ""}`
    })
    .join("")
}
