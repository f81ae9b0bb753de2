/* A reader's words → words of the index, and the pages that they name. */
/** The pages and sections that the last query names → how much of the query that is, up to 1. */
let named
const note = (place, share) => named.set(place, Math.max(named.get(place) || 0, share))
/** What readers ask: the words of each phrase, and the place that answers it. */
let phrases

/** The last query as its reader meant it, where a word of it is on no page; otherwise empty. */
let meant

/** Whether the last query was left as it was: what is in quotes must be in every result. */
let exact

/** A query in the words of the index. In quotes it is left as it is. */
function tidied(query) {
  named = new Map()
  meant = ""
  const { respelled, signs } = config.help
  exact = /^[^":]*("[^"]+"[^":]*)+$/.test(query)
  if (exact) return query
  if (signs[query.trim()]) query = signs[query.trim()]
  // As manuals are cited: chroot(2), proc(5).
  query = query.replace(/([\w.-])\(\d[a-z]*\)/g, "$1").replace(/"/g, " ")
  for (const [wrong, right] of Object.entries(respelled)) query = query.replaceAll(wrong, right)
  // What lunr would take for operators: -p excludes, a: is a field, ~1 is a distance.
  const asked = query.replace(/[:~^*+]/g, " ").split(/\s+/)
    .map((word) => word.replace(/^-+/, "")).filter(Boolean)
  const mended = asked.map((word) => mend(word, asked.length))
  if (mended.some(Boolean)) meant = asked.map((word, place) => mended[place] || word).join(" ")
  const read = asked.flatMap((word, place) => understood(mended[place] || word.toLowerCase()))
  find(read.flatMap(split))
  const [words, rest] = forms(read)
  compare(meaning(rest))
  // A letter alone begins too many words to be taken for the beginning of one.
  return (rest.length ? rest : words).map((word) => word.length > 1 ? word : `${word}^1`).join(" ")
}

/** Whether the index has a word, in some form. */
const isKnown = (word) => Boolean(verb(word)) || split(english(word)).every(known)

/** Of a word that no page has, the one that was meant. */
function mend(word, count) {
  const other = relaid(word)
  if (other) return other
  const lower = word.toLowerCase()
  // Of many words one that no page has, such as a name, does no harm.
  if (count > 4 || config.help.spaced[lower] || isKnown(lower) || parted(lower)) return
  const stem = split(lower).join("")
  return nearest(stem) || (stem !== lower && nearest(lower))
}

/** The words that were written as one. */
function understood(word) {
  const { spaced } = config.help
  const stem = split(word).join("")
  return (spaced[word] || spaced[stem])?.split(" ") || (!isKnown(word) && parted(stem)) || [word]
}

/** Words as the index has them, and of these, those that are not of any question. */
function forms(words) {
  const { idle } = config.help
  const found = words.map((word) => verb(word) || english(word))
  return [found, found.filter((word) => !idle.includes(word) && !idle.includes(split(word)[0]))]
}

/** Takes the phrases out of the index, where they are separated so. */
function learnPhrases(docs) {
  phrases = docs.filter(({ asked }) => asked).flatMap(({ location, asked }) => asked.split(" · ")
    .map((phrase) => ({ location, words: meaning(forms(phrase.toLowerCase().split(" "))[1]) })))
}

/** Words, with one name for each thing that has several, in any language. */
function meaning(words) {
  const { same } = config.help
  const [all, found] = [words.flatMap(split), new Set()]
  for (let start = 0, end; start < all.length; start = end) {
    end = Math.min(all.length, start + 4)
    while (end > start + 1 && !same[all.slice(start, end).join("")]) end--
    const name = all.slice(start, end).join("")
    found.add(same[name] || name)
  }
  return found
}

/** Notes the places of phrases that are like the query: how many of all words are in both. */
function compare(words) {
  for (const { location, words: theirs } of phrases) {
    const both = [...words].filter((word) => theirs.has(word)).length
    if (both) note(location, both / (words.size + theirs.size - both))
  }
}

const split = (word) => word.split(separator).filter(Boolean)

/** Notes which pages a query names; the name may still be half typed. */
function find(words) {
  const { names } = config.help
  for (let start = 0; start < words.length; start++)
    for (let end = start + 1; end <= Math.min(words.length, start + 4); end++) {
      const name = words.slice(start, end).join("")
      const share = (end - start) / words.length
      if (names[name]) names[name].forEach((page) => note(page, share))
      else if (end === words.length && name.length > 2)
        for (const [whole, pages] of Object.entries(names))
          if (whole.startsWith(name)) pages.forEach((page) => note(page, share * 0.9))
    }
}

/** The dictionary form of a verb, if the word is the shape of one with an ending. */
function verb(word) {
  const { shapes, endings } = config.help
  for (let length = word.length; length > 0; length--) {
    const lemma = shapes[word.slice(0, length)]
    if (lemma && (length === word.length ? length > 1 : endings.includes(word.slice(length)))) return lemma
  }
}

/** An English word up to where its forms part. */
function english(word) {
  if (!/^[a-z]{5,}$/.test(word)) return word
  return word.replace(/(?<=ss|x|ch|sh)es$|(?<=[^s])s$|(?<=[a-z]{3})(?:ing|ed)$/, "")
}

