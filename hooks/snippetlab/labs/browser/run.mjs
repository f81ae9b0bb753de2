// node run.mjs IMAGE MACHINE.MJS OUTPUT CONTROL: runs one chain in a restored machine, for lab.py.
//
// Standard input: {"memory": MiB, "window": [MiB, MiB], "packs": [name], "plans": [text],
// "files": {path: base64}}. OUTPUT is a
// descriptor to write to; over CONTROL go reports and answers, one a line, the first one `ready`.
// It ends with the status of the last script.
import fs from "node:fs"
import net from "node:net"

import { restore, start } from "./restore.mjs"

const [image, machinePath, output, control] = process.argv.slice(2)
const job = JSON.parse(fs.readFileSync(0, "utf8"))
const machine = await restore(image, machinePath, job)
const say = (line) => fs.writeSync(Number(control), `${line}\n`)

machine.onoutput = (bytes) => {
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(Number(output), bytes, done)
}
machine.onreport = say
machine.onexit = (status) => process.exit(status)

let heard = ""
new net.Socket({ fd: Number(control), readable: true, writable: false })
  .on("data", (data) => {
    const lines = (heard + data).split("\n")
    heard = lines.pop()
    for (const line of lines) machine.answer(line)
  })
  .on("close", () => process.exit(1))

await start(machine, image, job)
for (const [name, content] of Object.entries(job.files)) {
  machine.put(name, new Uint8Array(Buffer.from(content, "base64")))
}
await machine.settled()
say("ready")
machine.run(job.plans)
