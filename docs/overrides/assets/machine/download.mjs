/* Files of the machine, with what has come of them so far. Nothing is used before its digest is
 * what the build said. */

/* `kind` is why a file is not there: "network" (no answer, or it broke off), "missing" (an answer,
 * but not the file) or "corrupt" (other bytes than the build's). */
export class Failure extends Error {
  constructor(name, kind) {
    super(`${name}: ${kind}`)
    this.kind = kind
  }
}

/* Name → bytes. `report` gets how many bytes are here and how many there will be. */
export async function download(base, { sizes, digests }, names, report) {
  const total = names.reduce((sum, name) => sum + sizes[name], 0)
  const rest = new AbortController()
  const here = new Map(names.map((name) => [name, 0]))
  const count = (name, size) => {
    here.set(name, size)
    const sum = [...here.values()].reduce((one, other) => one + other)
    if (!rest.signal.aborted) report(Math.min(sum, total), total)
  }
  const fetchOne = async (name) => {
    // Other bytes may lie in the browser's cache: once more past it.
    for (const cache of ["default", "reload"]) {
      const bytes = await read(new URL(name, base), { cache, signal: rest.signal }, (size) => count(name, size))
      if (await same(bytes, digests[name])) return [name, bytes]
    }
    throw new Failure(name, "corrupt")
  }
  report(0, total)
  try {
    return Object.fromEntries(await Promise.all(names.map(fetchOne)))
  } catch (error) {
    rest.abort()
    throw error
  }
}

export async function ask(url, options) {
  const response = await fetch(url, options).catch(() => null)
  if (!response) throw new Failure(String(url), "network")
  if (!response.ok) throw new Failure(String(url), "missing")
  return response
}

export async function json(url) {
  const response = await ask(url)
  return response.json().catch(() => {
    throw new Failure(String(url), "corrupt")
  })
}

/* A module's exports. The frame's links have its digest. */
export async function module(url) {
  return import(url).catch(() => {
    throw new Failure(String(url), navigator.onLine ? "missing" : "network")
  })
}

export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

async function read(url, options, report) {
  const parts = []
  let size = 0
  const reader = (await ask(url, options)).body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({}))
    if (done === undefined) throw new Failure(String(url), "network")
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer())
    parts.push(value)
    report((size += value.length))
  }
}

/* Where a page may not count digests (http: from another host), anyone could change the page, too. */
async function same(bytes, digest) {
  if (!crypto.subtle) return true
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("") === digest
}
