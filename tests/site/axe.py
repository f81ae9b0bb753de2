"""What axe finds against WCAG 2.2 AA and common practice."""

import json

from axe_playwright_python.base import AXE_SCRIPT
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
_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
# Nothing else is worked out or handed over: of the thousands of places where all is well, too,
# axe would say where they are.
_RUN = """axe.run(%s, %s).then(({ violations }) => violations.map(
  ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target).join(" ")}`))"""


def violations(document: Page | Frame, where: str = "document") -> list[str]:
    """Rule and places of each, in this document alone, or in a JavaScript array of its elements."""
    document.evaluate(SETTLED)
    if not document.evaluate("'axe' in window"):  # it is large
        document.evaluate(AXE_SCRIPT)
    found: list[str] = document.evaluate(_RUN % (where, json.dumps(_OPTIONS)))
    return found
