/*
 * From file:// a browser starts no workers. This stands in for one: a frame in which the worker's
 * script runs, with the messages and imports of a worker. Material's search looks for its name.
 */
if (location.protocol === "file:")
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const inside = this.frame.contentWindow
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      this.url = new URL(url, location)
      this.imported = Promise.resolve()
      inside.importScripts = (...urls) => {
        for (const url of urls)
          this.imported = this.imported.then(() => run(inside, new URL(url, this.url)))
        return this.imported
      }
      // Messages wait for what the script imports, as they would for a worker's.
      this.started = run(inside, this.url).then(() => this.imported)
    }

    postMessage(data) {
      const event = () => new MessageEvent("message", { data: structuredClone(data) })
      this.started.then(() => this.frame.contentWindow.dispatchEvent(event()))
    }

    terminate() {
      this.frame.remove()
    }
  }

function run(inside, url) {
  return new Promise((done, failed) => {
    const script = inside.document.createElement("script")
    Object.assign(script, { src: url, onload: done, onerror: failed })
    inside.document.body.append(script)
  })
}
