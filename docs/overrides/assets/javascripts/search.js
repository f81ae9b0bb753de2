/*
 * Material searches when a key is let go. Text also comes without one: pasted by mouse, dictated,
 * composed on a phone, dropped. Asking twice for the same costs nothing, since it compares.
 */
document.addEventListener("input", ({ target }) => {
  if (target.matches(".md-search__input")) target.dispatchEvent(new Event("keyup"))
})
