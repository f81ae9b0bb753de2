/*
 * Stands before Material's search worker: loads the index with the first query, turns a reader's
 * words into words of the index, and puts the pages that answer most of them first.
 *
 * Messages, from Material's source: 0 set up, 1 ready, 2 query, 3 result.
 */
const send = self.postMessage.bind(self)
let config
/** Between two words. */
let separator
/** The number of sections. */
let total
/** The set-up message of a page that leaves the index to be loaded, until it is. */
let empty
/** The last query that came before the index. */
let waiting
/** The query that is being answered. */
let query
/** Whether it is asked again, without quotes. */
let unquoted = false
/** Tells pages what was looked up, where that is something else. */
const told = new BroadcastChannel("search")

const pass = (data) => self.dispatchEvent(new MessageEvent("message", { data }))

self.addEventListener("message", (event) => {
  const { type, data } = event.data
  if (type === 0 && data.config.sections) {
    empty = data
    event.stopImmediatePropagation()
    send({ type: 1 })
  } else if (type === 0) {
    config = data.config
    separator = new RegExp(config.separator)
    // Who types "constructor" means none of what every object has.
    for (const table of Object.values(config.help))
      if (!Array.isArray(table)) Object.setPrototypeOf(table, null)
    total = data.docs.length
    learnPhrases(data.docs)
  } else if (type === 2 && empty) {
    event.stopImmediatePropagation()
    // An empty query comes as soon as the box is focused; then there is nothing to find yet.
    if (data.trim() && !waiting) load()
    waiting = data || waiting
  } else if (type === 2) {
    if (!unquoted) query = data
    unquoted = false
    event.data.data = tidied(data)
  }
})

self.postMessage = (message) => {
  if (message.type === 1 && empty) {
    empty = undefined
    pass({ type: 2, data: waiting })
    return
  }
  if (message.type === 3) {
    if (!message.data.items.length && exact) {
      unquoted = true
      pass({ type: 2, data: query.replaceAll('"', " ") })
      return
    }
    message.data.items = ranked(message.data.items)
    told.postMessage({ asked: query, meant })
  }
  send(message)
}

async function load() {
  const response = await fetch(new URL(empty.config.sections, self.location))
  pass({ type: 0, data: { ...(await response.json()), options: empty.options } })
}

/**
 * The key under which lunr folds equal nodes of its set of words. Its own writes a letter's digit
 * and a node's number without anything between, so nodes that differ are taken for equal, the set
 * has words that no page has, and a query such as `kvm 1` throws.
 */
function mendLunr() {
  lunr.TokenSet.prototype.toString = function () {
    const edges = Object.keys(this.edges).sort().map((label) => `${label}${this.edges[label].id};`)
    return this._str || Number(this.final) + edges.join("")
  }
  const build = lunr.Builder.prototype.build
  lunr.Builder.prototype.build = function () {
    const built = build.call(this)
    learn(built)
    return built
  }
}

// In the stand-in for a worker (offline.js) what is imported comes later.
importScripts("hangul.js", "spelling.js", "words.js", "ranking.js")
Promise.resolve(importScripts("MATERIAL")).then(mendLunr)
