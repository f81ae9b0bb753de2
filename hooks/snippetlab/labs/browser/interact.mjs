// node interact.mjs IMAGE MACHINE.MJS JOB: the machine's shell on this terminal, until it ends
// or Ctrl-] is typed. JOB is JSON: {"memory": MiB, "window": [MiB, MiB], "packs": [name]}.
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import zlib from "node:zlib"

const LEAVE = "\x1d"

const [image, machinePath, text] = process.argv.slice(2)
const job = JSON.parse(text)
const { V86 } = await import(pathToFileURL(path.join(image, "libv86.mjs")))
const { Machine } = await import(pathToFileURL(machinePath))
const state = new Uint8Array(fs.readFileSync(path.join(image, "state.bin.zst"))).buffer
const machine = new Machine(V86, state, {
  wasm_path: path.join(image, "v86.wasm"),
  memory_size: job.memory << 20,
})
machine.onterminal = (byte) => process.stdout.write(Uint8Array.of(byte))
await machine.start()
for (const pack of job.packs) {
  machine.load(zlib.gunzipSync(fs.readFileSync(path.join(image, `${pack}.tar.gz`))), job.window)
  await machine.settled()
}
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
