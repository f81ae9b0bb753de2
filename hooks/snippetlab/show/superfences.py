"""Where the fences of a page are, and their rendering, by the rules of SuperFences.

A reader of our own would take for a fence what is shown as text, or the other way round.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from inspect import signature
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import (
    CodeStash,
    SuperFencesBlockPreprocessor,
    SuperFencesCodeBlockProcessor,
    SuperFencesCodeExtension,
)

Formatter = Callable[[str, Markdown], str]
"""What makes HTML of the body of a fence, on the page that this Markdown renders."""


class JoinedFences(Preprocessor):
    """Adds fences to those of SuperFences, where a page is rendered with it.

    Where it is not, these are read here, and all others are left to what reads them. Which of
    the two it is, is known only when a page is rendered: extensions come in any order.
    """

    def __init__(self, md: Markdown, formatters: Mapping[str, Formatter]) -> None:
        """What each kind of fence is made HTML with."""
        super().__init__(md)
        self._formatters = formatters
        self._own: _OwnFences | None = None

    def run(self, lines: list[str]) -> list[str]:
        """Python-Markdown calls this before it reads the page."""
        there = [e for e in self.md.registeredExtensions if isinstance(e, SuperFencesCodeExtension)]
        if there and there[0] is not self._own:
            self._join(there[0])
            return lines
        if not self._own:
            self._own = _OwnFences()
            self._own.extendMarkdown(self.md)
            self._join(self._own)
        found: list[str] = self._own.reader.run(lines)
        return found

    def _join(self, extension: Any) -> None:
        known = {fence["name"] for fence in extension.superfences}
        # Since 13.0 it also takes what is to be done between pages.
        reset = (None,) if "reset" in signature(extension.extend_super_fences).parameters else ()
        for name, formatter in self._formatters.items():
            if name not in known:
                format_ = partial(_formatted, formatter)
                extension.extend_super_fences(name, format_, _is_plain, *reset)


class _OwnFences(SuperFencesCodeExtension):  # type: ignore[misc] # it ships no types
    """SuperFences for custom fences alone: of all others it knows only where they end."""

    reader: SuperFencesBlockPreprocessor

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """As SuperFences does it, but in nobody's place, and without a formatter for code."""
        md.registerExtension(self)
        self.md, self.stash = md, CodeStash()
        code = {"name": "superfences", "test": _is_any, "validator": _is_any, "reset": None}
        self.superfences = [code | {"formatter": None}]
        self.reader = SuperFencesBlockPreprocessor(md)
        # An example in indented code is text again.
        indented = SuperFencesCodeBlockProcessor(md.parser)
        for part in (self.reader, indented):
            part.config, part.extension = self.getConfigs(), self
        md.parser.blockprocessors.register(indented, "code", 80)
        # It asks for these settings, and needs none of them.
        unused = {"pymdownx.highlight": {"_enabled": False}}
        md.registerExtensions(["pymdownx.highlight"], unused)


def _formatted(formatter: Formatter, src: str, md: Markdown, **_: Any) -> str:
    return formatter(src, md)


def _is_plain(_: str, inputs: Mapping[str, str], *__: Any) -> bool:
    """Whether a fence says nothing behind its name."""
    return not inputs


def _is_any(*_: Any) -> bool:
    return True


class _Finder(SuperFencesBlockPreprocessor):  # type: ignore[misc] # it ships no types
    """Notes each fence instead of putting its HTML in its place."""

    found: list[tuple[int, int, str, list[str]]]

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:  # noqa: ARG002
        body = self.rebuild_block(self.code).split("\n") if self.code else []
        self.found.append((start, end, self.lang or "", body))
        self.clear()


def find(lines: Sequence[str], names: Sequence[str]) -> list[tuple[int, int, str, list[str]]]:
    """Each fence: its first line from 0, the line after its last, its language and its body.

    `names` are those of the fences that have a formatter of their own.
    """
    custom = [{"name": name, "class": name, "format": _nothing} for name in names]
    extension = SuperFencesCodeExtension(custom_fences=custom)
    markdown = Markdown(extensions=[extension, "attr_list"])
    finder = _Finder(markdown)
    finder.config = extension.getConfigs()
    finder.extension = extension
    finder.found = []
    # As Markdown's first preprocessor does it.
    plain = (line.replace("\x02", "").replace("\x03", "") for line in lines)
    finder.run([line.expandtabs(markdown.tab_length) if line.strip() else "" for line in plain])
    return finder.found


def _nothing(*_: Any, **__: Any) -> str:
    return ""
