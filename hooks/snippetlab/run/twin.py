"""Twins: what is taken away from a snippet, so that it must print something else.

A transcript proves nothing if it looks the same without what it is said to show. So for each
snippet that runs `tests/snippets/without.toml` names a text in it and what replaces it; the tests
run both. Of the few that can have no twin it gives the reason.
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

TWIN = "twin"
"""The variant of a snippet that its twin is; see memory.py."""
TODO = "TODO"
"""What an entry begins with until it is written."""
_ENTRY = re.compile(r'"([a-z0-9/-]+)" = ')
_BEGUN = '"{id}" = ["TODO a text that matters to what it proves", "TODO what replaces it"]\n'


@dataclass(frozen=True)
class Twin:
    """What makes a snippet's twin of it, or why there is none."""

    line: int
    """Of its entry."""
    text: str = ""
    replacement: str = ""
    reason: str = ""
    """Why the snippet can have none; then there are no texts."""

    @property
    def is_written(self) -> bool:
        return not f"{self.text} {self.replacement}".startswith(TODO)

    @property
    def runs(self) -> bool:
        return self.is_written and not self.reason


def twins_path(project: Project) -> Path:
    """Where a checkout keeps its twins."""
    return project.root / "tests/snippets/without.toml"


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
    return {id_: _twin(path, lines.get(id_, 1), id_, value) for id_, value in values.items()}


def _twin(path: Path, line: int, id_: str, value: object) -> Twin:
    """An entry: two texts, or in a table the reason why there are none."""
    match value:
        case [str(text), str(replacement)]:
            return Twin(line, text, replacement)
        case {"none": str(reason), **more} if reason.strip() and not more:
            return Twin(line, reason=reason)
    example = f'"{id_}" = ["unshare --uts bash", "bash"]'
    cure = Cure("twin-pair", f"Write two texts: {example}").also(
        Cure("twin-none", f'Or, where there can be no twin, why: "{id_}" = {{ none = "…" }}')
    )
    raise SourceError(path, line, f"{id_} is no pair of texts, and no reason", cure)


def prints_the_same(path: Path, id_: str, twin: Twin) -> SourceError:
    """What is wrong where the twin's run looks like the recording."""
    text = "Name a text that matters to what it proves, or let the snippet show what depends on it."
    message = f"without {twin.text!r} {id_} prints the same"
    return SourceError(path, twin.line, message, Cure("twin-same", text))


def breaks(path: Path, id_: str, twin: Twin, why: str) -> SourceError:
    """What is wrong where the twin's run shows only that its script is none."""
    text = "Replace the text by one that runs, such as `true`, so that what follows shows the rest."
    message = f"with {twin.replacement!r} {id_} breaks, which shows nothing: {why}"
    return SourceError(path, twin.line, message, Cure("twin-breaks", text))


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
    """Write an entry to be completed, where the site has twins; the file, if it was written."""
    path = twins_path(project)
    if not path.is_file() or id_ in read_twins(path):
        return None
    write_source(path, with_entry(read_source(path), id_))
    return path


def _match(line: str) -> re.Match[str] | None:
    return _ENTRY.match(line)
