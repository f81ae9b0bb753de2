"""Pages: which snippets they show, which values they quote."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import Cure, SourceError, raise_all
from snippetlab.show.anchors import anchor, note_anchor
from snippetlab.show.chart import find_bars
from snippetlab.show.fence import Fence, Reference, find_references
from snippetlab.show.figures import VERIFICATION, Figures
from snippetlab.show.front_matter import check_front_matter
from snippetlab.show.openings import check_openings
from snippetlab.show.order import misplaced
from snippetlab.show.page import Page, read_page
from snippetlab.show.part import faults, part_of, shown_steps
from snippetlab.show.prose import find_links
from snippetlab.show.values import Quotation, check_links, find_quotations, formatted
from snippetlab.show.words import english
from snippetlab.snippet.command import flatten
from snippetlab.snippet.differs import differing
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.snippet.recording import State
from snippetlab.snippet.snippet import OF


class Pages:
    """Of one library."""

    def __init__(
        self, library: Library, pages: Iterable[Path | Page], *, foreign: bool = False
    ) -> None:
        """With `foreign`, of a site that has rules of its own for all but snippets."""
        self._library = library
        self._pages = list(pages)
        self._foreign = foreign
        self._figures = Figures(library)

    def references(self) -> list[Reference]:
        """All snippet fences of the pages, in the order of their paths.

        Raises SourceError, or SourcesError, for a fence that cannot be understood, an unknown
        id, steps that a snippet has not, parts that are not a whole run in its order, an id that
        two transcripts of a page have, and links to notes that it has not; unless they are
        foreign, also for front matter that cannot be understood.
        """
        references: list[Reference] = []
        wrong: list[SourceError] = []
        for page in self._pages:
            try:
                read = read_page(page)
                if not self._foreign:
                    check_front_matter(read)
                    check_openings(read, others=True)
                found = list(find_references(read))
            except SourceError as fault:
                wrong.append(fault)
            else:
                wrong += self._reference_faults(found)
                wrong += _link_faults(read, found)
                references += found
        raise_all(wrong)
        return references

    def _reference_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        """Of one page."""
        known = self._library.entries.keys() | self._library.broken.keys()
        for reference in references:
            for number, wanted in enumerate(reference.fence.ids, reference.line):
                if wanted not in known:
                    message, cure = f"unknown snippet {wanted!r}", self._library.nearest(wanted)
                    yield SourceError(reference.page, number, message, cure)
        wrong = list(self._step_faults(references)) or list(self._part_faults(references))
        wrong = wrong or list(self._version_faults(references))
        yield from wrong or self._anchor_faults(references)

    def _step_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        for reference in references:
            if entry := self._library.entries.get(reference.fence.ids[0]):
                commands = flatten(entry.program.commands)
                for fault in faults(reference.fence, entry.snippet, commands):
                    line = reference.opening + fault.line
                    yield SourceError(reference.page, line, fault.message, fault.cure)

    def _part_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        runs: dict[str, list[Reference]] = {}
        for reference in references:
            if reference.fence.is_part:
                runs.setdefault(reference.fence.ids[0], []).append(reference)
        for id_, parts in runs.items():
            if entry := self._library.entries.get(id_):
                yield from misplaced(parts, entry)

    def _anchor_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        lines: dict[str, int] = {}
        for reference in references:
            ids, line = reference.fence.ids, reference.line
            for id_ in self.anchors(reference.fence):
                if (first := lines.setdefault(id_, line)) != line:
                    message = f"{' and '.join(ids)} has the id {id_}, as line {first} has"
                    cure = Cure("shown-twice", f"Link to that instead: [what it shows](#{id_})")
                    yield SourceError(reference.page, line, message, cure)
                    break

    def anchors(self, fence: Fence) -> Iterator[str]:
        """The ids on the page of a fence, of its steps and of its notes."""
        yield fence.anchor
        for id_ in () if fence.experiment else fence.ids:
            if entry := self._library.entries.get(id_):
                steps = shown_steps(fence, flatten(entry.program.commands))
                own = [anchor([one]) for one in (id_, *self._differing(fence, entry))]
                yield from (f"{of}-{step.name}" for of in own for step in steps if step.name)
        yield from (note_anchor(fence.ids[0], note.step) for note in fence.notes)

    def _differing(self, fence: Fence, entry: Entry) -> Iterator[str]:
        """Ids of the versions of which the fence shows a transcript of their own."""
        part = part_of(fence, flatten(entry.program.commands))
        steps = range(part.first, part.stop) if part else range(len(entry.step_names))
        for other in self._library.variants(entry) if len(fence.ids) == 1 else ():
            if any(one.step in steps for one in differing(entry, other)):
                yield other.snippet.id

    def _version_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        """Notes for a version that is not shown, since it prints the same."""
        for reference in references:
            notes = [note for note in reference.fence.notes if note.version]
            entry = self._library.entries.get(reference.fence.ids[0])
            if not (notes and entry) or any(
                one.fault for one in (entry, *self._library.variants(entry))
            ):
                continue
            found = [id_.partition(OF)[2] for id_ in self._differing(reference.fence, entry)]
            shown = [entry.snippet.version, *found] if found else []
            for note in notes:
                if note.version not in shown:
                    message = f"the note stands in version {note.version}, which prints the same"
                    cure = Cure("note-version-same", f"Write it for all: note {note.name}: …")
                    line = reference.opening + note.line
                    yield SourceError(reference.page, line, message, cure)

    def check_quotations(self) -> None:
        """Raises SourceError, or SourcesError, for quoted values that are not there.

        Also for such as have no such form, and for what looks like a quotation and is none;
        unless they are foreign, also for links that show nothing.
        """
        wrong: list[SourceError] = []
        for page in self._pages:
            try:
                read = read_page(page)
                if not self._foreign:
                    check_links(read)
                for quoted in (*find_quotations(read), *find_bars(read)):
                    wrong += self._quotation_faults(quoted)
            except SourceError as fault:
                wrong.append(fault)
        raise_all(wrong)

    def _quotation_faults(self, quoted: Quotation) -> Iterator[SourceError]:
        figure = quoted.id == VERIFICATION and quoted.name in self._figures.all
        if figure or quoted.id in self._library.broken:
            return
        page, line = quoted.page, quoted.line
        if not (entry := self._library.entries.get(quoted.id)):
            message, cure = f"unknown snippet {quoted.id!r}", self._library.nearest(quoted.id)
            yield SourceError(page, line, message, cure)
        elif quoted.name not in entry.snippet.values:
            names = ", ".join(entry.snippet.values) or "none"
            cure = Cure("value-name", f"Name it in the tag `values`; there are: {names}.")
            yield SourceError(page, line, f"{quoted.id} has no value {quoted.name!r}", cure)
        else:
            fresh = entry.state is State.FRESH  # else there may be no such value yet
            value = entry.values.get(quoted.name, "0") if fresh else "0"
            try:
                formatted(value, quoted.format, english())
            except ValueError as error:
                cure = Cure("value-format", "Choose another format, or none: as it was printed.")
                yield SourceError(page, line, str(error), cure)


def _link_faults(page: Page, references: Sequence[Reference]) -> Iterator[SourceError]:
    """Links to notes that the page has not."""
    notes = {(r.fence.ids[0], note.step): None for r in references for note in r.fence.notes}
    for line, id_, step in find_links(page):
        if (id_, step) not in notes:
            known = [f"[](note:{one}#{name})" for one, name in notes]
            near = get_close_matches(f"[](note:{id_}#{step})", known, n=1)
            text = f"Did you mean {near[0]}?" if near else "Link to one, or write the note first."
            message = f"the page has no note for the step `{step}` of {id_}"
            yield SourceError(page.path, line, message, Cure("note-link", text))
