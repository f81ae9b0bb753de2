/* The page around the frame: what it is told, and how the reader gets back to it. */

export function tell(message) {
  parent.postMessage(message, location.origin)
}

export function leave(event) {
  event.preventDefault()
  tell({ leave: true })
}
