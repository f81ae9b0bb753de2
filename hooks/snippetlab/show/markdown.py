"""What pages ask for, as an extension of Python-Markdown: fences, and quoted values.

The only module that makes markup of Markdown. Hosts give it to what renders their pages.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup
from pymdownx.superfences import SuperFencesException

from snippetlab.errors import EngineError
from snippetlab.run.lock import Lock
from snippetlab.run.verification import Verified
from snippetlab.show.anchors import note_anchor
from snippetlab.show.block import Block, Frame, Machine, Noted, Other
from snippetlab.show.chart import parse_chart, render_chart
from snippetlab.show.contrast import render_contrast
from snippetlab.show.experiment import render_experiment
from snippetlab.show.fence import Fence, FenceError, parse_experiment, parse_fence
from snippetlab.show.figures import Figures
from snippetlab.show.notes import Notes, Read
from snippetlab.show.part import faults, part_of
from snippetlab.show.render import render
from snippetlab.show.superfences import Formatter, JoinedFences
from snippetlab.show.templates import Templates, code
from snippetlab.show.values import QUOTATION, formatted
from snippetlab.snippet.command import flatten
from snippetlab.snippet.differs import differing
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.snippet.snippet import OF, Snippet
from snippetlab.stated import Stated


class Fences:
    """Formats fences by looking their recordings up in a library.

    SuperFences swallows every exception but its own, and would show the raw text instead.
    """

    def __init__(
        self,
        library: Library,
        lock: Lock,
        stated: Mapping[str, Stated],
        verified: Mapping[str, Verified],
        *,
        templates: Templates,
        locate: Callable[[Snippet], str],
        machine: Callable[[Entry], Machine | None] = lambda _: None,
        repository: str = "",
    ) -> None:
        """`locate` leads from the page that is rendered to the snippet's file, and `machine` to
        what runs it in the reader's tab."""
        self._library = library
        self._lock = lock
        self._stated = stated
        self._verified = verified
        self._templates = templates
        self._locate = locate
        self._machine = machine
        self._repository = repository
        self._figures = Figures(library)
        self._plain = 0
        """Notes that were read without a page."""

    def format(self, source: str, read: Read | None = None) -> str:
        """The HTML of one fence with this body.

        `read` takes its notes, as those of a page (see notes.py); else they are text and code.
        """
        try:
            fence = parse_fence(source)
            blocks = [self._block(id_, fence, read or self._read_plainly) for id_ in fence.ids]
        except (FenceError, EngineError) as error:
            raise SuperFencesException(str(error)) from error
        figure = render(*blocks) if len(blocks) == 1 else render_contrast(*blocks)
        # Markdown would escape what is put together with markup that knows that it is some.
        return str(self._placeholders(fence.ids) + figure)

    def experiment(self, source: str) -> str:
        """The HTML of an experiment with this body."""
        try:
            fence = parse_experiment(source)
            (id_,) = fence.ids
            entry = self._library.find(id_)
            of = self._library.find(id_.partition(OF)[0])
            block = self._block(id_, fence, self._read_plainly)
        except (FenceError, EngineError) as error:
            raise SuperFencesException(str(error)) from error
        return str(self._placeholders([id_]) + render_experiment(block, entry, of))

    def chart(self, source: str) -> str:
        """The HTML of a chart with this body."""
        try:
            return str(render_chart(parse_chart(source), self._figures.value, self._templates))
        except (FenceError, EngineError, ValueError) as error:
            raise SuperFencesException(str(error)) from error

    def quote(self, id_: str, name: str, format_: str) -> tuple[str, str]:
        """A value as it was printed, and as prose shows it. Raises EngineError for none."""
        value = self._figures.value(id_, name)
        try:
            return value, formatted(value, format_, self._templates.words)
        except ValueError as error:
            raise EngineError(f"{id_}#{name}: {error}") from error

    def extension(self) -> "Snippets":
        """For who renders pages with all of this."""
        link = self._templates.words["transcript"]["note-link"]
        return Snippets(self.format, self.experiment, self.chart, self.quote, link)

    def _read_plainly(self, _: str, text: str) -> tuple[int, Markup]:
        self._plain += 1
        return self._plain, code(text)

    def _placeholders(self, ids: Sequence[str]) -> Markup:
        """What has to be said before the commands of snippets that have not run yet."""
        found = ((entry.placeholder, entry.snippet) for entry in map(self._library.find, ids))
        notices = (there.html(snippet, self._templates) for there, snippet in found if there)
        return Markup("").join(notices)

    def _block(self, id_: str, fence: Fence, read: Read) -> Block:
        """The snippet, with what is recorded of it in other versions of its lab."""
        entry, known = self._library.find(id_), dict[str, Noted]()

        def noted(block: Block) -> Block:
            return replace(block, notes=dict(_noted(block, fence, read, known)))

        variants = self._library.variants(entry)
        others = (Other(self._one(one, fence), differing(entry, one)) for one in variants)
        block = replace(noted(self._one(entry, fence)), others=tuple(others))
        shown = block.differing
        return replace(
            block,
            others=tuple(
                replace(other, block=noted(other.block)) if other in shown else other
                for other in block.others
            ),
        )

    def _one(self, entry: Entry, fence: Fence) -> Block:
        """One of them, without notes."""
        commands = flatten(entry.program.commands)
        for wrong in faults(fence, entry.snippet, commands):
            raise wrong
        transcript = entry.recording.transcript if entry.recording else None
        machine = self._machine(entry)
        if entry.placeholder:
            transcript, machine = None, None
        elif entry.fault:
            raise entry.fault
        of = self._library.find(fence.ids[0]) if entry.snippet.variant else entry
        href = self._locate(of.snippet)  # one file, in all versions
        last = self._verified.get(entry.snippet.id)
        verified = last.date if last and entry.snippet.runs else ""
        place = (machine, self._repository, bool(entry.placeholder))
        frame = Frame(self._templates, href, self._lock, self._stated, fence.fold, verified, *place)
        part = part_of(fence, commands)
        return Block(entry.snippet, entry.program.commands, transcript, frame, part)


