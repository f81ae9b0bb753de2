// The machine of an image, restored in node: what run.mjs and interact.mjs have in common.
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import zlib from "node:zlib"

/* A machine of class Machine (MACHINE.MJS) that has not started, so that it can be listened to.
 * `job` has its size in MiB as `memory`. */
export async function restore(image, machinePath, job) {
  const { V86 } = await import(pathToFileURL(path.join(image, "libv86.mjs")))
  const { Machine } = await import(pathToFileURL(machinePath))
  const state = new Uint8Array(fs.readFileSync(path.join(image, "state.bin.zst"))).buffer
  return new Machine(V86, state, {
    wasm_path: path.join(image, "v86.wasm"),
    memory_size: job.memory << 20,
  })
}

/* Start it with the programs of the job's `packs`. */
export async function start(machine, image, job) {
  await machine.start()
  for (const pack of job.packs) {
    machine.load(zlib.gunzipSync(fs.readFileSync(path.join(image, `${pack}.tar.gz`))), job.window)
    await machine.settled()
  }
}
