"""Pages: which snippets they show, which values they quote."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from snippetlab.errors import Cure, SourceError, raise_all
from snippetlab.show.block import anchor
from snippetlab.show.chart import find_bars
from snippetlab.show.fence import Reference, find_references
from snippetlab.show.figures import VERIFICATION, Figures
from snippetlab.show.front_matter import check_front_matter
from snippetlab.show.openings import check_openings
from snippetlab.show.page import Page, read_page
from snippetlab.show.values import Quotation, check_links, find_quotations, formatted
from snippetlab.show.words import english
from snippetlab.snippet.library import Library
from snippetlab.snippet.recording import State


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
        id, and an id that two transcripts of a page have; unless they are foreign, also for
        front matter that cannot be understood.
        """
        references: list[Reference] = []
        faults: list[SourceError] = []
        for page in self._pages:
            try:
                read = read_page(page)
                if not self._foreign:
                    check_front_matter(read)
                    check_openings(read, others=True)
                found = list(find_references(read))
            except SourceError as fault:
                faults.append(fault)
            else:
                faults += self._reference_faults(found)
                references += found
        raise_all(faults)
        return references

    def _reference_faults(self, references: Sequence[Reference]) -> Iterator[SourceError]:
        """Of one page."""
        lines: dict[str, int] = {}
        for reference in references:
            ids, line = reference.fence.ids, reference.line
            for number, wanted in enumerate(ids, line):
                if wanted not in self._library.entries and wanted not in self._library.broken:
                    message, cure = f"unknown snippet {wanted!r}", self._library.nearest(wanted)
                    yield SourceError(reference.page, number, message, cure)
            for id_ in self.anchors(ids):
                if (first := lines.setdefault(id_, line)) != line:
                    message = f"{' and '.join(ids)} has the id {id_}, as line {first} has"
                    cure = Cure("shown-twice", f"Link to that instead: [what it shows](#{id_})")
                    yield SourceError(reference.page, line, message, cure)
                    break

    def anchors(self, ids: Sequence[str]) -> Iterator[str]:
        """The ids on the page of a fence that shows these, and of a transcript's steps."""
        yield anchor(ids)
        for entry in filter(None, map(self._library.entries.get, ids)):
            here = anchor([entry.snippet.id])
            if not entry.experiment:
                yield from (f"{here}-{name}" for name in entry.step_names if name)

    def check_quotations(self) -> None:
        """Raises SourceError, or SourcesError, for quoted values that are not there.

        Also for such as have no such form, and for what looks like a quotation and is none;
        unless they are foreign, also for links that show nothing.
        """
        faults: list[SourceError] = []
        for page in self._pages:
            try:
                read = read_page(page)
                if not self._foreign:
                    check_links(read)
                for quoted in (*find_quotations(read), *find_bars(read)):
                    faults += self._quotation_faults(quoted)
            except SourceError as fault:
                faults.append(fault)
        raise_all(faults)

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
