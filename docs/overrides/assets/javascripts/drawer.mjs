/* The drawer: a frame at the bottom of the window, with a machine in it that lives in this tab.
 *
 * Nothing of it is loaded before a reader asks for it. It hangs on the body itself, which stays
 * where instant navigation changes the page; when it closes, the frame and all it held is gone.
 */

const LEAST = 160 // pixels
const STEP = 40
const REMEMBERED = "drawer-height"
const WORDS = {
  en: { drawer: "A Linux machine in this tab", close: "Close", size: "Height of the drawer", keys: "F6 leads from the terminal to the page and back" },
  ko: { drawer: "이 탭 안의 리눅스 머신", close: "닫기", size: "서랍의 높이", keys: "F6을 누르면 터미널과 페이지를 오간다" },
}

let drawer

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-machine]")
  if (button) open(button)
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || !drawer) return
  event.preventDefault()
  drawer.querySelector("iframe").contentWindow.postMessage({ focus: true }, location.origin)
})

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== drawer?.querySelector("iframe").contentWindow) return
  if (data.close) close()
  if (data.leave) drawer.opener.isConnected ? drawer.opener.focus() : drawer.querySelector("button").focus()
})

function open(button) {
  const { machine, snippet = "", packs = "" } = button.dataset
  const asked = new URLSearchParams({ lang: document.documentElement.lang, snippet, packs })
  if (!drawer) build()
  drawer.opener = button
  const frame = drawer.querySelector("iframe")
  if (frame.src) frame.contentWindow.postMessage({ ask: asked.toString() }, location.origin)
  else frame.src = `${new URL(machine, location.href)}#${asked}`
}

function build() {
  const words = WORDS[document.documentElement.lang] ?? WORDS.en
  drawer = document.createElement("section")
  drawer.className = "drawer"
  drawer.setAttribute("aria-label", words.drawer)
  const grip = document.createElement("div")
  grip.className = "drawer-grip"
  grip.tabIndex = 0
  grip.setAttribute("role", "separator")
  grip.setAttribute("aria-orientation", "horizontal")
  grip.setAttribute("aria-label", words.size)
  const title = document.createElement("p")
  title.className = "drawer-title"
  title.textContent = `${words.drawer} · ${words.keys}`
  const shut = document.createElement("button")
  shut.type = "button"
  shut.className = "drawer-close"
  shut.setAttribute("aria-label", words.close)
  shut.title = words.close
  shut.textContent = "✕"
  shut.addEventListener("click", close)
  const frame = document.createElement("iframe")
  frame.title = words.drawer
  drawer.append(grip, title, shut, frame)
  document.body.append(drawer)
  document.body.classList.add("drawer-open")
  drag(grip)
  resize(Number(localStorage.getItem(REMEMBERED)) || innerHeight * 0.45)
  addEventListener("resize", fit)
}

function close() {
  const { opener } = drawer
  removeEventListener("resize", fit)
  drawer.remove()
  drawer = undefined
  document.body.classList.remove("drawer-open")
  document.documentElement.style.removeProperty("--drawer-height")
  if (opener.isConnected) opener.focus()
}

function fit() {
  resize(drawer.offsetHeight)
}

function resize(wanted) {
  const most = Math.max(LEAST, Math.round(innerHeight * 0.9))
  const height = Math.round(Math.min(most, Math.max(LEAST, wanted)))
  document.documentElement.style.setProperty("--drawer-height", `${height}px`)
  const grip = drawer.querySelector(".drawer-grip")
  grip.setAttribute("aria-valuemin", LEAST)
  grip.setAttribute("aria-valuemax", most)
  grip.setAttribute("aria-valuenow", height)
  return height
}

function drag(grip) {
  const keep = (height) => localStorage.setItem(REMEMBERED, resize(height))
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    // The frame must not take the pointer.
    drawer.classList.add("drawer-dragged")
  })
  grip.addEventListener("pointermove", (event) => {
    if (grip.hasPointerCapture(event.pointerId)) keep(innerHeight - event.clientY)
  })
  grip.addEventListener("pointerup", () => drawer.classList.remove("drawer-dragged"))
  grip.addEventListener("keydown", (event) => {
    const change = { ArrowUp: STEP, ArrowDown: -STEP }[event.key]
    if (!change) return
    event.preventDefault()
    keep(drawer.offsetHeight + change)
  })
}
