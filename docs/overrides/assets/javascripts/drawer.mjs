/* The drawer: a frame at the bottom of the window or beside the text, with a machine in it that
 * lives in this tab.
 *
 * Nothing of it is loaded before a reader asks for it. It hangs on the body itself, which stays
 * where instant navigation changes the page; when it closes, the frame and all it held is gone.
 */

import { dim, light } from "./lit.mjs"
import { loaded, tell as tellLoads } from "./loads.mjs"
import { hold, place, read, seen, show } from "./place.mjs"

const SHORTCUTS = ["n", "p", "s", "f", "/", ".", ","] // of the theme
let drawer

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-machine]")
  if (button) open(button)
})
// Only now do buttons that open it do anything: until then they are not to be seen.
document.documentElement.dataset.drawer = ""
document$.subscribe(tellLoads)

/* Keys that drive the page are not its own as long as the drawer is open: one of them would leave
 * the page, and, where pages do not load instantly, end the machine. */
addEventListener(
  "keydown",
  (event) => {
    if (!drawer) return
    if (event.key === "F6") {
      event.preventDefault()
      event.stopPropagation()
      enter()
    }
    const types = event.target.closest?.("input, textarea, select, [contenteditable]")
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey
    if (bare && !types && SHORTCUTS.includes(event.key)) event.stopPropagation()
  },
  true,
)

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || !drawer || source !== drawer.frame.contentWindow) return
  if (data.here) arrived()
  if (data.again) reload()
  if (data.leave) leave()
  if (data.loaded) loaded(data.loaded)
  if (data.step !== undefined) follow(data)
  if (data.ended) dim()
})

addEventListener("online", () => drawer?.failed && reload())

function open(button) {
  const { machine, snippet = "", packs = "" } = button.dataset
  if (!drawer) hold(button, build)
  drawer.opener = button
  drawer.lit = button.closest(".transcript") ?? button
  drawer.address = new URL(machine, location.href)
  drawer.asked = new URLSearchParams({ lang: document.documentElement.lang, snippet, packs }).toString()
  dim()
  show(drawer.lit, drawer)
  if (!drawer.frame) return load()
  if (drawer.failed) return reload()
  enter()
  if (drawer.here) tell({ ask: drawer.asked })
}

/* A new frame each time, since a changed address would be a step in the browser's history. It is
 * covered until what should be in it says so: a browser's own page on errors never does. */
function load() {
  const { asked } = drawer
  const frame = document.createElement("iframe")
  frame.title = words().name
  frame.src = `${drawer.address}#${asked}`
  frame.addEventListener("load", () => {
    if (drawer?.frame !== frame || frame.contentDocument?.documentElement.dataset.here !== undefined) return
    drawer.failed = true
    say(navigator.onLine ? words().failed : words().offline)
  })
  drawer.frame?.remove()
  drawer.append(frame)
  Object.assign(drawer, { frame, here: false, failed: false, sent: asked })
  say(words().loading)
}

/* Once more, past the browser's cache, in which a damaged part may lie. The machine's own bytes are
 * looked at where they are used. */
async function reload() {
  const { frame, address } = drawer
  drawer.failed = false
  say(words().loading)
  const fresh = (url) => fetch(url, { cache: "reload" }).then((response) => response.text(), () => "")
  const parsed = new DOMParser().parseFromString(await fresh(address), "text/html")
  const parts = [...parsed.querySelectorAll("link:not([as=fetch]), script")]
  await Promise.all(parts.map((part) => fresh(new URL(part.getAttribute("href") ?? part.getAttribute("src"), address))))
  if (drawer?.frame === frame) load()
}

function arrived() {
  const had = drawer.notice.contains(document.activeElement)
  drawer.here = true
  drawer.notice.hidden = true
  if (had) drawer.frame.focus()
  if (drawer.asked !== drawer.sent) tell({ ask: drawer.asked })
}

function say(text) {
  drawer.notice.hidden = false
  drawer.notice.querySelector("p").textContent = text
  const again = drawer.notice.querySelector("button")
  again.hidden = !drawer.failed
  enter()
}

function enter() {
  if (drawer.failed) return drawer.notice.querySelector("button").focus()
  if (!drawer.here) return drawer.notice.focus()
  drawer.frame.focus()
  tell({ focus: true })
}

/* Back to the page: to the button that opened this, or its like on a page that came since, or the text. */
function leave() {
  const { opener } = drawer
  const { snippet = "" } = opener.dataset
  const like = snippet && document.querySelector(`.transcript-run[data-snippet="${CSS.escape(snippet)}"]`)
  const to = opener.isConnected ? opener : like || document.querySelector("article h1") || drawer.shut
  if (to.matches("h1")) to.tabIndex = -1
  to.focus()
}

function tell(message) {
  drawer.frame.contentWindow.postMessage(message, location.origin)
}

function words() {
  return JSON.parse(document.querySelector("meta[name=words]").content).drawer
}

function build() {
  const { name, close: closing, size, keys, again } = words()
  drawer = make("section", "drawer", { ariaLabel: name })
  const grip = make("div", "drawer-grip", { tabIndex: 0, role: "separator", ariaLabel: size })
  const title = make("p", "drawer-title", { textContent: `${name} · ${keys}` })
  drawer.shut = make("button", "drawer-close", { type: "button", ariaLabel: closing, title: closing, textContent: "✕" })
  drawer.shut.addEventListener("click", close)
  drawer.notice = make("div", "drawer-notice", { tabIndex: -1 })
  const retry = make("button", "md-button", { type: "button", textContent: again })
  retry.addEventListener("click", reload)
  drawer.notice.append(make("p", "", { role: "status" }), retry)
  drawer.append(grip, title, drawer.shut, drawer.notice)
  drawer.addEventListener("keydown", ({ key }) => key === "Escape" && close())
  document.body.append(drawer)
  drawer.leave = place(drawer, grip)
}

function make(name, className, properties) {
  return Object.assign(document.createElement(name), { className }, properties)
}

function close() {
  const { opener, leave } = drawer
  hold(opener.isConnected && seen(opener) ? opener : read(), () => {
    drawer.remove()
    leave()
  })
  drawer = undefined
  dim()
  if (opener.isConnected) opener.focus({ preventScroll: true })
}

/* The step that runs, on the page, unless the reader has gone on from the one before. */
function follow({ step, name, snippet }) {
  if (drawer.opener.dataset.snippet !== snippet) return
  const found = light(snippet, name, step)
  if (!found) return
  if (drawer.lit.isConnected && seen(drawer.lit, drawer)) show(found, drawer)
  drawer.lit = found
}
