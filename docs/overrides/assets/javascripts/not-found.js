/* On the page for what is not there: pages with similar addresses, from the sitemaps. */
const notFound = document.getElementById("not-found")
if (notFound) suggest(notFound)

async function suggest(place) {
  const home = new URL(".", new URL(place.dataset.sitemap, location))
  // Of the languages' homes, the nearest above the address.
  const homes = [...place.querySelectorAll("a[hreflang]")].map(({ href }) => new URL(".", href).pathname)
  const above = homes.filter((path) => location.pathname.startsWith(path))
  const root = above.sort((one, other) => other.length - one.length)[0] ?? home.pathname
  const response = await fetch(new URL(`${root}sitemap.xml`, home))
  if (!response.ok) return
  const map = new DOMParser().parseFromString(await response.text(), "text/xml")
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
