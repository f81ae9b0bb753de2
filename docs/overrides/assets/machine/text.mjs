/* What a machine prints, as text. */

/* Bytes as text; each byte that is no UTF-8 becomes U+DC80 to U+DCFF, as in Python's
 * `surrogateescape`, so that no two outputs read the same. */
export function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return [...characters(bytes)].join("")
  }
}

function* characters(bytes) {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  for (let start = 0; start < bytes.length; ) {
    let size = 4
    for (; size; size--) {
      try {
        const text = strict.decode(bytes.subarray(start, start + size))
        if ([...text].length === 1) {
          yield text
          break
        }
      } catch {}
    }
    if (!size) yield String.fromCharCode(0xdc00 + bytes[start])
    start += size || 1
  }
}
