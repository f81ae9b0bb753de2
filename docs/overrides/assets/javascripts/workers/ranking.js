/* Pages in order of what they answer as a whole. */

/** Pages with their sections, best first; of a page, that section first which answers most. */
function ranked(items) {
  const all = items.flat()
  const terms = Object.keys(all[0]?.terms || {})
  /** What few sections have says more than what many have (inverse document frequency). */
  const worth = new Map(terms.map((term) => {
    const count = all.filter((section) => section.terms[term]).length
    return [term, count && Math.log(1 + total / count)]
  }))
  const sum = (some) => some.reduce((whole, term) => whole + worth.get(term), 0) || 1
  const met = (sections) => sum(terms.filter((term) => sections.some((section) => section.terms[term]))) / sum(terms)
  // One section that has all words says more than a title that has one of them, so scores are
  // levelled when there are several.
  for (const section of all)
    section.score = (1 + (named.get(section.location) || 0)) * (terms.length > 1 ? Math.sqrt(section.score) : section.score) * met([section]) ** 2
  const value = (sections) => {
    const [best, ...others] = sections.map(({ score }) => score)
    const page = sections[0].location.split("#")[0]
    const share = Math.max(...[page, ...sections.map(({ location }) => location)].map((place) => named.get(place) || 0))
    const rest = others.slice(0, 3).reduce((whole, score) => whole + score, 0)
    return (best + 0.3 * rest) * met(sections) * (share >= 0.9 ? 20 : 1 + share)
  }
  for (const sections of items) sections.sort((one, other) => other.score - one.score)
  const values = new Map(items.map((sections) => [sections, value(sections)]))
  return items.sort((one, other) => values.get(other) - values.get(one))
}
