/* Where the drawer stands and how large it is: at the bottom of the window or, where that is wide
 * enough for both, beside the text. */

const BESIDE = matchMedia("(min-width: 1200px)")
const TEXT = 560 // pixels that the text keeps
const STEP = 40
const HEIGHT = { name: "height", least: 160, axis: "horizontal", keys: ["ArrowUp", "ArrowDown"] }
const WIDTH = { name: "width", least: 360, axis: "vertical", keys: ["ArrowLeft", "ArrowRight"] }

/* Let it have its place, and change that by its grip; what this returns takes the place back. */
export function place(drawer, grip) {
  const root = document.documentElement.style
  const side = () => (BESIDE.matches ? WIDTH : HEIGHT)
  const resize = (wanted) => {
    const { name, least, axis } = side()
    const [lift, most] = [lifted(), side() === WIDTH ? innerWidth - TEXT : Math.round((innerHeight - lifted()) * 0.9)]
    const size = Math.round(Math.max(least, Math.min(most, wanted)))
    root.setProperty(`--drawer-${name}`, `${size}px`)
    root.setProperty("--drawer-lift", `${lift}px`)
    const values = { orientation: axis, valuemin: least, valuemax: Math.max(least, most), valuenow: size }
    for (const [what, value] of Object.entries(values)) grip.setAttribute(`aria-${what}`, value)
    return size
  }
  const fit = () => resize(remembered(side()) || usual(side()))
  drag(drawer, grip, side, (size) => localStorage.setItem(`drawer-${side().name}`, resize(size)))
  document.body.classList.add("drawer-open")
  fit()
  addEventListener("resize", fit)
  visualViewport.addEventListener("resize", fit)
  return () => {
    removeEventListener("resize", fit)
    visualViewport.removeEventListener("resize", fit)
    document.body.classList.remove("drawer-open")
    for (const name of ["height", "width", "lift"]) root.removeProperty(`--drawer-${name}`)
  }
}

function remembered({ name }) {
  return Number(localStorage.getItem(`drawer-${name}`))
}

function usual({ name }) {
  if (name === "width") return Math.min(innerWidth * 0.44, 820)
  return innerHeight * (innerWidth < 600 ? 0.6 : 0.45)
}

/* The keyboard of a phone covers what is at the bottom of the window. */
function lifted() {
  const { height, offsetTop, scale } = visualViewport
  return scale === 1 ? Math.max(0, Math.round(innerHeight - height - offsetTop)) : 0
}

function drag(drawer, grip, side, keep) {
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    // The frame must not take the pointer.
    drawer.classList.add("drawer-dragged")
  })
  grip.addEventListener("pointermove", ({ pointerId, clientX, clientY }) => {
    if (grip.hasPointerCapture(pointerId)) keep(side() === WIDTH ? innerWidth - clientX : innerHeight - clientY)
  })
  grip.addEventListener("pointerup", () => drawer.classList.remove("drawer-dragged"))
  grip.addEventListener("keydown", (event) => {
    const { name, keys } = side()
    if (!keys.includes(event.key)) return
    event.preventDefault()
    const size = name === "width" ? drawer.offsetWidth : drawer.offsetHeight
    keep(size + (event.key === keys[0] ? STEP : -STEP))
  })
}

/* The page scrolls as little as it must until an element of it stands between the header and the
 * drawer; what is too high for that begins below the header. */
export function show(element, drawer) {
  const { top, bottom } = free(drawer)
  const box = element.getBoundingClientRect()
  const far = box.top < top || box.height > bottom - top ? box.top - top : Math.max(0, box.bottom - bottom)
  scrollBy({ top: far, behavior: "instant" })
}

/* Whether something of it is there to be seen. */
export function seen(element, drawer) {
  const [{ top, bottom }, box] = [free(drawer), element.getBoundingClientRect()]
  return box.bottom > top && box.top < bottom
}

/* Change the layout, while an element of the page stays where it is in the window. */
export function hold(element, change) {
  const before = element?.getBoundingClientRect().top
  change()
  if (element?.isConnected) scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" })
}

/* What is read: an element of the text below the header. */
export function read() {
  const text = document.querySelector("article")?.getBoundingClientRect()
  const at = text && document.elementFromPoint(text.left + text.width / 2, free().top + 40)
  return at?.closest("article *")
}

function free(drawer) {
  const top = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0
  return { top, bottom: drawer && !BESIDE.matches ? drawer.getBoundingClientRect().top : innerHeight }
}
