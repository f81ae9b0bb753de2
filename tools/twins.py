"""What tests/snippets/without.toml lacks, or says of snippets that are gone."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.project import Project
from snippetlab.run.twin import needs_twin, read_twins, twins_path
from snippetlab.snippet.library import read_library
from tools.finding import Finding, as_finding


def twins(root: Path) -> Iterator[Finding]:
    """Snippets on isolation without a twin, twins of none, and texts that are in no snippet."""
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
    wanted = {id_ for id_, entry in entries.items() if needs_twin(id_) and entry.snippet.runs}
    for id_ in sorted(wanted - written.keys()):
        place = f"{entries[id_].snippet.path.relative_to(root).as_posix()}:1"
        entry = f'"{id_}" = ["a text in it that isolates", "what replaces it"]'
        cure = Cure("twin-missing", f"Add a line there: {entry}")
        yield Finding(place, f"{name} does not say what takes its isolation away", cure)
    for id_, twin in written.items():
        place = f"{name}:{twin.line}"
        if id_ in library.broken:  # `snippets` says it
            continue
        if id_ not in wanted:
            near = get_close_matches(id_, sorted(wanted - written.keys()), n=1)
            renamed = f' If it was renamed, write "{near[0]}".' if near else ""
            cure = Cure("twin-stale", f"Take the line out.{renamed}")
            yield Finding(place, f"there is no snippet {id_} that runs", cure)
            continue
        source = entries[id_].snippet.path.relative_to(root).as_posix()
        if not twin.is_written:
            message = f"TODO is left: what takes the isolation away from {id_}"
            example = f'"{id_}" = ["unshare --uts bash", "bash"]'
            text = f"Write a text in {source} that isolates, and what replaces it: {example}"
            yield Finding(place, message, Cure("twin-todo", text))
        elif twin.text not in entries[id_].snippet.code:
            message = f"{twin.text!r} is not in {source}, so nothing is taken away"
            cure = Cure("twin-text", f"Write a text that is in {source}, as it is written there.")
            yield Finding(place, message, cure)
