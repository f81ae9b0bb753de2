"""What axe finds against WCAG 2.2 AA and common practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = """document.fonts.ready.then(() => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap")) {
    wide.style.contentVisibility = "visible";
  }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
})"""
"""JavaScript: fonts are here, what observes sizes has seen the text in them, and tables far away
are laid out: axe would take what moves meanwhile for what lies upon them."""


def violations(document: Page | Frame) -> list[str]:
    """Rule and places of each, in this document alone."""
    options: dict[str, object] = {"runOnly": {"type": "tag", "values": RULES}}
    document.evaluate(SETTLED)
    found = Axe().run(document, options=options).response["violations"]
    return [
        f"{rule['id']}: {' '.join(str(node['target']) for node in rule['nodes'][:3])}"
        for rule in found
    ]
