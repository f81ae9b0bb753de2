/* On the page for what is not there: pages with similar addresses, from the sitemaps. */
const notFound = document.getElementById("not-found")
if (notFound) suggest(notFound)

async function suggest(place) {
  const home = new URL(".", new URL(place.dataset.sitemap, location))
  const below = location.pathname.startsWith(new URL("en/", home).pathname) ? "en/" : ""
  const response = await fetch(new URL(`${below}sitemap.xml`, home))
  if (!response.ok) return
  const map = new DOMParser().parseFromString(await response.text(), "text/xml")
  const root = new URL(below, home).pathname
  const wanted = location.pathname.slice(root.length).toLowerCase()
  const paths = [...map.querySelectorAll("loc")].map((place) => new URL(place.textContent).pathname)
  const shared = paths.reduce((one, other) => {
    while (!other.startsWith(one)) one = one.slice(0, -1)
    return one
  })
  const best = paths.map((path) => path.slice(shared.length))
    .map((path) => ({ path, likeness: likeness(path, wanted) }))
    .filter(({ path, likeness }) => path && likeness > 0.3)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, 3)
  const list = place.querySelector(".not-found-similar ul")
  for (const { path } of best) {
    const link = document.createElement("a")
    link.href = root + path
    link.textContent = path
    list.appendChild(document.createElement("li")).append(link)
  }
  list.parentElement.hidden = best.length === 0
}

/** How many of their pairs of letters two addresses share, from 0 to 1 (Dice's coefficient). */
function likeness(one, other) {
  const pairs = (text) => new Set([...text.slice(1)].map((letter, at) => text[at] + letter))
  const [here, there] = [pairs(one), pairs(other)]
  const both = [...here].filter((pair) => there.has(pair)).length
  return 2 * both / (here.size + there.size || 1)
}
