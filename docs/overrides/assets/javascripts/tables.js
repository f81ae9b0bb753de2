/*
 * What Material's script makes after the page has loaded: a table that scrolls can be scrolled with
 * the keyboard, and the buttons of each piece of code have a name of their own.
 */
document$.subscribe(() => setTimeout(() => {
  const code = document.documentElement.lang === "ko" ? "코드" : "Code"
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) wrap.tabIndex = 0
  document.querySelectorAll(".md-code__nav").forEach((nav, at) => (nav.ariaLabel = `${code} ${at + 1}`))
}))
