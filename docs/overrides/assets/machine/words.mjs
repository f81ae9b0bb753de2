/* What the drawer says. The build makes sentences.mjs of the files in docs/words. */

import { SENTENCES } from "./sentences.mjs"

const KEYS = { "←": "left", "↑": "up", "↓": "down", "→": "right" }
const NUMBERS = ["status", "count"] // of what these faults are
const PLACE = /\{(\w+)\}/

/* Words of a language, `not-copied` as `notCopied`; English for one that is not known. */
export function wordsOf(language) {
  const words = SENTENCES[language] ?? SENTENCES.en
  const named = Object.entries(words).map(([name, text]) => [name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), text])
  const say = (name, values) => words[name].replaceAll(new RegExp(PLACE, "g"), (_, place) => values[place])
  return {
    ...Object.fromEntries(named),
    key: Object.fromEntries(Object.entries(KEYS).map(([sign, name]) => [sign, words[name]])),
    loading: (here, all) => say("loading", { here: mega(here), all: mega(all) }),
    own: (prompt) => say("own", { prompt }),
    ready: (release) => say("ready", { release }),
    differs: (count) => say(count === 1 && "differs-one" in words ? "differs-one" : "differs", { count }),
    step: (step, line) => `${say(line ? "step-line" : "step", { step: step + 1, line })} `,
    trouble: (error) => say(`trouble-${kind(error)}`, { what: error?.message ?? error }),
    fault: (fault) => (NUMBERS.includes(fault.kind) ? [say(nameOf(fault), fault)] : parts(words[nameOf(fault)], fault)),
  }
}

/* Every second part is a text of the machine. */
function parts(sentence, values) {
  return sentence.split(PLACE).map((part, index) => (index % 2 ? values[part] : part))
}

function nameOf({ kind, old, now }) {
  if (kind !== "text") return `fault-${kind}`
  return old === undefined ? "fault-new" : now === undefined ? "fault-gone" : "fault-text"
}

/* What kept the machine from coming. */
function kind(error) {
  if (error?.kind) return error.kind === "network" && !navigator.onLine ? "offline" : error.kind
  return error instanceof RangeError || /memory|alloc/i.test(error?.message) ? "memory" : "failed"
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(1)
}
