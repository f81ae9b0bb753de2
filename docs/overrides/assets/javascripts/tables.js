/*
 * What Material's script makes after the page has loaded: a table that scrolls can be scrolled with
 * the keyboard, and the buttons of a piece of code are a group, not one of many navigations.
 */
document$.subscribe(() => setTimeout(() => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) wrap.tabIndex = 0
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "group")
}))
