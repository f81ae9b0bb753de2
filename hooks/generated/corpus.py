"""The corpus of hostile snippets: what is tried, what holds it, how that was shown (tests/hostile).

The tests run it; the page on how untrusted code runs lists it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading.languages import spoken
from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, display


@dataclass(frozen=True)
class Wall:
    """One guard: what it is, how it works, and what was done to see that it is needed."""

    name: Mapping[str, str]
    how: Mapping[str, str]
    without: Mapping[str, str]
    weaken: Mapping[str, Any]


@dataclass(frozen=True)
class Attack:
    """One attack; `values` is the rest of its entry, which only its test reads."""

    group: str
    name: str
    guard: str
    tries: Mapping[str, str]
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        return f"{self.group}/{self.name}"


@dataclass(frozen=True)
class Corpus:
    """All of it."""

    guards: Mapping[str, Wall]
    attacks: tuple[Attack, ...]


def read_corpus(directory: Path) -> Corpus:
    """Read guards.toml and attacks.toml. Raises EngineError where one says too little."""
    guards, groups = (_toml(directory / f"{name}.toml") for name in ("guards", "attacks"))
    try:
        entries = [entry for group in groups.values() for entry in group.values()]
        languages = spoken(key for entry in entries for key in entry)
        walls = {
            name: Wall(entry["name"], entry["how"], entry["without"], entry["weaken"])
            for name, entry in guards.items()
        }
        attacks = tuple(
            Attack(group, name, values["guard"], {of: values[of] for of in languages}, values)
            for group, named in groups.items()
            for name, values in named.items()
        )
    except (KeyError, TypeError, AttributeError) as error:
        text = "Each guard needs name, how, without and weaken; each attack guard, ko and en."
        cure = Cure("corpus-entry", text)
        raise EngineError(f"{display(directory)}: an entry lacks {error}", cure) from None
    for attack in attacks:
        if attack.guard not in walls:
            known = ", ".join(walls)
            what = f"{attack.id} names the unknown guard `{attack.guard}`"
            cure = Cure("corpus-guard", f"Name one of guards.toml: {known}.")
            raise EngineError(f"{display(directory)}: {what}", cure)
    return Corpus(walls, attacks)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read(path).decode())
    except (OSError, ValueError, RecursionError) as error:
        cure = Cure("corpus-restore", f"Restore it: git checkout {display(path)}")
        raise EngineError(f"{display(path)}: unreadable: {error}", cure) from None
