"""What is made of a page's content alone; of content that stayed the same it is kept."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from reading import mentions, plain, repairs, sections
from reading.kept import Kept
from reading.mentions import explain
from reading.plain import to_markdown
from reading.repairs import mend_content
from reading.sections import Section, read_sections


class Content:
    """Makes it, with a memory in the directory `cache`."""

    def __init__(self, terms: Iterable[tuple[str, str]], cache: Path) -> None:
        """`terms`: the name and the meaning of those that pages explain."""
        self._terms = tuple(terms)
        self._mended = Kept(cache / "mended", repairs, mentions, repr(self._terms))
        self._sections = Kept(cache / "sections", sections)
        self._markdown = Kept(cache / "markdown", plain)

    def mended(self, html: str) -> str:
        """As readers get it."""
        return str(self._mended.of(html, lambda: explain(mend_content(html), self._terms)))

    def sections(self, html: str) -> list[Section]:
        """As search sees it."""
        found = self._sections.of(html, lambda: list(map(asdict, read_sections(html))))
        return [Section(**section) for section in found]

    def markdown(self, html: str, address: str) -> str:
        """For people and programs that read text."""
        return str(self._markdown.of((html, address), lambda: to_markdown(html, address)))

    def forget(self) -> None:
        """What nobody has used for a while."""
        for kept in (self._mended, self._sections, self._markdown):
            kept.forget()
