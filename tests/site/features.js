/*
 * What axe could judge differently than on the pages before, of which the features are known. A
 * feature is a number: one for each way in which an element is built, looks and stands in what is
 * around it, and one for each thing that is to be said of the page as a whole. Pages with the same
 * features have the same faults. The elements with new ones are left in `window.fresh`.
 */
(known) => {
  const REFERRING = new Set(["for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-activedescendant", "aria-errormessage", "aria-flowto"])
  const SAID = new Set(["alt", "title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "summary", "label", "value", "content"])
  const ELSEWHERE = new Set(["id", "name", "src", "srcset", "href", "hreflang", "rel", "style", "d", "viewBox", "width", "height", "loading", "datetime", "download", "target"])
  const TARGETS = "a[href], button, input, select, textarea, summary, label, [tabindex], [role=button]"
  const LANDMARKS = "header, nav, main, aside, footer, [role]"
  const SECTIONS = "header, nav, main, aside, footer, section, form, [role]"
  const MOST = 20
  // What is judged by what it contains, at any depth or next below.
  const AROUND = "a, button, summary, label, select, [aria-hidden], [role]:not([role=navigation], [role=main])"
  const LISTS = "ul, ol, dl, table, picture, figure, fieldset"
  const seen = new Set(known)
  const all = [...document.querySelectorAll("html, body, body *")]

  // cyrb53 (public domain): 53 bits, so that a set of some ten thousand has no two alike.
  const numbered = (text) => {
    let h1 = 0xdeadbeef, h2 = 0x41c6ce57
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      h1 = Math.imul(h1 ^ code, 2654435761)
      h2 = Math.imul(h2 ^ code, 1597334677)
    }
    h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
    h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
    return 4294967296 * (2097151 & h2) + (h1 >>> 0)
  }

  const times = {}
  for (const { id } of all) if (id) times[id] = (times[id] || 0) + 1
  const attribute = ({ name, value }, element) => {
    if (name === "class") return [...element.classList].sort().join(".")
    // What a page is written in says nothing of what is in it; that it is said rightly is of the page.
    if (name === "lang" && element === document.documentElement) return name
    if (REFERRING.has(name)) return `${name}:${value.split(/\s+/).map((id) => times[id] || 0)}`
    if (SAID.has(name)) return `${name}:${value.trim() !== ""}`
    if (name === "id") return `id:${times[value] > 1}`
    if (name === "href") return `href:${value === "" ? "" : value[0] === "#" ? "#" : "/"}`
    if (ELSEWHERE.has(name)) return name
    return name.startsWith("data-") ? "" : `${name}=${value}`
  }
  const boxes = all.filter((one) => one.matches(TARGETS)).map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height)
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2]
  // Too small for a finger, with another one so near that both are under it.
  const crowded = new Map()
  for (const [element, box] of boxes) {
    if (box.width >= 24 && box.height >= 24) continue
    const [x, y] = middle(box)
    crowded.set(element, boxes.some(([other, near]) => other !== element && !other.contains(element)
      && near.x < x + 12 && near.right > x - 12 && near.y < y + 12 && near.bottom > y - 12))
  }
  const look = (element) => {
    const style = getComputedStyle(element)
    if (style.display === "none") return "none"
    const scrolls = /auto|scroll/.test(style.overflow)
      && [element.scrollWidth > element.clientWidth + 1, element.scrollHeight > element.clientHeight + 1]
    return [
      style.display, style.visibility, style.opacity, style.position, style.color, style.backgroundColor,
      style.backgroundImage === "none", style.textShadow, style.fontSize, style.fontWeight,
      style.textDecorationLine, style.borderBottomStyle, scrolls, crowded.get(element),
    ].join(" ")
  }
  const saysSomething = (element) => /\S/.test(element.textContent) || !!element.querySelector("img[alt]:not([alt='']), [aria-label], title")
  const saysItself = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.data))

  const named = (element) => element.labels && [...element.labels].map(saysSomething).join(" ")

  const ways = new Map()
  const fresh = new Set()
  for (const element of all) {
    const built = [element.localName, ...[...element.attributes].map((one) => attribute(one, element)).sort()]
    const way = numbered([ways.get(element.parentElement), ...built, look(element), saysItself(element), saysSomething(element), named(element)].join("|"))
    ways.set(element, way)
    if (!seen.has(way)) fresh.add(element)
  }
  const found = new Set(ways.values())

  let whole = false
  const page = (...said) => {
    const feature = numbered(said.join("|"))
    whole ||= !seen.has(feature)
    found.add(feature)
  }
  for (const element of all) if (!element.closest(LANDMARKS)) page("outside", ways.get(element))
  const { lang, title } = document.documentElement
  page("page", lang, document.title.trim() !== "", document.querySelectorAll("h1").length, document.querySelectorAll("main, [role=main]").length)
  for (const meta of document.head.querySelectorAll("meta[name=viewport], meta[http-equiv=refresh]")) page("meta", meta.content)
  let last = "none"
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")) {
    const level = heading.getAttribute("aria-level") || heading.localName
    page("heading", last, level, heading.checkVisibility())
    last = level
  }
  const names = {}
  for (const section of document.querySelectorAll(SECTIONS)) {
    const name = [section.localName, section.getAttribute("role"), section.getAttribute("aria-label"), section.getAttribute("aria-labelledby")].join(" ")
    names[name] = (names[name] || 0) + 1
    if (names[name] > 1 && section.checkVisibility()) page("sections", section.localName, section.getAttribute("role"), section.hasAttribute("aria-label"), section.className)
  }
  const keys = [...document.querySelectorAll("[accesskey]")].map((one) => one.accessKey)
  page("keys", new Set(keys).size === keys.length)
  for (const table of document.querySelectorAll("table")) {
    const rows = [...table.rows].map((row) => [...row.cells])
    for (const [number, row] of rows.entries())
      for (const [column, cell] of row.entries())
        if (cell.localName === "th") page("th", cell.scope, row.some((one) => one.localName === "td"), rows.slice(number + 1).some((one) => one[column]?.localName === "td"))
    page("table", rows.length > 2 && rows[0]?.length > 2, !!table.caption, !!table.querySelector("th"), rows.every((row) => row.length === rows[0].length))
  }
  // What is in a new one is new as well.
  const uppermost = [...fresh].filter((element) => !fresh.has(element.parentElement))
  window.fresh = [...new Set(uppermost.map((element) => {
    let around = null
    for (let one = element.parentElement; one; one = one.parentElement) if (one.matches(AROUND)) around = one
    return around ?? element.parentElement?.closest(LISTS) ?? element
  }))]
  const features = [...found].filter((feature) => !seen.has(feature))
  return { features, where: whole || window.fresh.length > MOST ? "document" : window.fresh.length ? "window.fresh" : "" }
}
