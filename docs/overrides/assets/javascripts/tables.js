/* A table that scrolls can be scrolled with the keyboard. Material wraps tables after it loads. */
document$.subscribe(() => setTimeout(() => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) wrap.tabIndex = 0
}))
