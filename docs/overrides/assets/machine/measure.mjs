/* What a measuring value measures, in its base unit, as hooks/snippetlab/kinds.py reads it. */

const BINARY = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50, E: 2 ** 60 }
const DECIMAL = { K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 }
const SECONDS = {
  ...{ ns: 1e-9, us: 1e-6, "µs": 1e-6, "μs": 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 },
  ...{ nanosecond: 1e-9, microsecond: 1e-6, millisecond: 1e-3, second: 1, sec: 1 },
  ...{ minute: 60, min: 60, hour: 3600, day: 86400, week: 604800 },
  ...{ month: 30 * 86400, year: 365 * 86400 },
}
const NUMBER = String.raw`(?:\p{Nd}{1,3}(?:,\p{Nd}{3})+|\p{Nd}+)(?:\.\p{Nd}+)?`
const UNIT = "(?:(?:nano|micro|milli)?second|sec|minute|min|hour|day|week|month|year)s?"
const SHORT = String.raw`\p{Nd}+(?:\.\p{Nd}+)?(?:ns|[uµμ]s|ms|s|m|h)`
const LONG = `${NUMBER} ${UNIT}(?:,? (?:and )?${NUMBER} ${UNIT})*(?: ago)?`
const VAGUE = `(?:About|Almost|Less than|Over) an? ${UNIT}(?: ago)?`
const whole = (source) => new RegExp(`^(?:${source})$`, "u")
const PLAIN = whole(`-?${NUMBER}`)
const SIZE = whole(`${NUMBER}(?: ?(?:[kKMGTPE]i?)?B| ?[Bb]ytes?|[KMGTPE]i?)`)
const DURATION = whole(`(?:(?:${SHORT})+|${LONG}|${VAGUE})`)
const PART = new RegExp(`(${NUMBER}|(?<![\\p{L}\\p{N}_])an?(?![\\p{L}\\p{N}_])) ?([a-zµμ]+)`, "gu")

const PARSERS = { n: number, percentage, size, duration, any }

/* The value, or null for a kind that has no measure and for text that is no such value. */
export function measure(parser, text) {
  return PARSERS[parser]?.(text) ?? null
}

function any(text) {
  for (const parse of [number, percentage, size, duration]) {
    const value = parse(text)
    if (value !== null) return value
  }
  return null
}

function number(text) {
  return PLAIN.test(text) ? Number(text.replaceAll(",", "")) : null
}

function percentage(text) {
  return number(text.replace(/%$/, "").trimEnd())
}

/* Bytes. As in `du -h` and `ls -h`, a letter without B (`4.0K`) is a power of 1024. */
function size(text) {
  if (!SIZE.test(text)) return null
  const [digits] = text.match(new RegExp(`^${NUMBER}`, "u"))
  const unit = text.slice(digits.length).trim()
  const scale = /^[kKMGTPE]B$/.test(unit) ? DECIMAL : BINARY
  return Number(digits.replaceAll(",", "")) * (scale[unit.slice(0, 1).replace("k", "K")] ?? 1)
}

/* Seconds. "Less than a second" is 0: it must not break a bound of one second. */
function duration(text) {
  if (!DURATION.test(text)) return null
  if (text.startsWith("Less")) return 0
  let total = 0
  for (const [, count, unit] of text.matchAll(PART)) {
    total += (count[0] === "a" ? 1 : number(count)) * (SECONDS[unit] ?? SECONDS[unit.replace(/s$/, "")])
  }
  return total
}
