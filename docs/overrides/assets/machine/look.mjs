/* How the terminal looks: its size in the drawer, and the colour scheme of the page around it. */

const THEMES = {
  light: { background: "#ffffff", foreground: "#1f2328", cursor: "#1f2328", selectionBackground: "#b6d7ff" },
  dark: { background: "#16181d", foreground: "#e6e8eb", cursor: "#e6e8eb", selectionBackground: "#3b5070" },
}

/* Rows and columns that fit; the terminal gets them. */
export function fit(terminal, place) {
  const probe = Object.assign(document.createElement("span"), { textContent: "0".repeat(100) })
  probe.style.cssText = `position:absolute;visibility:hidden;white-space:pre;font:${terminal.options.fontSize}px ${terminal.options.fontFamily}`
  place.append(probe)
  const { width, height } = probe.getBoundingClientRect()
  probe.remove()
  const area = place.getBoundingClientRect()
  const line = place.querySelector(".xterm-rows > div")?.getBoundingClientRect().height || Math.ceil(height)
  const columns = Math.max(20, Math.floor((area.width - 14) / (width / 100)))
  const rows = Math.max(4, Math.floor(area.height / line))
  if (rows !== terminal.rows || columns !== terminal.cols) terminal.resize(columns, rows)
  return [rows, columns]
}

/* Tell a theme now, and whenever the page changes its scheme. */
export function schemes(tell) {
  const body = parent.document.body
  const apply = () => {
    const scheme = body.dataset.mdColorScheme === "slate" ? "dark" : "light"
    document.documentElement.dataset.scheme = scheme
    tell(THEMES[scheme])
  }
  const observer = new MutationObserver(apply)
  observer.observe(body, { attributes: true, attributeFilter: ["data-md-color-scheme"] })
  // The page outlives this frame; what observes it would keep the whole machine in memory.
  addEventListener("pagehide", () => observer.disconnect())
  apply()
}
