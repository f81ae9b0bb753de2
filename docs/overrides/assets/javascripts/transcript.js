/* Copy what was typed in a transcript, never its prompts or its output. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".transcript-copy")
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.commands + "\n")
  const label = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => (button.textContent = label), 2000)
})
