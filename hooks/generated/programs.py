"""The list of programs worth a reader's look, `docs/commands.yml`.

What `docker` calls its commands are listed as programs of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reading.languages import spoken
from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.plain_yaml import load


@dataclass(frozen=True)
class Listed:
    """One program."""

    name: str
    """As `calls` names it."""
    says: Mapping[str, str]
    """Language → what it does, in one sentence; code stands between backquotes."""
    manual: str
    """URL of its manual."""


@dataclass(frozen=True)
class Group:
    """Programs for one purpose."""

    id: str
    title: Mapping[str, str]
    """By language."""
    programs: tuple[Listed, ...]


def read_programs(path: Path) -> tuple[Group, ...]:
    """All groups; none if there is no file. Raises SourceError for what is missing or unknown."""
    if not path.is_file():
        return ()
    text = read_source(path)
    try:
        items = load(text) or []
        items = items if isinstance(items, list) else [items]
        languages = spoken(_keys(items))
        return tuple(_group(item, languages) for item in items)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        text = 'Indent it as its neighbours are; put what holds ": " or " #" into quotes.'
        cure = Cure("commands-yaml", text)
        raise SourceError(path, line, f"no YAML: {error.problem}", cure) from None
    except _ListError as error:
        line = next((n for n, t in enumerate(text.split("\n"), 1) if error.near in t), 1)
        raise SourceError(path, line, str(error), error.cure) from None


class _ListError(ValueError):
    def __init__(self, near: str, message: str, cure: Cure) -> None:
        super().__init__(message)
        self.near = near
        self.cure = cure


def _keys(items: Sequence[Any]) -> Iterator[str]:
    """Of all entries: what one of them says in a language, all do."""
    for item in items:
        commands = item.get("commands") if isinstance(item, dict) else None
        for entry in (item, *(commands.values() if isinstance(commands, dict) else ())):
            yield from (str(key) for key in entry if key != "id") if isinstance(entry, dict) else ()


def _group(item: Any, languages: tuple[str, ...]) -> Group:
    fields = _fields(item, "a group", ("id", *languages, "commands"))
    commands = fields["commands"]
    if not isinstance(commands, dict) or not commands:
        cure = Cure("commands-group", "List its commands, such as ls: { ko: …, en: …, manual: … }")
        raise _ListError(str(fields["id"]), f"the group {fields['id']} is empty", cure)
    listed = tuple(_listed(commands, languages))
    return Group(str(fields["id"]), {name: str(fields[name]) for name in languages}, listed)


def _listed(commands: Mapping[str, Any], languages: tuple[str, ...]) -> Iterator[Listed]:
    for name, item in commands.items():
        fields = _fields(item, str(name), (*languages, "manual"))
        says = {language: str(fields[language]) for language in languages}
        yield Listed(str(name), says, str(fields["manual"]))


def _fields(item: Any, name: str, wanted: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(item, dict) or set(item) != set(wanted):
        cure = Cure("commands-fields", f"Give it {', '.join(wanted)}, and nothing else.")
        raise _ListError(name, f"{name} is not complete, or says too much", cure)
    return item
