// node boot.mjs DIRECTORY MEMORY PARAMETERS: boots the image in DIRECTORY once and saves its state there.
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"

const [directory, memory, parameters] = process.argv.slice(2)
const file = (name) => path.join(directory, name)
const { V86 } = await import(pathToFileURL(file("libv86.mjs")))
const buffer = (name) => ({ buffer: new Uint8Array(fs.readFileSync(file(name))).buffer })

const emulator = new V86({
  wasm_path: file("v86.wasm"),
  memory_size: Number(memory) << 20,
  vga_memory_size: 1 << 20,
  bios: buffer("bios.bin"),
  vga_bios: buffer("vgabios-stdvga.bin"),
  bzimage: buffer("vmlinuz"),
  initrd: buffer("initramfs"),
  cmdline:
    `${parameters} ` +
    "console=ttyS0,115200 quiet loglevel=3 tsc=reliable random.trust_cpu=on cgroup_no_v1=all",
  uart1: true,
  disable_speaker: true,
  disable_keyboard: true,
  disable_mouse: true,
  autostart: true,
})

let printed = ""
let agent = false
emulator.add_listener("serial0-output-byte", (byte) => {
  printed += String.fromCharCode(byte)
})
emulator.add_listener("serial1-output-byte", (byte) => {
  agent ||= byte === "H".charCodeAt(0)
})

const until = Date.now() + 900_000
while (!(agent && /root@lab:~# (\x1b\[\?2004h)?$/.test(printed))) {
  if (Date.now() > until) {
    console.error(`no prompt, agent: ${agent}\n${printed.slice(-2000)}`)
    process.exit(1)
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
}
const errors = printed.split("\n").slice(0, -1).join("\n").trim()
if (errors) console.error(errors)
// Whatever still settles: freed pages, the idle loop.
await new Promise((resolve) => setTimeout(resolve, 2000))
await emulator.stop()
fs.writeFileSync(file("state.bin"), new Uint8Array(await emulator.save_state()))
await emulator.destroy()
process.exit(0)
