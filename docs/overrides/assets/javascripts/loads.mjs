/* What a button says that it loads: less as soon as a part of it is in this tab. */

const REMEMBERED = "machine-loads"
const here = new Set(JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "[]"))

export function loaded(part) {
  here.add(part)
  sessionStorage.setItem(REMEMBERED, JSON.stringify([...here]))
  tell()
}

export function tell() {
  if (!here.size) return
  for (const place of document.querySelectorAll("[data-loads]")) {
    const { loads, said } = place.dataset
    const parts = loads.split(" ").map((part) => part.split("="))
    const bytes = parts.reduce((sum, [name, size]) => sum + (here.has(name) ? 0 : Number(size)), 0)
    place.textContent = bytes ? said.replace("{}", Math.ceil(bytes / 1e6)) : ""
  }
}
