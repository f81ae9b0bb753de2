"""The tables of the page on verification, as readers get them."""

from xml.etree import ElementTree

from markdown import Markdown

from generated.verification import VerificationPage


def html(page: VerificationPage) -> ElementTree.Element:
    """The page's body as the site's Markdown renders it."""
    body = page.markdown.split("---\n", 2)[2]
    rendered = Markdown(extensions=["tables", "attr_list", "footnotes", "abbr"]).convert(body)
    return ElementTree.fromstring(f"<body>{page.complete(rendered)}</body>")


def tables(page: VerificationPage) -> dict[str, list[list[ElementTree.Element]]]:
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
