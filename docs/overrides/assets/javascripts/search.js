/*
 * Material searches when a key is let go. Text also comes without one: pasted by mouse, dictated,
 * composed on a phone, dropped. Asking twice for the same costs nothing, since it compares.
 */
document.addEventListener("input", ({ target }) => {
  if (target.matches(".md-search__input")) target.dispatchEvent(new Event("keyup"))
})

/*
 * Where words were on no page, those that were looked up instead; from the worker, which tells all
 * tabs: only where the same was asked it is shown.
 */
new BroadcastChannel("search").addEventListener("message", ({ data: { asked, meant } }) => {
  const said = document.querySelector(".search-meant")
  if (!said || document.querySelector(".md-search__input").value !== asked) return
  said.hidden = !meant
  said.querySelector("b").textContent = meant
})
