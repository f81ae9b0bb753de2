/* Comparison by consistent renaming, as hooks/snippetlab/compare/ does it (see there).
 *
 * What was recorded is a list of steps {prompt, command, status, lines}; what a line may be stands
 * in hooks/snippetlab/labs/browser/lines.py. What ran has `output` instead, text in which a byte that is
 * not UTF-8 is a lone surrogate (see text.mjs).
 */

import { setApart } from "./sgr.mjs"

const ANY = "*" // the domain of what may be anything

/* Faults {snippet, step, line, kind, …}: snippet and step from 0, line from 1, 0 where none. */
export function compare(recorded, now) {
  const renaming = new Renaming()
  return recorded.flatMap((steps, snippet) =>
    [...differences(steps, now[snippet] ?? [], renaming)].map((fault) => ({ snippet, ...fault })),
  )
}

function* differences(before, after, renaming) {
  const count = Math.min(before.length, after.length)
  for (let step = 0; step < count; step++) {
    for (const fault of inStep(before[step], after[step], renaming)) yield { step, line: 0, ...fault }
  }
  if (before.length !== after.length) {
    yield { step: count, line: 0, kind: "count", old: before.length, now: after.length }
  }
}

function* inStep(old, now, renaming) {
  if (old.prompt !== now.prompt || old.command !== now.command) {
    const [was, is] = [old, now].map(({ prompt, command }) => `${prompt} ${command}`)
    yield { kind: "command", old: was, now: is }
    return
  }
  if (old.status !== now.status) yield { kind: "status", old: old.status, now: now.status }
  const lines = now.output.match(/[^\n]*\n|[^\n]+/g) ?? []
  for (let index = 0; index < Math.max(old.lines.length, lines.length); index++) {
    const [was, is, line] = [old.lines[index], lines[index], index + 1]
    const found = values(was, is)
    if (!found) {
      // What comes after may be shifted by a line: it would only repeat this fault.
      yield { line, kind: "text", old: was?.text ?? was, now: is }
      return
    }
    for (const value of found) {
      const fault = renaming.tie(...value)
      if (fault) yield { line, ...fault }
    }
  }
}

/* Domain, recorded text and text now of each value; nothing where the lines are not alike. */
function values(was, is) {
  if (!was?.pattern) return was === is ? [] : null
  const groups = is && new RegExp(`^${was.pattern}$`, "v").exec(setApart(is))?.slice(1)
  const pairs = groups?.map((text, index) => [...was.pieces[index], text])
  const moved = (pair) => pair?.[0] && length(pair[1]) !== length(pair[2])
  const alike = ([domain, old, now], index) => domain || old === now || moved(pairs[index - 1]) || moved(pairs[index + 1])
  return pairs?.every(alike) ? pairs.filter(([domain]) => domain && domain !== ANY) : null
}

class Renaming {
  #new = new Map()
  #old = new Map()

  /* Why the two cannot be the same; nothing where they are tied now. */
  tie(domain, value, now) {
    const [key, back] = [value, now].map((text) => `${domain}\0${text}`)
    const [expected, other] = [this.#new.get(key) ?? now, this.#old.get(back) ?? value]
    if (expected !== now) return { kind: "split", value, expected, now }
    if (other !== value) return { kind: "merged", value, other, now }
    this.#new.set(key, now)
    this.#old.set(back, value)
  }
}

const length = (text) => [...text].length
