/* What a reader meant by a word that no page has. */
let index
/** The words of titles and names, which readers mean most often, with the letters of each. */
let telling

function learn(built) {
  index = built
  telling = undefined
}

/** Not before a word is looked for: most queries have none that no page has. */
function names() {
  if (telling) return telling
  const FIELDS = ["title", "names", "asked"]
  const found = Object.entries(index.invertedIndex).filter(([word, fields]) => word.length > 1 &&
    /^[a-z가-힣]+$/.test(word) && FIELDS.some((field) => Object.keys(fields[field] || {}).length))
  return (telling = new Map(found.map(([word]) => [word, letters(word)])))
}

/** Whether a word of the index begins so; the word may still be half typed. */
function known(start) {
  let node = index.tokenSet
  for (const letter of start.split("")) if (!(node = node.edges[letter])) return false
  return true
}

/** What was typed with the other keyboard layout, if that makes it a word. */
function relaid(word) {
  // A syllable that is being composed ends with a letter; elsewhere letters stand for keys.
  if (/[ㄱ-ㅣ가-힣]/.test(word)) {
    const other = asKeys(word)
    const composed = word.replace(/[ㄱ-ㅣ]$/, "")
    if ((/[ㄱ-ㅣ]/.test(composed) || !split(composed).every(known)) && other.length > 1 && known(other)) return other
  } else if (/^[a-z]{3,}$/i.test(word) && !known(word.toLowerCase())) {
    const other = asHangul(word)
    if (/^[가-힣]+$/.test(other) && split(other).every(known)) return other
  }
}

/** Words that were written as one. */
function parted(word) {
  if (word.length < 4) return
  /** Fewest words up to each place. */
  const best = [[]]
  for (let end = 1; end <= word.length; end++)
    for (let start = Math.max(0, end - 20); start < end; start++) {
      const piece = word.slice(start, end)
      const least = /\d/.test(piece) ? 1 : /[가-힣]/.test(piece) ? 2 : 3
      if (!best[start] || piece.length < least || (best[end] && best[end].length <= best[start].length + 1)) continue
      if (names().has(piece) || /^\d+$/.test(piece)) best[end] = [...best[start], piece]
    }
  return best[word.length]?.length > 1 && best[word.length]
}

/** The word of a title or name that differs in a letter, or in two if it is long. */
function nearest(word) {
  const mine = letters(word)
  // Two syllables have four letters, and say as much as five of the Latin ones.
  const few = /[가-힣]/.test(word) ? 4 : 5
  let least = /\d/.test(word) || mine.length < few ? 0 : mine.length < 8 ? 1 : 2
  let found
  for (const [other, theirs] of names()) {
    if (Math.abs(theirs.length - mine.length) > least) continue
    const away = distance(mine, theirs, least)
    if (away < least || (away === least && (!found || weight(other) > weight(found)))) [found, least] = [other, away]
  }
  return found
}

const weight = (word) => Object.keys(index.invertedIndex[word].title || {}).length

/** Letters to be put in, left out, changed or swapped; more than `most` is more than `most`. */
function distance(one, other, most) {
  let [before, last] = [[], [...Array(other.length + 1).keys()]]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    ;[before, last] = [last, row]
  }
  return last[other.length]
}
