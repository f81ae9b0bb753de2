/* Files of the machine, with what has come of them so far. */

export class Failure extends Error {}

/* Name → bytes. `report` gets how many bytes are here and how many there will be. */
export async function download(base, sizes, names, report) {
  const total = names.reduce((sum, name) => sum + sizes[name], 0)
  const rest = new AbortController()
  let here = 0
  const fetchOne = async (name) => {
    const parts = []
    const response = await ask(new URL(name, base), rest.signal)
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ failed: true }))
      if (done === undefined) throw new Failure(name)
      if (done) break
      parts.push(value)
      here += value.length
      if (!rest.signal.aborted) report(Math.min(here, total), total)
    }
    return [name, new Uint8Array(await new Blob(parts).arrayBuffer())]
  }
  report(0, total)
  try {
    return Object.fromEntries(await Promise.all(names.map(fetchOne)))
  } catch (error) {
    rest.abort()
    throw error
  }
}

export async function ask(url, signal) {
  const response = await fetch(url, { signal }).catch(() => null)
  if (!response?.ok) throw new Failure(String(url))
  return response
}

/* A module's exports. */
export async function module(url) {
  return import(url).catch(() => {
    throw new Failure(String(url))
  })
}

export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
