// Compares as the page does: a line of JSON in, {recorded, now}; a line out, the faults.
// What ran now has its output as base64. {"decode": base64} answers with the text's UTF-16 code units instead.
import readline from "node:readline"
import { pathToFileURL } from "node:url"

const modules = process.argv[2]
const { compare } = await import(pathToFileURL(`${modules}/compare.mjs`))
const { decode } = await import(pathToFileURL(`${modules}/text.mjs`))
const { asLeft } = await import(pathToFileURL(`${modules}/screen.mjs`))
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"))
const steps = (list) => list.map((step) => ({ ...step, output: decode(bytes(step.output)) }))

for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  const answer =
    "decode" in asked
      ? [...asLeft(decode(bytes(asked.decode)))].map((character) => character.codePointAt(0))
      : compare(asked.recorded, asked.now.map(steps))
  console.log(JSON.stringify(answer))
}
