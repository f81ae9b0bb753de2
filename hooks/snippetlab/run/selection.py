"""Which snippets a command speaks of."""

import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from snippetlab.errors import Cure, EngineError, SourceError
from snippetlab.images.recipe_files import DEFAULT
from snippetlab.project import Project
from snippetlab.registry import BROWSER
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library, variant_ids


def by_ids(library: Library, ids: Sequence[str]) -> list[Entry]:
    """Those with the ids, each in all its versions, or all if there are none.

    An id with a version is that one alone. Raises EngineError for an unknown one.
    """
    if not ids:
        return list(library.entries.values())
    found: dict[str, Entry] = {}
    for entry in map(library.find, ids):
        found |= {one.snippet.id: one for one in (entry, *map(library.find, variant_ids(entry)))}
    return list(found.values())


def select(
    library: Library, ids: Sequence[str], *, lab: str | None, changed: str | None, shard: str | None
) -> list[Entry]:
    """Those with the ids, as `by_ids`, of them those that run in the lab, and so on.

    Of the browser lab it is all that readers can run, wherever their recordings are from.
    """
    entries = by_ids(library, ids)
    if lab == BROWSER:
        entries = [entry for entry in entries if entry.snippet.browser]
    elif lab:
        entries = [entry for entry in entries if entry.snippet.lab == lab]
    if changed:
        entries = changed_since(entries, library.project, changed)
    if shard:
        entries = one_shard(entries, shard)
    return entries


def runnable(library: Library, id_: str) -> Entry:
    """The one with the id. Raises EngineError if it is not there, or runs in no lab."""
    entry = library.find(id_)
    if not entry.snippet.runs:
        reason = entry.snippet.reason
        raise EngineError(f"{id_} runs in no lab: {reason.get('en') or ' '.join(reason.values())}")
    return entry


def broken(library: Library, ids: Sequence[str]) -> tuple[SourceError, ...]:
    """What is wrong with other snippets concerns who asks for all of them, nobody else."""
    return () if ids else library.faults


def labs(entries: Iterable[Entry]) -> set[str]:
    """Those that the entries need."""
    return {entry.snippet.lab for entry in entries if entry.snippet.runs}


def changed_since(entries: Iterable[Entry], project: Project, revision: str) -> list[Entry]:
    """Those of which anything that a run depends on differs from a git revision.

    Raises EngineError where git does not know the revision.
    """
    paths = {
        (project.root / name).resolve()
        for arguments in (
            ("diff", "--name-only", "--relative", "-z", revision, "--"),
            ("ls-files", "--others", "--exclude-standard", "-z"),
        )
        for name in _git(project, arguments).split("\0")
        if name
    }
    recipes = (project.lab.resolve(), DEFAULT.resolve())
    if any(path.is_relative_to(place) for path in paths for place in recipes):
        return list(entries)
    return [entry for entry in entries if paths & set(_inputs(entry))]


def one_shard(entries: Sequence[Entry], shard: str) -> list[Entry]:
    """Part K of N (`K/N`), the same on every machine; chains stay together.

    Raises EngineError where `shard` is no such fraction.
    """
    found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", shard)
    if not found or int(found[1]) > int(found[2]):
        cure = Cure("shard-of-shards", "Write it like 2/5: part 2 of 5.")
        raise EngineError(f"--shard cannot be {shard!r}", cure)
    part, parts = int(found[1]), int(found[2])
    roots = sorted({entry.chain[0].snippet.id for entry in entries})
    chosen = set(roots[part - 1 :: parts])
    return [entry for entry in entries if entry.chain[0].snippet.id in chosen]


def _inputs(entry: Entry) -> Iterable[Path]:
    yield entry.snippet.recording.resolve()
    for member in entry.chain:
        yield from (path.resolve() for path in {member.snippet.path, member.snippet.file})
        yield from (path.resolve() for path in member.snippet.files.values())


def _git(project: Project, arguments: Sequence[str]) -> str:
    command = ["git", "-C", str(project.root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        cure = Cure("install-git", "Install it: sudo apt-get install git")
        raise EngineError("--changed needs git, which is not installed", cure) from None
    if done.returncode:
        reason = done.stderr.strip().split("\n")[0]
        cure = Cure("revision-that-exists", "Give --changed a revision that exists, such as HEAD.")
        raise EngineError(f"git says: {reason}", cure)
    return done.stdout
