/*
 * Pictures that step: buttons and arrow keys lead from frame to frame, and each frame is tied to a step
 * of the transcript on the page: moving one moves the other. Who else lights a step says so by the
 * event `step-lit`, and hears it of this.
 */
{
  const framesOf = (picture) => [...picture.querySelectorAll(".picture-frame")]
  const shownOf = (picture) => picture.querySelector(".picture-shown")

  /* A step's element, also in a contrast: by its name if it has one, else by its place. */
  const stepOf = (picture, frame) => {
    const { snippet, transcript } = picture.dataset
    const { step, number } = frame.dataset
    const named = document.querySelector(
      `:is(.transcript, .contrast-half)[data-snippet="${CSS.escape(snippet)}"] .step[data-step="${CSS.escape(step)}"]`,
    )
    return named ?? document.getElementById(transcript)?.querySelectorAll(".transcript-steps .step")[number - 1]
  }

  const light = (step, name) => {
    const figure = step.closest(".transcript")
    if (step.classList.contains("step-lit")) return
    for (const lit of figure.querySelectorAll(".step-lit")) lit.classList.remove("step-lit")
    step.classList.add("step-lit")
    figure.dispatchEvent(new CustomEvent("step-lit", { bubbles: true, detail: { step: name } }))
  }

  const show = (picture, frame) => {
    const frames = framesOf(picture)
    const number = frames.indexOf(frame)
    if (frame !== shownOf(picture)) {
      for (const other of frames) other.classList.toggle("picture-shown", other === frame)
      const count = picture.querySelector(".picture-count")
      count.textContent = count.dataset.of.replace("{here}", number + 1).replace("{all}", frames.length)
      // Said after the number to who listens.
      const said = document.createElement("span")
      said.className = "picture-said"
      said.textContent = frame.querySelector(".picture-caption").textContent
      count.append(said)
    }
    picture.querySelector(".picture-back").ariaDisabled = String(number === 0)
    picture.querySelector(".picture-next").ariaDisabled = String(number === frames.length - 1)
  }

  /* By the reader: the step is lit as well. */
  const move = (picture, frame) => {
    if (!frame) return
    show(picture, frame)
    const step = stepOf(picture, frame)
    if (step) light(step, frame.dataset.step)
  }

  const moveBy = (picture, count) => {
    const frames = framesOf(picture)
    move(picture, frames[frames.indexOf(shownOf(picture)) + count])
  }

  document.addEventListener("click", ({ target }) => {
    const picture = target.closest?.(".picture")
    if (target.closest?.(".picture-back")) moveBy(picture, -1)
    if (target.closest?.(".picture-next")) moveBy(picture, 1)
  })

  document.addEventListener("keydown", (event) => {
    const picture = event.target.closest?.(".picture-steps")?.closest(".picture")
    if (!picture || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const frames = framesOf(picture)
    if (event.key === "ArrowLeft") moveBy(picture, -1)
    else if (event.key === "ArrowRight") moveBy(picture, 1)
    else if (event.key === "Home") move(picture, frames[0])
    else if (event.key === "End") move(picture, frames.at(-1))
    else return
    event.preventDefault()
    event.stopPropagation()
  })

  /* The picture that shows a step, and the frame: the one that is shown already, or the first. */
  const frameOf = (step) => {
    const figure = step.closest(".transcript")
    for (const picture of document.querySelectorAll(".picture")) {
      const frames = framesOf(picture).filter((frame) => stepOf(picture, frame) === step)
      if (figure && frames.length) return [picture, frames.find((f) => f === shownOf(picture)) ?? frames[0]]
    }
    return []
  }

  const follow = ({ target }) => {
    const step = target.closest?.(".transcript .step")
    const [picture, frame] = step ? frameOf(step) : []
    if (frame) move(picture, frame)
  }

  document.addEventListener("focusin", follow)
  document.addEventListener("click", follow)

  /* Where the page moves below a pointer that rests, nobody points. */
  let pointed = ""
  document.addEventListener("pointerover", (event) => {
    const here = `${event.screenX} ${event.screenY}`
    if (here !== pointed) follow(event)
    pointed = here
  })

  document.addEventListener("step-lit", ({ target, detail }) => {
    for (const picture of document.querySelectorAll(".picture")) {
      const frames = framesOf(picture).filter(
        (frame) => frame.dataset.step === detail.step && stepOf(picture, frame)?.closest(".transcript") === target,
      )
      if (frames.length && !frames.includes(shownOf(picture))) show(picture, frames[0])
    }
  })

  const arrive = () => {
    for (const picture of document.querySelectorAll(".picture")) show(picture, shownOf(picture))
  }
  document$.subscribe(arrive)
}
