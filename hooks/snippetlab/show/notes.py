"""The notes of the page that is rendered: their numbers, and their text, which is Markdown.

It is read by the page's own Markdown, among its paragraphs, so that links, values and all that the
site adds to prose are in it what they are there.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from snippetlab.show.anchors import note_anchor
from snippetlab.show.note import LINK

Read = Callable[[str, str], tuple[int, Markup]]
"""A note's anchor and its text → its number on the page, and the text as HTML."""
_NAME = "snippetlab-notes"


class Notes(Treeprocessor):
    """Those of one Markdown, in one page after another."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._texts: list[str] = []
        self._holes: list[int] = []
        """Where in Markdown's stash of HTML each is missing."""
        self._numbers: dict[str, int] = {}

    @classmethod
    def of(cls, md: Markdown) -> "Notes":
        """Those that were registered there."""
        found = md.treeprocessors[_NAME]
        assert isinstance(found, cls)
        return found

    def register(self, link: str) -> None:
        """For what this Markdown renders; `link` is the text of one to a note: `note {}`."""
        self.md.registerExtension(self)  # type: ignore[arg-type] # for `reset`
        # Before inline patterns are looked for (20), and after all that does so or uses it.
        self.md.treeprocessors.register(self, _NAME, 30)
        self.md.treeprocessors.register(_Taken(self.md), f"{_NAME}-taken", -100)
        self.md.inlinePatterns.register(_Link(link, self.md), "snippetlab-note", 175)

    def reset(self) -> None:
        """Markdown calls this between two pages."""
        self._texts, self._holes, self._numbers = [], [], {}

    def read(self, anchor: str, text: str) -> tuple[int, Markup]:
        """The number of a note, and what stands for its HTML until the page is complete."""
        self._texts.append(text)
        self._holes.append(self.md.htmlStash.html_counter)
        self._numbers[anchor] = len(self._texts)
        return len(self._texts), Markup(self.md.htmlStash.store(""))

    def number(self, anchor: str) -> int | None:
        """That of a note on this page."""
        return self._numbers.get(anchor)

    def run(self, root: Element) -> None:
        """Put the texts among the page's paragraphs."""
        if self._texts:
            there = SubElement(root, "div", {"class": _NAME})
            for text in self._texts:
                SubElement(there, "p").text = text

    def take(self, root: Element) -> None:
        """And take them, as HTML, to where they belong."""
        for there in root.findall(f"div[@class='{_NAME}']"):
            root.remove(there)
            for hole, paragraph in zip(self._holes, there, strict=True):
                html = self.md.serializer(paragraph).strip()
                inner = html[html.index(">") + 1 : html.rindex("<")]
                self.md.htmlStash.rawHtmlBlocks[hole] = inner
        self.reset()


class _Taken(Treeprocessor):
    def run(self, root: Element) -> None:
        assert self.md
        Notes.of(self.md).take(root)


class _Link(InlineProcessor):
    """An empty link to a note, with the note's words."""

    def __init__(self, text: str, md: Markdown) -> None:
        super().__init__(LINK.pattern, md)
        self._text = text

    def handleMatch(  # type: ignore[override] # noqa: N802 - Markdown's name and its wider type
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        anchor = note_anchor(m["id"], m["step"])
        number = Notes.of(self.md).number(anchor)
        if number is None:  # it stays as it was written, and the page's faults name it
            return None, None, None
        element = Element("a", {"class": "note-link", "href": f"#{anchor}"})
        element.text = self._text.format(number)
        return element, m.start(0), m.end(0)
