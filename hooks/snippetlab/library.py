"""The snippets/ tree: id → snippet, and who shows it."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from snippetlab.chart import find_bars
from snippetlab.entry import Entry
from snippetlab.errors import EngineError, SourceError, display
from snippetlab.fence import Reference, find_references
from snippetlab.program import LANGUAGES, compile_snippet
from snippetlab.project import Project
from snippetlab.recording import read_recording
from snippetlab.snippet import RECORDING, read_snippet
from snippetlab.tags import BROWSER
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

    def find(self, wanted: str) -> Entry:
        """The entry with that id. Raises EngineError naming the nearest one."""
        if entry := self.entries.get(wanted):
            return entry
        raise EngineError(f"unknown snippet {wanted!r}\n    {self._hint(wanted)}")

    def references(self, pages: Path) -> list[Reference]:
        """All snippet fences of the pages below a directory, in the order of their paths.

        Raises SourceError for an unknown id or a fence that cannot be understood.
        """
        references = [r for page in sorted(pages.rglob("*.md")) for r in find_references(page)]
        for reference in references:
            for line, wanted in enumerate(reference.fence.ids, reference.line):
                if wanted not in self.entries:
                    message = f"unknown snippet {wanted!r}"
                    raise SourceError(reference.page, line, message, self._hint(wanted))
        return references

    def check_quotations(self, pages: Path) -> None:
        """Raises SourceError for a quoted value that is not there, or has no such form."""
        for page in sorted(pages.rglob("*.md")):
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
                try:
                    formatted(entry.values.get(quoted.name, "0"), quoted.format, "en")
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


def load_library(project: Project) -> Library:
    """Read every snippet. Raises SourceError for the first that is wrong."""
    entries: dict[str, Entry] = {}
    for path in _sources(project.snippets):
        snippet = read_snippet(path, project.snippets)
        if not ID.fullmatch(snippet.id):
            message = f"{snippet.id!r} is no id"
            cure = "Name it chapter/name, in lower-case letters, digits and hyphens."
            raise SourceError(path, 1, message, cure)
        if snippet.id in entries:
            other = entries[snippet.id].snippet.path.name
            message = f"the id {snippet.id!r} belongs to {other} too"
            raise SourceError(path, 1, message, "Rename one of the two files.")
        entries[snippet.id] = Entry(snippet, compile_snippet(snippet), read_recording(snippet))
    chained = _chained(entries)
    for entry in chained.values():
        _ = entry.relations  # to refuse one that speaks of no value
    return Library(project, chained)


def _chained(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The same entries, each knowing the one that it comes after."""
    chained: dict[str, Entry] = {}

    def chain(id_: str, followers: tuple[str, ...]) -> Entry:
        entry = entries[id_]
        snippet = entry.snippet
        if id_ in chained or not snippet.after:
            return chained.setdefault(id_, entry)
        line = snippet.line_of("after")
        if snippet.after not in entries:
            nearest = get_close_matches(snippet.after, entries, n=1)
            cure = f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."
            raise SourceError(snippet.path, line, f"unknown snippet {snippet.after!r}", cure)
        if snippet.after in (id_, *followers):
            circle = " after ".join((id_, snippet.after))
            message = f"the chain goes in a circle: {circle}"
            raise SourceError(snippet.path, line, message, "Remove one `after`.")
        if (lab := entries[snippet.after].snippet.lab) != snippet.lab:
            message = f"{snippet.after} runs in the lab {lab!r}, this one in {snippet.lab!r}"
            raise SourceError(snippet.path, line, message, "A chain has one lab.")
        if snippet.browser and not entries[snippet.after].snippet.browser:
            message = f"{snippet.after}, after which this runs, has not the tag `{BROWSER}`"
            raise SourceError(snippet.path, snippet.line_of(BROWSER), message, "Tag both, or none.")
        before = chain(snippet.after, (id_, *followers))
        return chained.setdefault(id_, replace(entry, before=before))

    return {id_: chain(id_, ()) for id_ in entries}


def _sources(snippets: Path) -> Iterator[Path]:
    """The snippets' files, in the order of their paths.

    Raises SourceError for a link, and for a recording that belongs to no snippet.
    """
    # Texts, since paths would take as long as all else that is done with a snippet.
    found: dict[str, set[str]] = {suffix: set() for suffix in (RECORDING, *LANGUAGES)}
    for directory, _, names in os.walk(snippets):
        for name in names:
            stem, dot, suffix = name.rpartition(".")
            if (dot + suffix) in found:
                found[dot + suffix].add(f"{directory}/{stem}")
    for stem in sorted(found.pop(RECORDING).difference(*found.values())):
        orphan = Path(f"{stem}{RECORDING}")
        message = "the recording belongs to no snippet"
        cure = f"Rename it with its snippet, or remove it: git rm {display(orphan)}"
        raise SourceError(orphan, 1, message, cure)
    sources = [f"{stem}{suffix}" for suffix, stems in found.items() for stem in stems]
    for source in sorted(sources, key=lambda source: source.split("/")):
        path = Path(source)
        if path.is_symlink():
            message = "a snippet must be a file of its own, not a link"
            raise SourceError(path, 1, message, "Replace the link by the file.")
        if path.is_file():
            yield path
