"""The snippets/ tree: id → snippet, and who shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from snippetlab.chart import find_bars
from snippetlab.entry import Entry
from snippetlab.errors import Cure, EngineError, SourceError, raise_all
from snippetlab.fence import Reference, find_references
from snippetlab.files import find_pages
from snippetlab.program import compile_snippet
from snippetlab.project import Project
from snippetlab.recording import State, read_recording
from snippetlab.snippet import read_snippet
from snippetlab.tags import BROWSER
from snippetlab.tree import read_tree
from snippetlab.values import find_quotations, formatted
from snippetlab.verification import read_verification

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
        raise EngineError(f"unknown snippet {wanted!r}\n    {self._hint(wanted)}")

    def references(self, pages: Path) -> list[Reference]:
        """All snippet fences of the pages below a directory, in the order of their paths.

        Raises SourceError for an unknown id or a fence that cannot be understood.
        """
        references = [r for page in find_pages(pages) for r in find_references(page)]
        for reference in references:
            for line, wanted in enumerate(reference.fence.ids, reference.line):
                if wanted not in self.entries:
                    message = f"unknown snippet {wanted!r}"
                    raise SourceError(reference.page, line, message, self._hint(wanted))
        return references

    def check_quotations(self, pages: Path) -> None:
        """Raises SourceError for a quoted value that is not there, or has no such form."""
        for page in find_pages(pages):
            for quoted in (*find_quotations(page), *find_bars(page)):
                if quoted.id == VERIFICATION and quoted.name in self.figures:
                    continue
                if not (entry := self.entries.get(quoted.id)):
                    message = f"unknown snippet {quoted.id!r}"
                    raise SourceError(page, quoted.line, message, self._hint(quoted.id))
                if quoted.name not in entry.snippet.values:
                    message = f"{quoted.id} has no value {quoted.name!r}"
                    names = ", ".join(entry.snippet.values) or "none"
                    cure = f"Name it in the tag `values`; there are: {names}."
                    raise SourceError(page, quoted.line, message, cure)
                fresh = entry.state is State.FRESH  # else there may be no such value yet
                value = entry.values.get(quoted.name, "0") if fresh else "0"
                try:
                    formatted(value, quoted.format, "en")
                except ValueError as error:
                    cure = "Choose another format."
                    raise SourceError(page, quoted.line, str(error), cure) from None

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

    def _hint(self, wanted: str) -> str:
        nearest = get_close_matches(wanted, self.entries, n=1, cutoff=0.4)
        return f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."


def read_library(project: Project) -> Library:
    """Read every snippet; what is wrong with one does not keep the others from being read."""
    tree = read_tree(project.snippets)
    broken: dict[str, SourceError] = {str(fault.path): fault for fault in tree.faults()}
    entries: dict[str, Entry] = {}
    for path in tree.sources:
        id_ = path.relative_to(project.snippets).with_suffix("").as_posix()
        if str(path) in broken:
            broken[id_] = broken[str(path)]
            continue
        try:
            _check_id(id_, path, entries)
            entries[id_] = _read_entry(path, project.snippets)
        except SourceError as fault:
            broken[id_] = fault
            entries.pop(id_, None)
    chained = _chained(entries, broken)
    if not broken:
        used = (path for entry in chained.values() for path in entry.snippet.files.values())
        broken = {str(fault.path): fault for fault in tree.unused(used)}
    return Library(project, chained, broken)


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
    program = compile_snippet(snippet)
    try:
        return Entry(snippet, program, read_recording(snippet))
    except SourceError as unreadable:
        return Entry(snippet, program, None, unreadable=unreadable)


def _chained(entries: Mapping[str, Entry], broken: dict[str, SourceError]) -> dict[str, Entry]:
    """The same entries, each knowing the one that it comes after.

    One that cannot run since its chain is wrong goes into `broken` instead.
    """
    chained: dict[str, Entry] = {}

    def chain(id_: str, followers: tuple[str, ...]) -> Entry:
        entry = entries[id_]
        after = entry.snippet.after
        if id_ in chained or not after:
            return chained.setdefault(id_, entry)
        if after in broken:
            raise broken[after]
        _check_chain(entry, entries, followers)
        return chained.setdefault(id_, replace(entry, before=chain(after, (id_, *followers))))

    for id_ in entries:
        try:
            _ = chain(id_, ()).relations  # to refuse one that speaks of no value
        except SourceError as fault:
            broken[id_] = fault
            chained.pop(id_, None)
    return {id_: chained[id_] for id_ in entries if id_ in chained}


def _check_chain(entry: Entry, entries: Mapping[str, Entry], followers: tuple[str, ...]) -> None:
    snippet, after = entry.snippet, entry.snippet.after
    if after not in entries:
        nearest = get_close_matches(after, entries, n=1)
        text = f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."
        message, cure = f"unknown snippet {after!r}", Cure("unknown-predecessor", text)
    elif after in (snippet.id, *followers):
        message = f"the chain goes in a circle: {snippet.id} after {after}"
        cure = Cure("circle", "Remove one `after`.")
    elif (lab := entries[after].snippet.lab) != snippet.lab:
        message = f"{after} runs in the lab {lab!r}, this one in {snippet.lab!r}"
        cure = Cure("chain-lab", "A chain has one lab.")
    elif snippet.browser and not entries[after].snippet.browser:
        message = f"{after}, after which this runs, has not the tag `{BROWSER}`"
        cure = Cure("chain-browser", "Tag both, or none.")
        raise SourceError(snippet.path, snippet.line_of(BROWSER), message, cure)
    else:
        return
    raise SourceError(snippet.path, snippet.line_of("after"), message, cure)
