/* What a terminal would have left of a program's output, as hooks/snippetlab/labs/terminal.py finds it with
 * pyte: a line is left as it came unless something in it moves the cursor or erases. */

import { PLAIN, SEQUENCE, change, styled } from "./sgr.mjs"

const OTHERS = /[\b\r]|\x1b(?!\[[0-9:;]*m)[ -~]/
const TOKEN = new RegExp(
  String.raw`\x1b\[(?<private>[<-?]?)(?<numbers>[0-9:;]*)[ -\/]*(?<final>[@-~])` +
    String.raw`|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?` +
    String.raw`|\x1b[ -\/]*(?<escape>[0-~])|\x1b|(?<control>[\b\t\n\r])|(?<text>[^\x1b\b\t\n\r]+)`,
  "gu",
)
const VERTICAL = /\x1b(?:\[[0-9;]*[ABEFHJLMdefsu]|[78DEMc])/
const FURTHER = "BCDEGHadef`"
const [COLUMNS, LINES, WORK] = [80, 24, 20_000_000]
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u2630-\u2637\u268a-\u268f\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f1e6}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const NARROW = /[\p{M}\p{Cf}\u1160-\u11ff\u2028\u2029\u3164\uffa0\ud7b0-\ud7ff]/u // without a width of its own
const DRAWN = /[\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u // which has one all the same

export function asLeft(output) {
  const text = output.replace(/\r+(?=\n|$)/g, "").split("\n").map(withoutIdle).join("\n")
  if (!OTHERS.test(text)) return text
  let style = PLAIN
  const left = (part) => {
    if (OTHERS.test(part)) {
      const [shown, after] = show(part, style)
      style = after
      return shown
    }
    for (const [, parameters] of part.matchAll(SEQUENCE)) style = styled(style, parameters)
    return part
  }
  return (VERTICAL.test(text) ? [text] : text.split("\n")).map(left).join("\n")
}

/* Nothing is right of the cursor where a line only grows: grep and GCC erase it all the same. */
function withoutIdle(line) {
  const grown = line.replaceAll("\x1b[K", "")
  return OTHERS.test(grown) ? line : grown
}

function show(text, style) {
  const tokens = [...text.matchAll(TOKEN)]
  const longest = Math.max(...text.split(/[\r\n]/).map((line) => [...line].length))
  const orders = tokens.filter(([whole, , , , , , text]) => !text && !"\b\r\n".includes(whole)).length
  const further = tokens.filter(({ groups }) => FURTHER.includes(groups.final ?? groups.escape ?? "m")).length
  const [columns, lines] = [COLUMNS + 2 * longest, LINES + text.split("\n").length - 1 + further]
  if (Math.max(columns, lines) * orders > WORK) return [text, style]
  const screen = new Screen(columns, lines, style)
  for (const { groups } of tokens) screen.obey(groups)
  return [screen.written(style), screen.style]
}

class Screen {
  #columns
  #lines
  #x = 0
  #y = 0
  #rows = [] // of each a list of cells {text, style}; of a wide character the second has no text
  #saved

  constructor(columns, lines, style) {
    this.#columns = columns
    this.#lines = lines
    this.style = style
  }

  obey({ private: hidden, numbers, final, escape, control, text }) {
    if (text) for (const character of text) this.#draw(character)
    else if (control) this.#control(control)
    else if (escape) this.#escape(escape)
    else if (final && !hidden) {
      if (final === "m") this.style = styled(this.style, numbers)
      else if (!numbers.includes(":")) this.#sequence(final, ...numbers.split(";").map(number))
    }
  }

  #draw(character) {
    const width = widthOf(character)
    if (!width) return this.#combine(character)
    if (this.#x === this.#columns) this.#newline()
    const row = this.#row()
    row[this.#x] = { text: character, style: this.style }
    if (width === 2 && this.#x + 1 < this.#columns) row[this.#x + 1] = { text: "", style: this.style }
    this.#x = Math.min(this.#x + width, this.#columns)
  }

  #combine(character) {
    if (!this.#x || character < " " || /[\x7f-\x9f]/.test(character)) return
    const row = this.#row()
    const at = row[this.#x - 1]?.text === "" ? this.#x - 2 : this.#x - 1
    row[at] = { style: row[at]?.style ?? PLAIN, text: (row[at]?.text ?? " ") + character }
  }

  #control(control) {
    if (control === "\n") this.#newline()
    else if (control === "\r") this.#x = 0
    else if (control === "\b") this.#to(this.#x - 1)
    else this.#x = Math.min(this.#columns - 1, (Math.floor(this.#x / 8) + 1) * 8)
  }

  #escape(escape) {
    if (escape === "7") this.#saved = [this.#x, this.#y, this.style]
    else if (escape === "8") {
      ;[this.#x, this.#y, this.style] = this.#saved ?? [0, 0, this.style]
      this.#to(this.#x, this.#y)
    } else if (escape === "D") this.#down()
    else if (escape === "E") this.#newline()
    else if (escape === "M") this.#y ? this.#to(this.#x, this.#y - 1) : this.#scroll(1)
    else if (escape === "c") {
      this.#to(0, 0)
      this.#erase(2)
    }
  }

  #sequence(final, first = 0, second = 0) {
    const count = first || 1
    const row = this.#row()
    const actions = {
      A: () => this.#to(this.#x, this.#y - count),
      B: () => this.#to(this.#x, this.#y + count),
      C: () => this.#to(this.#x + count),
      D: () => this.#to(this.#x - count - (this.#x === this.#columns)),
      E: () => this.#to(0, this.#y + count),
      F: () => this.#to(0, this.#y - count),
      G: () => this.#to(count - 1),
      H: () => this.#to((second || 1) - 1, count - 1),
      J: () => this.#erase(first),
      K: () => this.#eraseIn(row, first),
      L: () => this.#insert(count),
      M: () => this.#insert(-count),
      P: () => row.splice(this.#x, count),
      X: () => { for (let x = this.#x; x < Math.min(this.#x + count, this.#columns); x++) row[x] = this.#blank() },
      "@": () => row.splice(this.#x, 0, ...Array(Math.min(count, this.#columns))),
      d: () => this.#to(this.#x, count - 1),
      s: () => this.#escape("7"),
      u: () => this.#escape("8"),
    }
    const same = { a: "C", "`": "G", e: "B", f: "H" }
    if (first <= 2 || !"JK".includes(final)) actions[same[final] ?? final]?.()
    const fresh = { P: this.#x, "@": this.#x + count }[final] ?? this.#columns
    for (let x = fresh; x < this.#columns; x++) row[x] ??= { text: " ", style: PLAIN }
    row.length = Math.min(row.length, this.#columns)
  }

  #erase(how) {
    const [start, end] = [[this.#y + 1, this.#rows.length], [0, this.#y], [0, this.#rows.length]][how]
    for (let y = start; y < end; y++) this.#rows[y] = this.#rows[y]?.map((cell) => cell && this.#blank())
    if (how < 2) this.#eraseIn(this.#row(), how)
  }

  #eraseIn(row, how) {
    const [start, end] = [[this.#x, this.#columns], [0, Math.min(this.#x + 1, this.#columns)], [0, this.#columns]][how]
    for (let x = start; x < end; x++) row[x] = this.#blank()
  }

  #blank() {
    return { text: " ", style: this.style }
  }

  /* Lines before this one, or take as many away. */
  #insert(count) {
    this.#row()
    if (count > 0) this.#rows.splice(this.#y, 0, ...Array.from({ length: Math.min(count, this.#lines) }, () => []))
    else this.#rows.splice(this.#y, -count)
    this.#rows.length = Math.min(this.#rows.length, this.#lines)
    this.#x = 0
  }

  #newline() {
    this.#x = 0
    this.#down()
  }

  #down() {
    if (this.#y === this.#lines - 1) this.#rows.shift()
    else this.#y += 1
  }

  #scroll() {
    this.#rows.unshift([])
    this.#rows.length = Math.min(this.#rows.length, this.#lines)
  }

  #to(x, y = this.#y) {
    this.#x = Math.max(0, Math.min(x, this.#columns - 1))
    this.#y = Math.max(0, Math.min(y, this.#lines - 1))
  }

  #row() {
    return (this.#rows[this.#y] ??= [])
  }

  written(style) {
    const rows = Array.from(this.#rows, (row) => cells(row ?? []))
    const last = Math.max(this.#y, rows.findLastIndex((row) => row.length))
    let before = style
    return Array.from({ length: last + 1 }, (_, y) => {
      let line = ""
      for (const { text, style } of rows[y] ?? []) {
        line += change(before, style) + text
        before = style
      }
      return y === last ? line + change(before, this.style) : line
    }).join("\n")
  }
}

/* Without the blanks at the end; of a wide character that was half overwritten a blank is left. */
function cells(row) {
  const found = []
  const wide = (cell) => Boolean(cell?.text) && widthOf([...cell.text][0]) === 2
  row = Array.from(row, (cell) => cell ?? { text: " ", style: PLAIN })
  row.forEach((cell, x) => {
    if (cell.text && !(wide(cell) && (row[x + 1]?.text ?? " "))) found.push(cell)
    else if (cell.text || !wide(row[x - 1])) found.push({ ...cell, text: " " })
  })
  return found.slice(0, found.findLastIndex(({ text }) => text !== " ") + 1)
}

function widthOf(character) {
  if (character < " " || /[\x7f-\x9f]/.test(character)) return 0
  if (NARROW.test(character) && !DRAWN.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

const number = (text) => Math.min(Number(text.slice(0, 5)), 9999)
