/* Which version of a lab transcripts show. A switch works without this; with it, what a reader chooses
 * holds for all switches of that lab, on this page and the next, and a link into a version shows it. */
{
  const KEPT = "snippetlab-versions"
  const SWITCH = ".transcript-versions"

  /* A browser may refuse to keep anything; then it is known until the page is left. */
  let chosen = {}
  try {
    chosen = { ...JSON.parse(localStorage.getItem(KEPT)) }
  } catch {}

  const choose = (group, version) => {
    const input = [...group.querySelectorAll("input")].find(({ value }) => value === version)
    if (input) input.checked = true
  }

  const arrive = () => {
    for (const group of document.querySelectorAll(SWITCH)) choose(group, chosen[group.dataset.lab])
  }

  document.addEventListener("change", ({ target }) => {
    const group = target.closest(SWITCH)
    if (!group) return
    const top = group.getBoundingClientRect().top
    chosen[group.dataset.lab] = target.value
    arrive()
    // Transcripts above may be longer now, or shorter: the reader stays where he is.
    scrollBy({ top: group.getBoundingClientRect().top - top, behavior: "instant" })
    try {
      localStorage.setItem(KEPT, JSON.stringify(chosen))
    } catch {}
  })

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1))
    const panel = target?.closest(".transcript-version")
    if (!panel || panel.checkVisibility()) return
    choose(panel.closest(".transcript").querySelector(SWITCH), panel.dataset.version)
    target.scrollIntoView()
  }

  const brings = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(SWITCH) || node.querySelector(SWITCH))
  new MutationObserver((changes) => {
    if (!changes.some(({ addedNodes }) => [...addedNodes].some(brings))) return
    arrive()
    reveal()
  }).observe(document.documentElement, { childList: true, subtree: true })
  addEventListener("hashchange", reveal)
  arrive()
  reveal()
}
