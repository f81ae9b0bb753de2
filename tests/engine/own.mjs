// node own.mjs IMAGE ASSETS RESTORE.MJS: a run in the tab, step by step, with commands of the
// reader's between the steps, for test_browser_own.py.
//
// Standard input: {"memory": MiB, "window": [MiB, MiB], "packs": [name], "job": as the page gets
// it, "own": [[at, command, stop]], "pace": number}: before step number `at`, and ended when it has
// `printed` something, or at `once`. The machine's clock goes `pace` times as fast as it should, and
// so the machine does as little in a second as one that gets little of its host's processor.
// Prints what it all printed, as the page would copy it, and the status.
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"

const [image, assets, restoring] = process.argv.slice(2)
const given = JSON.parse(fs.readFileSync(0, "utf8"))
const now = performance.now.bind(performance)
performance.now = () => now() * given.pace // v86 takes it when it is loaded
const { Session } = await import(pathToFileURL(path.join(assets, "session.mjs")))
const { restore, start } = await import(pathToFileURL(restoring))
const machine = await restore(image, path.join(assets, "machine.mjs"), given)
await start(machine, image, given)

const session = new Session(machine, given.job)
let running = null
session.onoutput = () => {
  if (running?.[2] === "printed") session.interrupt()
  running = null
}
session.onstep = () =>
  setTimeout(() => {
    if (!session.waits) return
    const next = given.own.findIndex(([at]) => at === session.transcript.length)
    if (next < 0) return session.proceed(true)
    running = given.own.splice(next, 1)[0]
    session.runOwn(running[1])
    if (running[2] === "once") session.interrupt()
  })
session.onend = (status) => {
  process.stdout.write(`${session.written}${status}\n`)
  process.exit(0)
}
session.stepwise = true
session.start()
