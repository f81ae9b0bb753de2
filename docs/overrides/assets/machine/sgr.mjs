/* Colours and weights as programs print them, read as hooks/snippetlab/sgr.py reads them. */

export const SEQUENCE = /\x1b\[([0-9:;]*)m/g

const SLOTS = ["foreground", "background", "bold", "dim", "italic", "underline", "reverse", "strike"]
export const PLAIN = Object.freeze(Object.fromEntries(SLOTS.map((slot) => [slot, ""])))

const SET = { 1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike" }
const UNSET = {
  21: { underline: "4" },
  22: { bold: "", dim: "" },
  23: { italic: "" },
  24: { underline: "" },
  27: { reverse: "" },
  29: { strike: "" },
  39: { foreground: "" },
  49: { background: "" },
}
const EXTENDED = { 38: "foreground", 48: "background" }
const PARTS = { 5: 1, 2: 3 }

/* The style after a sequence with these parameters; what is unknown changes nothing. */
export function styled(style, parameters) {
  const left = parameters.split(";")
  while (left.length) {
    const [name, ...parts] = left.shift().split(":")
    const number = name.replace(/^0+/, "")
    if (!number) style = PLAIN
    else if (EXTENDED[number]) {
      const found = colour(parts.length ? parts : spread(left))
      if (found) style = { ...style, [EXTENDED[number]]: `${number};${found}` }
    } else if (number === "4" && parts[0] === "0") style = { ...style, underline: "" }
    else if (SET[number]) style = { ...style, [SET[number]]: number }
    else if (/^[39][0-7]$/.test(number)) style = { ...style, foreground: number }
    else if (/^(?:4|10)[0-7]$/.test(number)) style = { ...style, background: number }
    else style = { ...style, ...UNSET[number] }
  }
  return style
}

function spread(left) {
  const sort = (left.shift() ?? "").replace(/^0+/, "")
  return [sort, ...Array.from({ length: PARTS[sort] ?? 0 }, () => left.shift() ?? "")]
}

function colour([sort, ...numbers]) {
  if (sort === "2" && numbers.length > 3) numbers = numbers.slice(1, 4)
  numbers = numbers.map((number) => number.replace(/^0+/, "") || "0")
  const fits = numbers.length === PARTS[sort] && numbers.every((number) => Number(number.slice(0, 4)) < 256)
  return fits ? [sort, ...numbers].join(";") : ""
}

/* The sequence that leads from one style to another; empty if there is no need. */
export function change(before, after) {
  const [was, is] = [before, after].map((style) => SLOTS.map((slot) => style[slot]).filter(Boolean))
  if (was.join() === is.join()) return ""
  return `\x1b[${[...(!is.length ? [""] : was.length ? ["0"] : []), ...is].join(";")}m`
}

/* The same text with each sequence in characters that neither are nor end a word or a number. */
export function setApart(text) {
  const away = (character) => String.fromCodePoint(0x10f000 + character.charCodeAt())
  return text.replace(SEQUENCE, (found) => [...found].map(away).join(""))
}
