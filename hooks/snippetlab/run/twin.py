"""Twins: what is taken away from a snippet on isolation, so that it must print something else.

A transcript proves nothing if it looks the same without what it is said to show. So for each such
snippet `tests/snippets/without.toml` names a text in it and what replaces it; the tests run both.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source, write_source
from snippetlab.project import Project
from snippetlab.snippet.experiment import OF

TWIN = "twin"
"""The variant of a snippet that its twin is; see memory.py."""
TODO = "TODO"
"""What an entry begins with until it is written."""
_ENTRY = re.compile(r'"([a-z0-9/-]+)" = ')
_BEGUN = '"{id}" = ["TODO a text in the snippet that isolates", "TODO what replaces it"]\n'


@dataclass(frozen=True)
class Twin:
    """What makes a snippet's twin of it."""

    line: int
    """Of its entry."""
    text: str
    replacement: str

    @property
    def is_written(self) -> bool:
        return not f"{self.text} {self.replacement}".startswith(TODO)


def twins_path(project: Project) -> Path:
    """Where a checkout keeps its twins."""
    return project.root / "tests/snippets/without.toml"


def needs_twin(id_: str) -> bool:
    """Whether a snippet must have one."""
    return id_.startswith("isolation/") and OF not in id_


def read_twins(path: Path) -> Mapping[str, Twin]:
    """Snippet → its twin. Raises SourceError."""
    text = read_source(path)
    lines = {found[1]: n for n, line in enumerate(text.split("\n"), 1) if (found := _match(line))}
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) if line else len(text.split("\n"))
        example = _BEGUN.format(id="…").rstrip()
        cure = Cure("twin-toml", f"Write each entry on a line of its own: {example}")
        raise SourceError(path, number, f"this is no TOML: {error}", cure) from None
    for id_, value in values.items():
        if not (isinstance(value, list) and [type(part) for part in value] == [str, str]):
            cure = Cure("twin-pair", f'Write two texts: "{id_}" = ["unshare --uts bash", "bash"]')
            raise SourceError(path, lines.get(id_, 1), f"{id_} is no pair of texts", cure)
    return {id_: Twin(lines.get(id_, 1), *value) for id_, value in values.items()}


def prints_the_same(path: Path, id_: str, twin: Twin) -> SourceError:
    """What is wrong where the twin's run looks like the recording."""
    text = "Name a text that isolates, or let the snippet show something that depends on it."
    message = f"without {twin.text!r} {id_} prints the same"
    return SourceError(path, twin.line, message, Cure("twin-same", text))


def with_entry(text: str, id_: str) -> str:
    """The file's text with an entry to be written, in its place among the others."""
    lines = text.splitlines(keepends=True)
    entries = [(found[1], n) for n, line in enumerate(lines) if (found := _match(line))]
    place = bisect_left(entries, (id_,))
    if place == len(entries):
        return text + _BEGUN.format(id=id_)
    number = entries[place][1]
    while number and lines[number - 1].startswith("#") and place:  # comments belong to what follows
        number -= 1
    return "".join((*lines[:number], _BEGUN.format(id=id_), *lines[number:]))


def begin_twin(project: Project, id_: str) -> Path | None:
    """Write an entry to be completed, if such a snippet needs one; the file, if it was written."""
    path = twins_path(project)
    if not (needs_twin(id_) and path.is_file()) or id_ in read_twins(path):
        return None
    write_source(path, with_entry(read_source(path), id_))
    return path


def _match(line: str) -> re.Match[str] | None:
    return _ENTRY.match(line)
