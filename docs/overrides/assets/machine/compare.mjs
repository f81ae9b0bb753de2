/* Comparison by consistent renaming, as hooks/snippetlab/volatile/ does it (see there).
 *
 * A transcript is a list of steps {prompt, command, output, status}; `output` is text in which a
 * byte that is not UTF-8 is a lone surrogate (see text.mjs). Rules are what rules.py writes.
 */

import { measure } from "./measure.mjs"

const SHORT = 12 // digits of an id as Docker prints it unless asked for all 64

/* Faults {snippet, step, line, kind, …}: snippet and step from 0, line from 1, 0 where none. */
export function compare(recorded, now, rules) {
  const comparing = new Comparing()
  recorded.forEach((steps, index) => comparing.add(index, steps, now[index] ?? [], rules[index]))
  comparing.faults.push(...comparing.renaming.torn())
  return comparing.faults.sort((a, b) => a.snippet - b.snippet || a.step - b.step || a.line - b.line)
}

class Comparing {
  faults = []
  renaming = new Renaming()

  add(snippet, before, after, rules) {
    const kinds = rules.kinds.map((kind) => ({ ...kind, regex: new RegExp(kind.pattern, "dgv") }))
    const read = (step) => (step.output.match(/[^\n]*\n|[^\n]+/g) ?? []).map((line) => split(line, kinds))
    if (rules.bounds.length) {
      after.forEach((step, index) =>
        read(step).forEach((line, number) => {
          for (const bound of beyond(line, rules.bounds)) {
            this.faults.push({ snippet, step: index, line: number + 1, kind: "bound", ...bound })
          }
        }),
      )
    }
    if (before.length !== after.length) {
      const step = Math.min(before.length, after.length)
      this.faults.push({ snippet, step, line: 0, kind: "count", old: before.length, now: after.length })
    }
    for (let step = 0; step < Math.min(before.length, after.length); step++) {
      const [old, now] = [before[step], after[step]]
      const same = old.prompt === now.prompt && old.command === now.command
      if (!same) {
        const [was, is] = [old, now].map(({ prompt, command }) => `${prompt} ${command}`)
        this.faults.push({ snippet, step, line: 0, kind: "command", old: was, now: is })
        continue
      }
      if (old.status !== now.status) {
        this.faults.push({ snippet, step, line: 0, kind: "status", old: old.status, now: now.status })
      }
      this.#lines(snippet, step, read(old), read(now))
    }
  }

  #lines(snippet, step, before, after) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [old, now] = [before[index], after[index]]
      if (!old || !now || !alike(old, now)) {
        // What comes after may be shifted by a line: it would only repeat this fault.
        const [was, is] = [old, now].map((line) => line?.text)
        this.faults.push({ snippet, step, line: index + 1, kind: "text", old: was, now: is })
        return
      }
      old.identities.forEach((value, position) => {
        const place = { snippet, step, line: index + 1 }
        const fault = this.renaming.tie(value, now.identities[position].text, place)
        if (fault) this.faults.push({ ...place, ...fault })
      })
    }
  }
}

class Renaming {
  #new = new Map()
  #old = new Map()

  /* Why the two cannot be the same; nothing where they are tied now. */
  tie(value, after, place) {
    const key = join(value.domain, value.text)
    const back = join(value.domain, after)
    const known = this.#new.get(key)
    const other = this.#old.get(back)
    if (known && known.text !== after) {
      return { kind: "split", domain: value.domain, value: value.text, expected: known.text, now: after }
    }
    if (other !== undefined && other !== value.text) {
      return { kind: "merged", domain: value.domain, value: value.text, other, now: after }
    }
    if (!known) {
      this.#new.set(key, { ...value, text: after, before: value.text, place })
      this.#old.set(back, value.text)
    }
  }

