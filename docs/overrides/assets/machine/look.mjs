/* How the terminal looks: its size in the drawer, and the colour scheme of the page around it. */

const THEMES = {
  light: {
    background: "#ffffff",
    foreground: "#1f2328",
    cursor: "#1f2328",
    selectionBackground: "#b6d7ff",
    black: "#1d2733",
    red: "#a8201a",
    green: "#1a6b2f",
    yellow: "#7a5200",
    blue: "#0b4f9e",
    magenta: "#8a2a86",
    cyan: "#0b6570",
    white: "#4a5663",
    brightBlack: "#59636e",
    brightRed: "#c4261d",
    brightGreen: "#1f7a36",
    brightYellow: "#8a5d00",
    brightBlue: "#1560bd",
    brightMagenta: "#a33a9e",
    brightCyan: "#0d7480",
    brightWhite: "#1d2733",
  },
  dark: {
    background: "#16181d",
    foreground: "#e6e8eb",
    cursor: "#e6e8eb",
    selectionBackground: "#3b5070",
    black: "#b3bfca",
    red: "#ff8a7d",
    green: "#6fcf87",
    yellow: "#e3b341",
    blue: "#7cb7ff",
    magenta: "#e59be0",
    cyan: "#5fd4d6",
    white: "#e3e9ef",
    brightBlack: "#9aa4b0",
    brightRed: "#ffaaa0",
    brightGreen: "#98e3a9",
    brightYellow: "#f2cf6f",
    brightBlue: "#a5ceff",
    brightMagenta: "#f0bdec",
    brightCyan: "#93e6e8",
    brightWhite: "#ffffff",
  },
}

/* Rows and columns that fit; the terminal gets them. It keeps its own while it is not shown, as in print. */
export function fit(terminal, place) {
  const probe = Object.assign(document.createElement("span"), { textContent: "0".repeat(100) })
  probe.style.cssText = `position:absolute;visibility:hidden;white-space:pre;font:${terminal.options.fontSize}px ${terminal.options.fontFamily}`
  place.append(probe)
  const { width, height } = probe.getBoundingClientRect()
  probe.remove()
  const area = place.getBoundingClientRect()
  if (!width || !area.width) return [terminal.rows, terminal.cols]
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
