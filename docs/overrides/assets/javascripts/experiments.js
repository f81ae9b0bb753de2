/* Experiments: a prediction is chosen, the changed snippet runs in the drawer's machine, and the
 * page says how the prediction came out (hooks/snippetlab/show/templates/experiment.html).
 *
 * Which were done, and with what prediction, stays in this browser.
 */
"use strict"
{
  const KEPT = "experiments" // id → {chosen, held}
  const COLOURS = /\x1b\[[0-9:;]*m/g

  /* Before the drawer hears of it: without a prediction there is nothing to be learned. */
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest(".experiment-try button")
      if (!button) return
      const experiment = button.closest(".experiment")
      const chosen = experiment.querySelector("input:checked")
      if (!chosen) {
        event.stopPropagation()
        experiment.querySelector("input").reportValidity()
        return
      }
      experiment.dataset.chosen = chosen.value
      if (button.matches(".experiment-look")) look(experiment)
      else experiment.querySelector(".experiment-outcome").replaceChildren()
    },
    true,
  )

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== location.origin || !data.ran) return
    if (![...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source)) return
    const experiment = document.querySelector(`[data-experiment="${CSS.escape(data.snippet)}"]`)
    if (experiment?.dataset.chosen) came(experiment, data)
  })

  /* What the tab printed, held against each prediction. */
  function came(experiment, { ran, whole }) {
    const { about, chosen } = experiment.dataset
    const { other, ended } = outcome(experiment).dataset
    const steps = about.split(" ").map((number) => ran[number]).filter(Boolean)
    const text = steps.map(printed).join("")
    const matches = ({ dataset }) => new RegExp(dataset.pattern, "mu").test(text)
    const patterns = [...experiment.querySelectorAll("[data-pattern]")].map(matches)
    const held = patterns.flatMap((match, index) => (match ? [String(index)] : []))
    if (!whole) say(experiment, paragraph(ended))
    else if (held.length !== 1) say(experiment, paragraph(other), ...transcript(experiment, steps))
    else judge(experiment, chosen, held[0], transcript(experiment, steps))
  }

  /* Where nothing runs, the recording tells. */
  function look(experiment) {
    const answers = [...experiment.querySelectorAll(".experiment-answer")]
    const held = answers.findIndex((answer) => answer.matches(".experiment-holds"))
    experiment.querySelector("details").open = true
    judge(experiment, experiment.dataset.chosen, String(held), [])
  }

  function judge(experiment, chosen, held, more) {
    const { held: right, missed } = outcome(experiment).dataset
    const of = (value, part) => [...experiment.querySelectorAll(part)][value].cloneNode(true).childNodes
    const verdict = chosen === held ? paragraph(right) : paragraph(`${missed} `, ...of(held, "label > span"))
    say(experiment, verdict, paragraph(...of(chosen, ".experiment-then")), ...more)
    keep(experiment.dataset.experiment, { chosen, held: chosen === held })
    restore()
  }

  function say(experiment, ...parts) {
    outcome(experiment).replaceChildren(...parts)
    outcome(experiment).scrollIntoView({ block: "nearest" })
  }

  function outcome(experiment) {
    return experiment.querySelector(".experiment-outcome")
  }

  /* As hooks/snippetlab/snippet/experiment.py has it. */
  function printed({ output, status }) {
    const text = output.replaceAll(COLOURS, "")
    return text + (text && !text.endsWith("\n") ? "\n" : "") + (status ? `? ${status}\n` : "")
  }

  function transcript(experiment, steps) {
    const words = outcome(experiment).dataset
    const items = steps.map((step) => {
      const line = make("kbd", "", step.command)
      const command = make("pre", "step-command", make("span", "step-prompt", `${step.prompt} `), line)
      return make("li", "step", command, make("pre", "step-output", make("samp", "", printed(step).trimEnd() || words.nothing)))
    })
    return [paragraph(words.printed), make("figure", "transcript", make("ol", "transcript-steps", ...items))]
  }

  function paragraph(...content) {
    return make("p", "", ...content)
  }

  function make(name, className, ...content) {
    const element = Object.assign(document.createElement(name), { className })
    element.append(...content)
    return element
  }

  /* A browser may refuse to keep anything. */
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) ?? {}
    } catch {
      return {}
    }
  }

  function keep(id, result) {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [id]: result }))
    } catch {}
  }

  /* Let a prediction be chosen; without this script the list is only read. */
  function enable(experiment) {
    const place = experiment.querySelector(".experiment-predictions")
    if (place.querySelector("fieldset")) return
    const [question, list] = place.children
    const fieldset = make("fieldset", "", make("legend", "", ...question.childNodes), list)
    ;[...list.children].forEach((item, index) => {
      const input = make("input", "")
      Object.assign(input, { type: "radio", name: experiment.id, value: index, required: true })
      item.replaceChildren(make("label", "", input, make("span", "", ...item.childNodes)))
    })
    place.replaceChildren(fieldset)
  }

  /* What was done before, here and where a page links to it. */
  function restore() {
    const done = kept()
    for (const experiment of document.querySelectorAll("[data-experiment]")) {
      enable(experiment)
      const result = done[experiment.dataset.experiment]
      const note = experiment.querySelector(".experiment-done")
      note.textContent = result ? note.dataset[result.held ? "held" : "missed"] : ""
      if (result && !experiment.querySelector("input:checked")) {
        experiment.querySelectorAll("input")[result.chosen].checked = true
      }
    }
    const anchors = Object.keys(done).map((id) => `#${id.replaceAll(/[/@]/g, "-")}`)
    for (const link of document.querySelectorAll(".md-content a[href*='#']")) {
      link.toggleAttribute("data-done", anchors.includes(link.hash))
    }
  }

  document.documentElement.dataset.experiments = ""
  document$.subscribe(restore)
}
