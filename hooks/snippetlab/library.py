"""The snippets/ tree: id → snippet, and who shows it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from snippetlab.chart import find_bars
from snippetlab.errors import EngineError, SourceError, display
from snippetlab.fence import Reference, find_references
from snippetlab.program import LANGUAGES, Program, compile_snippet
from snippetlab.project import Project
from snippetlab.recording import Recording, State, key_of, read_recording, state_of
from snippetlab.relation import Relation, broken, parse_relation
from snippetlab.snippet import Snippet, read_snippet
from snippetlab.tags import BROWSER
from snippetlab.transcript import Transcript
from snippetlab.values import extract, find_quotations, formatted
from snippetlab.verification import read_verification

VERIFICATION = "verification"
"""What pages quote figures of all snippets from, as if it were one; no id looks like that."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")


@dataclass(frozen=True)
class Entry:
    """A snippet with what belongs to it, as found on disk."""

    snippet: Snippet
    program: Program
    recording: Recording | None
    before: "Entry | None" = None
    """The one right after which it runs (tag `after`)."""

    @property
    def chain(self) -> "tuple[Entry, ...]":
        """All that run in one instance of the lab, in order; this one is the last."""
        return (*(self.before.chain if self.before else ()), self)

    @property
    def programs(self) -> tuple[Program, ...]:
        """Of the chain."""
        return tuple(entry.program for entry in self.chain)

    @cached_property
    def key(self) -> str:
        """See recording.key_of."""
        return key_of(self.snippet, self.programs)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What must hold in every run. Raises SourceError for one that speaks of no value."""
        names = [name for entry in self.chain for name in entry.snippet.values]
        try:
            return tuple(parse_relation(text, names) for text in self.snippet.holds)
        except ValueError as error:
            cure = 'Write it like: # holds = ["slim < full"], with names from the tag `values`.'
            raise self._fault("holds", str(error), cure) from None

    def check(self, transcripts: Sequence[Transcript]) -> Mapping[str, str]:
        """The values in transcripts of the chain, if they are there and all relations hold.

        Raises SourceError where not.
        """
        values: dict[str, str] = {}
        for entry, transcript in zip(self.chain, transcripts, strict=True):
            try:
                values |= extract(entry.snippet.values, transcript)
            except ValueError as error:
                cure = "Mend the pattern, or print what it looks for."
                raise entry._fault("values", str(error), cure) from None
        for fault in broken(self.relations, values):
            raise self._fault("holds", fault, "Mend the snippet; or it proves something else.")
        return values

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The recordings' values, those of the chain too. Raises SourceError; see `check`."""
        recordings = [entry.recording for entry in self.chain if entry.recording]
        if len(recordings) < len(self.chain):
            return {}
        return self.check([recording.transcript for recording in recordings])

    @cached_property
    def state(self) -> State:
        return state_of(self.snippet, self.key, self.recording)

    def _fault(self, tag: str, message: str, cure: str) -> SourceError:
        return SourceError(self.snippet.path, self.snippet.line_of(tag), message, cure)


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
    _refuse_orphans(project.snippets)
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


def _refuse_orphans(snippets: Path) -> None:
    for recording in sorted(snippets.rglob("*.out")):
        if not any(recording.with_suffix(suffix).is_file() for suffix in LANGUAGES):
            message = "the recording belongs to no snippet"
            cure = f"Rename it with its snippet, or remove it: git rm {display(recording)}"
            raise SourceError(recording, 1, message, cure)


def _sources(snippets: Path) -> Iterator[Path]:
    for path in sorted(snippets.rglob("*")):
        if path.suffix in LANGUAGES and path.is_file():
            if path.is_symlink():
                message = "a snippet must be a file of its own, not a link"
                raise SourceError(path, 1, message, "Replace the link by the file.")
            yield path
