/* The language switch stays at the heading: anchors are the same in both languages. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".md-select__link[data-same-page]")
  if (link) link.hash = location.hash
}, true)