def _noted(
    block: Block, fence: Fence, read: Read, known: dict[str, Noted]
) -> Iterator[tuple[str, Noted]]:
    """In the order of their steps, in which they are numbered.

    `note STEP@VERSION` stands in that version, in the place of `note STEP`. One that stands in
    several has its anchor in the first; `known` are those that do.
    """
    texts = {note.step: note.text for note in fence.notes}
    for command in flatten(block.commands) if texts else ():
        own = f"{command.name}{OF}{block.snippet.version}"
        step = own if own in texts else command.name
        if step in known:
            yield command.name, replace(known[step], anchor="")
        elif step in texts:
            anchor = note_anchor(fence.ids[0], step)
            known[step] = Noted(*read(anchor, texts[step]), anchor)
            yield command.name, known[step]


class Snippets(Extension):
    """The fences `snippet`, `experiment` and `chart`, and `[](value:ID#NAME)` in prose.

    Whether SuperFences renders the page's other fences, or anything else does, is all the same.
    """

    def __init__(
        self,
        snippet: Callable[[str, Read], str],
        experiment: Callable[[str], str],
        chart: Callable[[str], str],
        quote: Callable[[str, str, str], tuple[str, str]],
        note: str,
    ) -> None:
        """`note` is the text of a link to one: `note {}`."""
        super().__init__()
        self._formatters: dict[str, Formatter] = {
            "snippet": lambda body, md: snippet(body, Notes.of(md).read),
            "experiment": lambda body, _: experiment(body),
            "chart": lambda body, _: chart(body),
        }
        self._quote = quote
        self._note = note

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # After white space is made plain (30), before fences of any kind are read (25).
        md.preprocessors.register(JoinedFences(md, self._formatters), "snippetlab-fences", 26)
        Notes(md).register(self._note)
        # Before links (160), after code spans (190).
        md.inlinePatterns.register(_Quotation(self._quote, md), "snippetlab-value", 175)


class _Quotation(InlineProcessor):
    """The value, in an element that says which it is."""

    def __init__(self, quote: Callable[[str, str, str], tuple[str, str]], md: Markdown) -> None:
        super().__init__(QUOTATION.pattern, md)
        self._quote = quote

    def handleMatch(  # type: ignore[override] # noqa: N802 - Markdown's name and its wider type
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        value, text = self._quote(m["id"], m["name"], m["format"] or "text")
        element = Element("data", {"class": "value", "value": value})
        element.text = text
        return element, m.start(0), m.end(0)
