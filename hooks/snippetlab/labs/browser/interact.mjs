// node interact.mjs IMAGE MACHINE.MJS JOB: the machine's shell on this terminal, until it ends
// or Ctrl-] is typed. JOB is JSON: {"memory": MiB, "window": [MiB, MiB], "packs": [name]}.
import { restore, start } from "./restore.mjs"

const LEAVE = "\x1d"

const [image, machinePath, text] = process.argv.slice(2)
const job = JSON.parse(text)
const machine = await restore(image, machinePath, job)
machine.onterminal = (byte) => process.stdout.write(Uint8Array.of(byte))
await start(machine, image, job)
const { stdin, stdout } = process
if (stdout.isTTY) machine.resize(stdout.rows, stdout.columns)
if (stdin.isTTY) stdin.setRawMode(true)
machine.type("\f")
stdin.setEncoding("utf8")
stdin.on("data", (typed) => {
  if (typed.includes(LEAVE)) process.exit(0)
  machine.type(typed)
})
stdin.on("end", () => setTimeout(() => process.exit(0), 3000))
