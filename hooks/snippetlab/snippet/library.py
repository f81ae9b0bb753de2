"""The snippets/ tree: id → snippet."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, SourceError, raise_all
from snippetlab.project import Project
from snippetlab.snippet.chains import chained, with_others
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.experiment import changed, check_step, read_experiment, snippet_of
from snippetlab.snippet.program import compile_snippet
from snippetlab.snippet.recording import read_recording
from snippetlab.snippet.snippet import OF, RECORDING, HeaderlessError, Snippet, id_of, read_snippet
from snippetlab.snippet.tree import read_tree
from snippetlab.snippet.versions import check_versions, variant_of

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")
"""What an id looks like: `chapter/name`."""
_EXPERIMENT = re.compile(rf"{ID.pattern}{OF}[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Library:
    """All snippets of a checkout, by id."""

    project: Project
    entries: Mapping[str, Entry]
    """By id, in the order of their ids."""
    broken: Mapping[str, SourceError] = field(default_factory=dict)
    """What is wrong with each of those that are not among the entries, by id or path."""

    @property
    def faults(self) -> tuple[SourceError, ...]:
        """Each once, also where several snippets, or versions of one, suffer from it."""
        return tuple({str(fault): fault for fault in self.broken.values()}.values())

    def find(self, wanted: str) -> Entry:
        """The entry with that id.

        Raises SourceError if it is broken, and EngineError naming the nearest if it is unknown.
        """
        if entry := self.entries.get(wanted):
            return entry
        if wanted in self.broken:
            raise self.broken[wanted]
        raise EngineError(f"unknown snippet {wanted!r}", self.nearest(wanted))

    def variants(self, entry: Entry) -> list[Entry]:
        """The same snippet in further versions of its lab, but for broken ones."""
        return [self.entries[id_] for id_ in variant_ids(entry) if id_ in self.entries]

    def nearest(self, wanted: str) -> Cure:
        """For an id that is unknown."""
        nearest = get_close_matches(wanted, self.entries, n=1, cutoff=0.4)
        text = f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."
        return Cure("unknown-snippet", text)


def read_library(project: Project) -> Library:
    """Read every snippet; what is wrong with one does not keep the others from being read."""
    tree = read_tree(project.snippets)
    broken: dict[str, SourceError] = {str(fault.path): fault for fault in tree.faults()}
    entries: dict[str, Entry] = {}
    headerless: list[tuple[str, SourceError]] = []
    """What another snippet may use."""
    for path in tree.sources:
        id_ = id_of(path, project.snippets)
        if fault := broken.get(str(path.with_suffix(RECORDING))) if broken else None:
            broken[id_] = fault
            continue
        try:
            snippet = read_snippet(path, project.snippets)
            _check_id(id_, path, entries)
            check_versions(snippet)
            entries[id_] = _read_entry(snippet)
        except HeaderlessError as fault:
            headerless.append((id_, fault))
        except SourceError as fault:
            broken[id_] = fault
            entries.pop(id_, None)
    headerless += [(id_of(fault.path, project.snippets), fault) for fault in tree.foreign()]
    used = {path for entry in entries.values() for path in entry.snippet.files.values()}
    broken |= {
        str(fault.path) if id_ in entries else id_: fault
        for id_, fault in headerless
        if fault.path not in used and not _is_named(fault.path.name, broken.values())
    }
    if tree.experiments:
        _add_experiments(project, tree.experiments, entries, broken)
    if _add_variants(entries, broken) or tree.experiments:
        entries = dict(sorted(entries.items(), key=lambda item: item[0].split("/")))
    linked = with_others(chained(entries, broken))
    recorded = {entry.snippet.recording for entry in entries.values()}
    if not broken:
        broken = {str(fault.path): fault for fault in tree.unversioned(recorded)}
    if not broken:
        broken = {str(fault.path): fault for fault in tree.unused(used)}
    return Library(project, linked, broken)


def load_library(project: Project) -> Library:
    """Read every snippet. Raises SourceError, or SourcesError, for those that are wrong."""
    library = read_library(project)
    raise_all(library.faults)
    return library


def _is_named(name: str, faults: Iterable[SourceError]) -> bool:
    """Whether a snippet that cannot be read may use a file of that name."""
    for fault in faults:
        with suppress(OSError, SourceError):
            if name.encode() in read(fault.path):
                return True
    return False


def _check_id(id_: str, path: Path, entries: Mapping[str, Entry]) -> None:
    if not ID.fullmatch(id_):
        cure = Cure("id", "Name it chapter/name, in lower-case letters, digits and hyphens.")
        raise SourceError(path, 1, f"{id_!r} is no id", cure)
    if id_ in entries:
        message = f"the id {id_!r} belongs to {entries[id_].snippet.path.name} too"
        raise SourceError(path, 1, message, Cure("id-taken", "Rename one of the two files."))


def _add_experiments(
    project: Project,
    paths: Iterable[Path],
    entries: dict[str, Entry],
    broken: dict[str, SourceError],
) -> None:
    """Each as an entry of its own, made of that of the snippet that it changes."""
    for path in paths:
        id_, of = (id_of(each, project.snippets) for each in (path, snippet_of(path)))
        if of in broken:
            broken[id_] = broken[of]
            continue
        try:
            experiment = read_experiment(path)
            if of not in entries or not _EXPERIMENT.fullmatch(id_):
                text = "Let its name be that of a snippet beside it, @, and one of its own,"
                text += " which begins with a letter."
                cure = Cure("experiment-name", f"{text} For example: uts@mount.toml")
                raise SourceError(path, 1, f"{id_} is an experiment with no snippet", cure)
            entry = _read_entry(changed(experiment, entries[of].snippet, id_))
            check_step(experiment, entry.program, entry.step_names)
            entries[id_] = replace(entry, experiment=experiment)
        except SourceError as fault:
            broken[id_] = fault


def _add_variants(entries: dict[str, Entry], broken: dict[str, SourceError]) -> bool:
    """Each snippet once more in each further version of its lab; whether there are any."""
    found = False
    for entry in list(entries.values()):
        for version in () if entry.experiment else entry.snippet.versions[1:]:
            found = True
            snippet = variant_of(entry.snippet, version)
            try:
                entries[snippet.id] = _read_entry(snippet)
            except SourceError as fault:
                broken[snippet.id] = fault
    return found


def variant_ids(entry: Entry) -> list[str]:
    """Of the same snippet in each further version of its lab, in the order of the tag."""
    versions = () if entry.experiment or entry.snippet.variant else entry.snippet.versions[1:]
    return [f"{entry.snippet.id}{OF}{version}" for version in versions]


def _read_entry(snippet: Snippet) -> Entry:
    try:
        program = compile_snippet(snippet)
    except (RecursionError, MemoryError):  # of shells in shells
        cure = Cure("nested", "Give what is innermost a line of its own, outside of the others.")
        raise SourceError(snippet.path, 1, "what it says is nested too deeply", cure) from None
    try:
        return Entry(snippet, program, read_recording(snippet))
    except SourceError as unreadable:
        return Entry(snippet, program, None, unreadable=unreadable)
