"""The snippets/ tree: id → snippet, and who shows it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from snippetlab.block import anchor
from snippetlab.chains import chained
from snippetlab.chart import find_bars
from snippetlab.entry import Entry
from snippetlab.errors import Cure, EngineError, SourceError, raise_all
from snippetlab.fence import Reference, find_references
from snippetlab.files import find_pages
from snippetlab.front_matter import check_front_matter
from snippetlab.page import read_page
from snippetlab.program import compile_snippet
from snippetlab.project import Project
from snippetlab.recording import State, read_recording
from snippetlab.snippet import RECORDING, read_snippet
from snippetlab.tree import read_tree
from snippetlab.values import Quotation, find_quotations, formatted
from snippetlab.verification import read_verification
from snippetlab.words import english

VERIFICATION = "verification"
"""What pages quote figures of all snippets from, as if it were one; no id looks like that."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")


@dataclass(frozen=True)
class Library:
    """All snippets of a checkout, by id."""

    project: Project
    entries: Mapping[str, Entry]
    broken: Mapping[str, SourceError] = field(default_factory=dict)
    """What is wrong with each of those that are not among the entries, by id or path."""

    @property
    def faults(self) -> tuple[SourceError, ...]:
        """Each once, also where several snippets suffer from it."""
        return tuple(dict.fromkeys(self.broken.values()))

    def find(self, wanted: str) -> Entry:
        """The entry with that id.

        Raises SourceError if it is broken, and EngineError naming the nearest if it is unknown.
        """
        if entry := self.entries.get(wanted):
            return entry
        if wanted in self.broken:
            raise self.broken[wanted]
        raise EngineError(f"unknown snippet {wanted!r}", self._hint(wanted))

    def references(self, pages: Path) -> list[Reference]:
        """All snippet fences of the pages below a directory, in the order of their paths.

        Raises SourceError, or SourcesError, for front matter or a fence that cannot be
        understood, an unknown id, and an id that two transcripts of a page have.
        """
        references: list[Reference] = []
        faults: list[SourceError] = []
        for page in find_pages(pages):
            try:
                check_front_matter(read_page(page))
                found = list(find_references(page))
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
                if wanted not in self.entries and wanted not in self.broken:
                    message, cure = f"unknown snippet {wanted!r}", self._hint(wanted)
                    yield SourceError(reference.page, number, message, cure)
            for id_ in self._anchors(ids):
                if (first := lines.setdefault(id_, line)) != line:
                    message = f"{' and '.join(ids)} has the id {id_}, as line {first} has"
                    cure = Cure("shown-twice", f"Link to that instead: [what it shows](#{id_})")
                    yield SourceError(reference.page, line, message, cure)
                    break

    def _anchors(self, ids: Sequence[str]) -> Iterator[str]:
        """The ids on the page of a fence that shows these, and of its steps."""
        yield anchor(ids)
        for entry in filter(None, map(self.entries.get, ids)):
            here = anchor([entry.snippet.id])
            yield from (f"{here}-{name}" for name in entry.step_names if name)

    def check_quotations(self, pages: Path) -> None:
        """Raises SourceError, or SourcesError, for quoted values that are not there.

        Also for such as have no such form, and for what looks like a quotation and is none.
        """
        faults: list[SourceError] = []
        for page in find_pages(pages):
            try:
                for quoted in (*find_quotations(page), *find_bars(page)):
                    faults += self._quotation_faults(quoted)
            except SourceError as fault:
                faults.append(fault)
        raise_all(faults)

    def _quotation_faults(self, quoted: Quotation) -> Iterator[SourceError]:
        figure = quoted.id == VERIFICATION and quoted.name in self.figures
        if figure or quoted.id in self.broken:
            return
        page, line = quoted.page, quoted.line
        if not (entry := self.entries.get(quoted.id)):
            message, cure = f"unknown snippet {quoted.id!r}", self._hint(quoted.id)
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

    def value(self, id_: str, name: str) -> str:
        """A value of a recording, or of all verification. Raises EngineError for an unknown one."""
        values = self.figures if id_ == VERIFICATION else self.find(id_).values
        if name not in values:
            raise EngineError(f"{id_} has no value {name!r}; there are: {', '.join(values)}")
        return values[name]

    @cached_property
    def figures(self) -> Mapping[str, str]:
        """What is known of all snippets together, to be quoted as values of `verification`."""
        run = [entry.snippet for entry in self.entries.values() if entry.snippet.runs]
        dates = read_verification(self.project.snippets / "verification.json").values()
        return {
            "snippets": str(len(self.entries)),
            "run": str(len(run)),
            "labs": str(len({snippet.lab for snippet in run})),
            "date": max((verified.date for verified in dates), default="—"),
        }

    def _hint(self, wanted: str) -> Cure:
        nearest = get_close_matches(wanted, self.entries, n=1, cutoff=0.4)
        text = f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."
        return Cure("unknown-snippet", text)


def read_library(project: Project) -> Library:
    """Read every snippet; what is wrong with one does not keep the others from being read."""
    tree = read_tree(project.snippets)
    broken: dict[str, SourceError] = {str(fault.path): fault for fault in tree.faults()}
    entries: dict[str, Entry] = {}
    for path in tree.sources:
        id_ = path.relative_to(project.snippets).with_suffix("").as_posix()
        if fault := broken.get(str(path.with_suffix(RECORDING))) if broken else None:
            broken[id_] = fault
            continue
        try:
            _check_id(id_, path, entries)
            entries[id_] = _read_entry(path, project.snippets)
        except SourceError as fault:
            broken[id_] = fault
            entries.pop(id_, None)
    linked = chained(entries, broken)
    if not broken:
        used = (path for entry in linked.values() for path in entry.snippet.files.values())
        broken = {str(fault.path): fault for fault in tree.unused(used)}
    return Library(project, linked, broken)


def load_library(project: Project) -> Library:
    """Read every snippet. Raises SourceError, or SourcesError, for those that are wrong."""
    library = read_library(project)
    raise_all(library.faults)
    return library


def _check_id(id_: str, path: Path, entries: Mapping[str, Entry]) -> None:
    if not ID.fullmatch(id_):
        cure = Cure("id", "Name it chapter/name, in lower-case letters, digits and hyphens.")
        raise SourceError(path, 1, f"{id_!r} is no id", cure)
    if id_ in entries:
        message = f"the id {id_!r} belongs to {entries[id_].snippet.path.name} too"
        raise SourceError(path, 1, message, Cure("id-taken", "Rename one of the two files."))


def _read_entry(path: Path, snippets: Path) -> Entry:
    snippet = read_snippet(path, snippets)
    try:
        program = compile_snippet(snippet)
    except (RecursionError, MemoryError):  # of Python's compiler, and of shells in shells
        cure = Cure("nested", "Give what is innermost a line of its own, or a function.")
        raise SourceError(path, 1, "what it says is nested too deeply", cure) from None
    try:
        return Entry(snippet, program, read_recording(snippet))
    except SourceError as unreadable:
        return Entry(snippet, program, None, unreadable=unreadable)
