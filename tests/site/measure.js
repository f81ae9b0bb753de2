/*
 * What of a page's content does not fit the window, as lists of texts that say where. Folds are
 * opened first: what is in them is read, too.
 */
async () => {
  // The header may still be growing or shrinking to a new width.
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))
  const article = document.querySelector(".md-content article")
  for (const far of article.querySelectorAll(".md-typeset__scrollwrap")) far.style.contentVisibility = "visible"
  for (const fold of article.querySelectorAll("details")) fold.open = true
  const found = { sideways: [], commands: [], cut: [], broken: [], stranded: [], signs: [] }
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.sideways.push(`${scrollWidth} px`)

  for (const element of article.querySelectorAll("*")) {
    // A pixel or two may be lost in rounding.
    if (element.scrollWidth <= element.clientWidth + 2 || element.clientWidth <= 1) continue
    const style = getComputedStyle(element)
    if (style.display === "inline" || style.overflowX === "visible") continue
    const start = element.textContent.trim().slice(0, 60)
    if (element.matches(".step-command")) found.commands.push(start)
    // Shadows at the edges: what belongs to the text scrolls with it, what belongs to the box stays.
    else if (!/local.*scroll/.test(style.backgroundAttachment)) found.cut.push(`${element.className}: ${start}`)
  }

  for (const sign of article.querySelectorAll(".headerlink")) {
    const height = sign.parentElement.offsetHeight
    sign.style.display = "none"
    if (sign.parentElement.offsetHeight !== height) found.signs.push(sign.parentElement.textContent)
    sign.style.display = ""
  }

  const SKIPPED = "pre, svg, button, script, style, .headerlink, .for-listeners, .contrast-name, .md-code__nav, [hidden]"
  const letter = /[\p{L}\p{N}]/u
  const range = document.createRange()
  const place = (node, from, to) => {
    range.setStart(node, from)
    range.setEnd(node, to)
    const rects = range.getClientRects()
    return rects[rects.length - 1]
  }
  const isBelow = (first, second) => first && second && second.top >= first.bottom - 2
  const between = /[\p{L}\p{N})\]][,.;:!?)\]]/u
  const blockOf = (node) => {
    let element = node.parentElement
    while (getComputedStyle(element).display === "inline") element = element.parentElement
    return element
  }
  // Two characters that follow one another, in different lines.
  const judge = (one, other, both, where) => {
    const said = where.replace(/\s+/g, " ").trim().slice(0, 60)
    if (letter.test(one) && letter.test(other) && !both) found.broken.push(said)
    if (between.test(one + other) && !both) found.stranded.push(said)
  }
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  let last
  while (texts.nextNode()) {
    const node = texts.currentNode
    if (node.tagName === "BR") last = undefined
    if (node.nodeType !== Node.TEXT_NODE) continue
    const { data } = node
    if (!data || node.parentElement.closest(SKIPPED)) continue
    const code = node.parentElement.closest("code, kbd, samp")
    const block = blockOf(node)
    // What stands in a block of its own, such as the heading of a card, may end a sentence's half.
    if (last && (last.block === block || block.contains(last.block)) && !/\s$/.test(last.data) && !/^\s/.test(data)) {
      const rects = [place(last.node, last.data.length - 1, last.data.length), place(node, 0, 1)]
      if (isBelow(...rects)) judge(last.data.at(-1), data[0], last.code && code, `${last.data.slice(-20)}|${data.slice(0, 20)}`)
    }
    range.selectNodeContents(node)
    if (range.getClientRects().length > 1 && !code)
      for (const { 0: word, index } of data.matchAll(/\S+/g)) {
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        if (range.getClientRects().length < 2) continue
        if (node.parentElement.closest("table.chart th")) found.broken.push(word)
        // An address is one long word.
        if (/:\/\//.test(word)) continue
        for (let at = index; at < index + word.length - 1; at++)
          if (isBelow(place(node, at, at + 1), place(node, at + 1, at + 2)))
            judge(data[at], data[at + 1], false, `${data.slice(Math.max(index, at - 20), at + 1)}|${data.slice(at + 1, at + 20)}`)
      }
    last = { node, data, block, code }
  }
  return found
}
