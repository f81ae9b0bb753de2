/* Transcripts: copying what was typed, and walking from step to step by keyboard. It asks nothing of
 * the theme, which may change a part of the page for that of another one at any time. */
{
  const STEPS = ".transcript-steps :is(.step, .step-hidden, .contrast-pair)"

  /* Scripts have a clipboard only where the connection is secure. */
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text)
    const fill = (event) => {
      event.clipboardData.setData("text/plain", text)
      event.preventDefault()
    }
    document.addEventListener("copy", fill, { once: true })
    document.execCommand("copy")
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".transcript-copy")
    if (!button) return
    // Never the prompts, never the output.
    await copy(button.dataset.commands + "\n")
    // Clicked again while it says so, it still knows what it said before.
    button.dataset.label ??= button.textContent
    button.textContent = button.dataset.copied
    clearTimeout(button.timer)
    button.timer = setTimeout(() => (button.textContent = button.dataset.label), 2000)
  })

  /* From a transcript, or a step of it, the arrow keys lead to the next step or the one before; what is
   * folded away is passed over. */
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest(".transcript-steps")
    const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!list || !direction || event.target.closest("a, button, summary")) return
    const steps = [...list.querySelectorAll(STEPS)].filter((step) => step.checkVisibility())
    const here = steps.indexOf(event.target.closest(STEPS))
    const next = steps[here + direction] ?? (here < 0 ? steps[0] : undefined)
    if (!next) return
    event.preventDefault()
    next.tabIndex = -1
    next.focus()
  })

  /* What scrolls sideways must be within reach of the keyboard. */
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
      else target.removeAttribute("tabindex")
    }
  })

  const measure = () => {
    reach.disconnect()
    for (const pre of document.querySelectorAll(".transcript pre")) reach.observe(pre)
  }

  const arrive = () => {
    for (const list of document.querySelectorAll(".transcript-steps")) list.tabIndex = 0
    measure()
  }

  const brings = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(".transcript") || node.querySelector(".transcript"))
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => [...addedNodes].some(brings))) arrive()
  }).observe(document.documentElement, { childList: true, subtree: true })
  arrive()

  // A font that comes late may make the text wider, but not the box around it.
  document.fonts.addEventListener("loadingdone", measure)
}
