/*
 * Stands before Material's search worker: loads the index with the first query, turns a reader's
 * words into words of the index, and puts the pages that answer most of them first.
 *
 * Messages, from Material's source: 0 set up, 1 ready, 2 query, 3 result.
 */
const send = self.postMessage.bind(self)
let config
/** The set-up message of a page that leaves the index to be loaded, until it is. */
let empty
/** The last query that came before the index. */
let waiting

const pass = (data) => self.dispatchEvent(new MessageEvent("message", { data }))

self.addEventListener("message", (event) => {
  const { type, data } = event.data
  if (type === 0 && data.config.sections) {
    empty = data
    event.stopImmediatePropagation()
    send({ type: 1 })
  } else if (type === 0) {
    config = data.config
  } else if (type === 2 && empty) {
    event.stopImmediatePropagation()
    // An empty query comes as soon as the box is focused; then there is nothing to find yet.
    if (data.trim() && !waiting) load()
    waiting = data || waiting
  } else if (type === 2) {
    event.data.data = tidied(data)
  }
})

self.postMessage = (message) => {
  if (message.type === 1 && empty) {
    empty = undefined
    pass({ type: 2, data: waiting })
    return
  }
  if (message.type === 3) message.data.items = ranked(message.data.items)
  send(message)
}

async function load() {
  const response = await fetch(new URL(empty.config.sections, self.location))
  pass({ type: 0, data: { ...(await response.json()), options: empty.options } })
}

/** The pages that the last query names → how much of the query that is, up to 1. */
let named

/** A query in the words of the index. With quotes it is left as it is. */
function tidied(query) {
  named = new Map()
  const { shapes, endings, spaced, idle, signs } = config.help
  if (query.includes('"')) return query
  if (signs[query.trim()]) query = signs[query.trim()]
  // As manuals are cited: chroot(2), proc(5).
  query = query.replace(/([\w.-])\(\d[a-z]*\)/g, "$1")
  // What lunr would take for operators: -p excludes, a: is a field, ~1 is a distance.
  const asked = query.toLowerCase().replace(/[:~^*+]/g, " ").split(/\s+/)
    .map((word) => word.replace(/^-+/, "")).filter(Boolean)
  find(asked.flatMap(split))
  const words = asked.map((word) => spaced[word] || verb(word, shapes, endings) || english(word))
  const telling = words.filter((word) => !idle.includes(word) && !idle.includes(split(word)[0]))
  // A letter alone begins too many words to be taken for the beginning of one.
  return (telling.length ? telling : words).map((word) => word.length > 1 ? word : `${word}^1`).join(" ")
}

const split = (word) => word.split(new RegExp(config.separator)).filter(Boolean)

/** Notes which pages a query names; the name may still be half typed. */
function find(words) {
  const { names } = config.help
  for (let start = 0; start < words.length; start++)
    for (let end = start + 1; end <= Math.min(words.length, start + 4); end++) {
      const name = words.slice(start, end).join("")
      const share = (end - start) / words.length
      const note = (page, part) => named.set(page, Math.max(named.get(page) || 0, part))
      if (names[name]) names[name].forEach((page) => note(page, share))
      else if (end === words.length && name.length > 2)
        for (const [whole, pages] of Object.entries(names))
          if (whole.startsWith(name)) pages.forEach((page) => note(page, share * 0.9))
    }
}

/** The dictionary form of a verb, if the word is the shape of one with an ending. */
function verb(word, shapes, endings) {
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

/**
 * How well a page's sections answer words, `count` of them: one section that has them all says more
 * than a title that has one, so scores are levelled when there are several words.
 */
function answer(sections, count) {
  const level = (score) => count > 1 ? Math.sqrt(score) : score
  const share = ({ terms }) => Object.values(terms).filter(Boolean).length / count
  const best = Math.max(...sections.map((section) => level(section.score) * share(section) ** 2))
  const others = sections.map(({ score }) => level(score)).sort((one, other) => other - one)
  return best + 0.3 * others.slice(1, 4).reduce((sum, score) => sum + score, 0)
}

/** Pages in order of what they answer as a whole; each comes with its sections. */
function ranked(items) {
  const weight = (sections) => {
    const terms = Object.keys(sections[0].terms)
    const count = terms.length || 1
    const met = terms.filter((term) => sections.some((section) => section.terms[term])).length
    const page = sections[0].location.split("#")[0]
    const share = named.get(page) || 0
    return answer(sections, count) * (met / count) * (share >= 0.9 ? 20 : 1 + share)
  }
  const weights = new Map(items.map((sections) => [sections, weight(sections)]))
  return items.sort((one, other) => weights.get(other) - weights.get(one))
}

/**
 * The key under which lunr folds equal nodes of its set of words. Its own writes a letter's digit
 * and a node's number without anything between, so nodes that differ are taken for equal, the set
 * has words that no page has, and a query such as `kvm 1` throws.
 */
function mend() {
  lunr.TokenSet.prototype.toString = function () {
    const edges = Object.keys(this.edges).sort().map((label) => `${label}${this.edges[label].id};`)
    return this._str || Number(this.final) + edges.join("")
  }
}

// In the stand-in for a worker (offline.js) what is imported comes later.
Promise.resolve(importScripts("MATERIAL")).then(mend)
