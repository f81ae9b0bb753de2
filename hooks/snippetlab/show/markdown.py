"""The fences as SuperFences formatters, and quoted values as a Markdown extension.

The only module that knows Markdown.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup
from pymdownx.superfences import SuperFencesException

from snippetlab.errors import EngineError
from snippetlab.run.lock import Lock
from snippetlab.run.verification import Verified
from snippetlab.show.block import Block, Frame
from snippetlab.show.chart import parse_chart, render_chart
from snippetlab.show.contrast import render_contrast
from snippetlab.show.fence import FenceError, parse_fence
from snippetlab.show.figures import Figures
from snippetlab.show.render import render
from snippetlab.show.templates import Templates
from snippetlab.show.values import QUOTATION, formatted
from snippetlab.show.words import Words
from snippetlab.snippet.library import Library
from snippetlab.snippet.snippet import Snippet


class Fences:
    """Formats fences by looking their recordings up in a library.

    SuperFences swallows every exception but its own, and would show the raw text instead.
    """

    def __init__(
        self,
        library: Library,
        lock: Lock,
        stated: Mapping[str, Sequence[str]],
        verified: Mapping[str, Verified],
        *,
        templates: Templates,
        locate: Callable[[Snippet], str],
        machine: str = "",
        repository: str = "",
    ) -> None:
        self._library = library
        self._lock = lock
        self._stated = stated
        self._verified = verified
        self._templates = templates
        self._locate = locate
        self._machine = machine
        self._repository = repository

    def fences(self) -> list[dict[str, Any]]:
        """Entries for the option `custom_fences` of pymdownx.superfences."""
        return [
            {"name": "snippet", "class": "snippet", "format": self.format},
            {"name": "chart", "class": "chart", "format": self.chart},
        ]

    def format(self, source: str, *_: Any, **__: Any) -> str:
        """The HTML of one fence, as SuperFences asks for it."""
        try:
            fence = parse_fence(source)
            blocks = [self._block(id_, fence.fold) for id_ in fence.ids]
        except (FenceError, EngineError) as error:
            raise SuperFencesException(str(error)) from error
        figure = render(*blocks) if len(blocks) == 1 else render_contrast(*blocks)
        # Markdown would escape what is put together with markup that knows that it is some.
        return str(self._placeholders(fence.ids) + figure)

    def chart(self, source: str, *_: Any, **__: Any) -> str:
        """The HTML of a chart, as SuperFences asks for it."""
        try:
            return str(
                render_chart(parse_chart(source), Figures(self._library).value, self._templates)
            )
        except (FenceError, EngineError) as error:
            raise SuperFencesException(str(error)) from error

    def _placeholders(self, ids: Sequence[str]) -> Markup:
        """What has to be said before the commands of snippets that have not run yet."""
        found = ((entry.placeholder, entry.snippet) for entry in map(self._library.find, ids))
        notices = (there.html(snippet, self._templates) for there, snippet in found if there)
        return Markup("").join(notices)

    def _block(self, id_: str, fold: int | None) -> Block:
        entry = self._library.find(id_)
        transcript = entry.recording.transcript if entry.recording else None
        machine = self._machine
        if entry.placeholder:
            transcript, machine = None, ""
        elif entry.snippet.runs and transcript is None:
            raise EngineError(f"{id_} has no recording")
        href = self._locate(entry.snippet)
        last = self._verified.get(id_)
        verified = last.date if last and entry.snippet.runs else ""
        place = (machine, self._repository, bool(entry.placeholder))
        frame = Frame(self._templates, href, self._lock, self._stated, fold, verified, *place)
        return Block(entry.snippet, entry.program.commands, transcript, frame)


class ValueQuotations(Extension):
    """`[](value:ID#NAME)` becomes the value, in an element that says which it is."""

    def __init__(self, figures: Figures, words: Words) -> None:
        super().__init__()
        self._figures = figures
        self._words = words

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # Before links (160), after code spans (190).
        quotation = _Quotation(self._figures, self._words, md)
        md.inlinePatterns.register(quotation, "snippetlab-value", 175)


class _Quotation(InlineProcessor):
    def __init__(self, figures: Figures, words: Words, md: Markdown) -> None:
        super().__init__(QUOTATION.pattern, md)
        self._figures = figures
        self._words = words

    def handleMatch(  # type: ignore[override] # noqa: N802 - Markdown's name and its wider type
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        value = self._figures.value(m["id"], m["name"])
        element = Element("data", {"class": "value", "value": value})
        element.text = formatted(value, m["format"] or "text", self._words)
        return element, m.start(0), m.end(0)
