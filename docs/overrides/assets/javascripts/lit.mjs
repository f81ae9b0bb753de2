/* The step that runs, lit in the transcripts of its snippet. */

const LIT = "step-lit"
let mine = []

/* Light it, by its name or else its number among those that are shown; where it stands. */
export function light(snippet, name, number) {
  dim()
  for (const figure of document.querySelectorAll(figures(snippet))) {
    const steps = [...figure.querySelectorAll(stepsOf(figure, snippet))]
    const named = steps.find(({ dataset }) => dataset.step === name)
    const step = named ?? (steps[0]?.dataset.step ? undefined : steps[number])
    if (!step) continue
    // Who lit another one sees this, too.
    for (const other of figure.querySelectorAll(`.${LIT}`)) other.classList.remove(LIT)
    step.classList.add(LIT)
    mine.push(step)
    figure.dispatchEvent(new CustomEvent(LIT, { bubbles: true, detail: { step: name } }))
  }
  return mine[0]
}

export function dim() {
  for (const step of mine) step.classList.remove(LIT)
  mine = []
}

/* A page may show a run in parts, of which one has the button. */
function figures(snippet) {
  return `.transcript:is([data-snippet="${snippet}"], :has([data-machine][data-snippet="${snippet}"]))`
}

/* Side by side with another's, its own are in its own column. */
function stepsOf(figure, snippet) {
  const heads = [...figure.querySelectorAll(".contrast-heads > *")]
  const column = heads.findIndex((head) => head.querySelector(`[data-snippet="${snippet}"]`)) + 1
  const place = column ? `.contrast-half:nth-child(${column})` : ".transcript-steps"
  return `${place} > .step:has(> .step-command)`
}
