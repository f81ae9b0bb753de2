"""The tables of a page, as Python-Markdown makes them."""

from xml.etree import ElementTree

from markdown import Markdown


def html(page: str) -> ElementTree.Element:
    """The page's body as the site's Markdown renders it."""
    body = page.split("---\n", 2)[2]
    rendered = Markdown(extensions=["tables", "attr_list", "footnotes", "abbr"]).convert(body)
    return ElementTree.fromstring(f"<body>{rendered}</body>")


def tables(page: str) -> dict[str, list[list[ElementTree.Element]]]:
    """The cells of each table's body, by the id of the heading above it."""
    found, heading = {}, ""
    for element in html(page):
        if element.tag == "h2":
            heading = element.attrib["id"]
        elif element.tag == "table":
            found[heading] = [list(row) for row in element.iterfind("tbody/tr")]
    return found


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext())
