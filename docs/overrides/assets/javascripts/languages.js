/*
 * The language switch. Instant navigation leaves the header of the first page in its place, but
 * brings each page's own <head>, which says where that page is in the other language. Anchors are
 * the same in both.
 */
const switches = [...document.querySelectorAll(".md-select__link[data-home]")].map((link) => ({
  link,
  // As the first page has them; their addresses are relative to it.
  first: link.href,
  home: new URL(link.dataset.home, location.href).href,
}))

function point() {
  for (const { link, first, home } of switches) {
    const here = document.querySelector("link[rel=canonical]")
    const there = document.querySelector(`link[rel~=alternate][hreflang=${link.hreflang}]`)
    if (!here) link.href = first
    else if (!there) link.href = home
    else link.href = new URL(way(here, there), location.href).href + location.hash
  }
}

/** From one page to another, relative: both name the host of the site, of which this may be a copy. */
function way(...links) {
  const [one, other] = links.map(({ href }) => new URL(href).pathname.split("/"))
  let shared = 0
  while (shared < Math.min(one.length, other.length) - 1 && one[shared] === other[shared]) shared++
  return "../".repeat(one.length - 1 - shared) + other.slice(shared).join("/") || "./"
}

document$.subscribe(point)
// The heading may have changed since.
for (const event of ["pointerover", "focusin", "click"])
  document.addEventListener(event, ({ target }) => target.closest?.(".md-select") && point(), true)