  /* Short ids that no longer begin the same long id, or never did. */
  torn() {
    const faults = []
    const tied = [...this.#new.values()]
    const longOld = new Map()
    const longNew = new Map()
    for (const tie of tied) {
      if (length(tie.before) > SHORT) longOld.set(head(tie.before), tie)
      if (length(tie.text) > SHORT) longNew.set(head(tie.text), tie)
    }
    for (const tie of tied) {
      if (tie.domain !== "container-id") continue
      const [before, after] = [longOld.get(tie.before), longNew.get(tie.text)]
      const fault = { ...tie.place, domain: tie.domain, value: tie.before, now: tie.text }
      if (length(tie.before) !== length(tie.text)) faults.push({ ...fault, kind: "digits" })
      else if (length(tie.before) === SHORT && before !== after) faults.push({ ...fault, kind: "torn" })
    }
    return faults
  }
}

/* A line as literal text around values. */
function split(text, kinds) {
  const line = { text, literals: [""], values: [], identities: [] }
  const newline = text.endsWith("\n") ? "\n" : ""
  for (const { kind, text: piece } of tokens(newline ? text.slice(0, -1) : text, kinds)) {
    if (kind) {
      line.values.push({ kind, text: piece })
      line.literals.push("")
      if (kind.identifies) line.identities.push({ domain: kind.domain, text: piece })
    } else {
      line.literals[line.literals.length - 1] = piece
    }
  }
  line.literals[line.literals.length - 1] += newline
  return line
}

/* Literal text and values; where several kinds match at one place, the first one has it. */
function* tokens(text, kinds) {
  let position = 0
  const coming = kinds.map((kind) => next(kind, text, 0))
  for (;;) {
    const rank = earliest(coming)
    if (rank < 0) break
    const [start, end] = coming[rank]
    if (start > position) yield { text: text.slice(position, start) }
    yield { kind: kinds[rank], text: text.slice(start, end) }
    position = end
    coming.forEach((span, index) => {
      if (span && span[0] < position) coming[index] = next(kinds[index], text, position)
    })
  }
  if (position < text.length) yield { text: text.slice(position) }
}

function earliest(coming) {
  let found = -1
  coming.forEach((span, index) => {
    if (span && (found < 0 || span[0] < coming[found][0])) found = index
  })
  return found
}

function next({ regex }, text, position) {
  const grouped = new RegExp(`${regex.source}|`, "v").exec("").length > 1
  let start = grouped ? 0 : position // the context of a value may stand before the position
  while (start <= text.length) {
    regex.lastIndex = start
    const match = regex.exec(text)
    if (!match) return null
    const span = match.indices[grouped ? 1 : 0]
    if (span && position <= span[0] && span[0] < span[1]) return span
    start = match.index + (text.codePointAt(match.index) > 0xffff ? 2 : 1)
  }
  return null
}

/* Whether kinds and literal text are equal; where a value's length changed, columns shift. */
function alike(old, now) {
  const kinds = ({ values }) => values.map(({ kind }) => kind.name).join("\0")
  if (kinds(old) !== kinds(now)) return false
  if (old.literals.every((literal, index) => literal === now.literals[index])) return true
  const moved = old.values.map((value, index) => length(value.text) !== length(now.values[index].text))
  const shifts = [false, ...moved, false]
  return old.literals.every(
    (_, index) =>
      squeezed(old, index, shifts[index], shifts[index + 1]) ===
      squeezed(now, index, shifts[index], shifts[index + 1]),
  )
}

/* A literal, its blanks beside the value on these sides made one, or none at an edge. */
function squeezed(line, index, left, right) {
  let literal = line.literals[index]
  const last = line.values.length
  if (right && index < last) {
    const stem = literal.replace(/[ \t]+$/, "")
    if (stem !== literal) literal = stem || index ? `${stem} ` : ""
  }
  if (left && index > 0) {
    const stem = literal.replace(/^[ \t]+/, "")
    if (stem !== literal) literal = index === last && !stem.replace(/\n+$/, "") ? stem : ` ${stem}`
  }
  return literal
}

function* beyond(line, bounds) {
  for (const { kind, text } of line.values) {
    for (const bound of bounds) {
      if (kind.name !== bound.kind) continue
      const value = measure(kind.measure, text)
      if (value === null || !holds(value, bound)) yield { value: text, limit: bound.text }
    }
  }
}

function holds(value, { operator, limit }) {
  switch (operator) {
    case "<":
      return value < limit
    case "<=":
      return value <= limit
    case ">":
      return value > limit
    case ">=":
      return value >= limit
    default:
      return value === limit
  }
}

const join = (domain, text) => `${domain}\0${text}`
const length = (text) => [...text].length
const head = (text) => [...text].slice(0, SHORT).join("")
