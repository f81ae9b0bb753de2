/*
 * What Material's script makes after the page has loaded: a table that scrolls can be scrolled with
 * the keyboard, and the buttons of each piece of code have a name of their own.
 */
document$.subscribe(() => setTimeout(() => {
  const { code } = JSON.parse(document.querySelector("meta[name=words]").content)
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) wrap.tabIndex = 0
  document.querySelectorAll(".md-code__nav").forEach((nav, at) => (nav.ariaLabel = `${code} ${at + 1}`))
}))
