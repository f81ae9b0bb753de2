"""What tests/snippets/without.toml lacks, or says of snippets that are gone."""

import ast
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.project import Project
from snippetlab.run.twin import Twin, read_twins, twins_path
from snippetlab.run.weaken import weakened
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library
from tools.finding import Finding, as_finding


def twins(root: Path) -> Iterator[Finding]:
    """Snippets without a twin, twins of none, and such as are no twins."""
    project = Project(root)
    path = twins_path(project)
    name = path.relative_to(root).as_posix()
    try:
        written = read_twins(path)
    except SourceError as error:
        yield as_finding(error, root)
        return
    library = read_library(project)
    entries = library.entries
    runs = (entry for entry in entries.values() if entry.snippet.runs)
    # Of an experiment each prediction that does not hold is one; other versions need no own.
    wanted = {entry.snippet.id for entry in runs if not (entry.experiment or entry.snippet.variant)}
    for id_ in sorted(wanted - written.keys()):
        place = f"{entries[id_].snippet.path.relative_to(root).as_posix()}:1"
        entry = f'"{id_}" = ["a text that matters to what it proves", "what replaces it"]'
        cure = Cure("twin-missing", f"Add a line there: {entry}")
        yield Finding(place, f"{name} does not say without what it fails", cure)
    for id_, twin in written.items():
        if id_ in library.broken:  # `snippets` says it
            continue
        if id_ not in wanted:
            near = get_close_matches(id_, sorted(wanted - written.keys()), n=1)
            renamed = f' If it was renamed, write "{near[0]}".' if near else ""
            cure = Cure("twin-stale", f"Take the line out.{renamed}")
            yield Finding(f"{name}:{twin.line}", f"there is no snippet {id_} that runs", cure)
        elif fault := _fault(entries[id_], twin, root):
            yield Finding(f"{name}:{twin.line}", *fault)


def _fault(entry: Entry, twin: Twin, root: Path) -> tuple[str, Cure] | None:
    """Why an entry makes no twin, and what helps."""
    id_, source = entry.snippet.id, entry.snippet.path.relative_to(root).as_posix()
    if twin.reason:
        return None
    if not twin.is_written:
        example = f'"{id_}" = ["unshare --uts bash", "bash"]'
        text = f"Write a text in {source} without which it fails, and what replaces it: {example}"
        return f"TODO is left: what is taken away from {id_}", Cure("twin-todo", text)
    if twin.text not in entry.snippet.code:
        message = f"{twin.text!r} is not in {source}, so nothing is taken away"
        cure = Cure("twin-text", f"Write a text that is in {source}, as it is written there.")
        return message, cure
    try:
        changed = weakened(entry, twin.text, twin.replacement)
        if changed.snippet.path.suffix == ".py":
            ast.parse(changed.snippet.code)
    except (SourceError, SyntaxError) as error:
        why = error.message if isinstance(error, SourceError) else error.msg
        cure = Cure("twin-unread", f"Replace the text in {source} by one that can stand there.")
        return f"with {twin.replacement!r} {id_} cannot be read: {why}", cure
    steps, left = (len(flatten(one.program.commands)) for one in (entry, changed))
    if steps != left:
        message = f"with {twin.replacement!r} {id_} has {left} steps, not {steps}"
        cure = Cure("twin-steps", "Replace a command by one that does nothing: true")
        return message, cure
    return None
