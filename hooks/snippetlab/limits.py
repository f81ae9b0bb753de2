"""How much a snippet may use: defaults, ceilings, and the tag `limits` that moves between them.

The one place for these figures; labs enforce them, and an error that comes of one names the
limit, its figure and the tag.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches

from snippetlab.errors import Cure

HEADER, SOURCE, FILES = 16_000, 256_000, 8_000_000
"""Bytes of a snippet's header, of its whole file, and of all its `files` together."""
TEXT, ASSET, RECORDED = 1_000_000, 10_000_000, 100_000_000
"""Bytes of a page or another text, of any other file, and of all recordings together."""
PATTERN_LENGTH, PATTERN_SECONDS = 1000, 1.0
"""Characters of a pattern in a tag, and how long its slow searches may take together."""


@dataclass(frozen=True)
class Limits:
    """What the tag `limits` may say, with its defaults. A chain has the greatest of its parts."""

    memory: int = 512_000_000
    """Bytes: of all processes and file systems of the chain together where the lab can count
    them (cgroups), and of the address space of each process everywhere."""
    processes: int = 512
    """Processes and threads at one time."""
    files: int = 256
    """Open files of each process; fewer than a caller usually has, as descriptors that are on
    their way over sockets are counted for the user."""
    disk: int = 64_000_000
    """Bytes in each of the file systems that the lab gives; also one file for each 4096 of them."""
    output: int = 1_000_000
    """Bytes that a run prints."""

    def text(self, name: str) -> str:
        """One limit as an author writes it: `64MB`, `512`."""
        value: int = getattr(self, name)
        if name not in _IN_BYTES:
            return str(value)
        unit, scale = ("MB", 10**6) if value >= 10**6 else ("kB", 10**3)
        return f"{value / scale:g}{unit}"


DEFAULTS = Limits()
"""Of a snippet that says nothing."""
CEILINGS = Limits(
    memory=2_000_000_000, processes=1024, files=512, disk=256_000_000, output=4_000_000
)
"""The most that a tag can ask for."""
RECORDING = 4 * CEILINGS.output + 2 * SOURCE
"""Bytes of a recording: all that a run may print, with each byte as an escape."""
_FLOORS = Limits(memory=16_000_000, processes=8, files=16, disk=64_000, output=1_000)
_UNITS = {"kB": 10**3, "MB": 10**6, "GB": 10**9}
_IN_BYTES = ("memory", "disk", "output")
_SAID = {  # strerror(3) and what shells print for signals → the limit that is likely behind it
    "Cannot allocate memory": "memory",
    "MemoryError": "memory",
    "Out of memory": "memory",
    "Resource temporarily unavailable": "processes",
    "can't start new thread": "processes",
    "Too many open files": "files",
    "No space left on device": "disk",
    "File too large": "disk",
    "File size limit exceeded": "disk",
}


def parse_limits(table: object) -> Limits:
    """Read the tag. Raises ValueError for what is no limit or lies outside the bounds."""
    if not isinstance(table, Mapping):
        raise ValueError("the tag `limits` must be a table")
    if not table:
        return DEFAULTS
    names = [field.name for field in fields(Limits)]
    for name in table:
        if name not in names:
            nearest = get_close_matches(str(name), names, n=1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else f"known: {', '.join(names)}"
            raise ValueError(f"unknown limit `{name}`; {hint}")
    return replace(DEFAULTS, **{name: _value(name, value) for name, value in table.items()})


def together(limits: Iterable[Limits]) -> Limits:
    """Of a chain, which has one instance of the lab: the greatest of each."""
    every = list(limits) or [Limits()]
    return Limits(**{f.name: max(getattr(one, f.name) for one in every) for f in fields(Limits)})


def suspects(output: str, limits: Limits) -> list[Cure]:
    """Of each limit that may be behind what a failed step printed, how to raise it."""
    named = dict.fromkeys(name for said, name in _SAID.items() if said in output)
    return [cure(name, limits, "It may have met a limit. ") for name in named]


def cure(name: str, limits: Limits, why: str = "") -> Cure:
    """Limit, figure and tag, with the ceiling, after a sentence on `why` it is named."""
    value, most = limits.text(name), CEILINGS.text(name)
    example = f'"{value}"' if name in _IN_BYTES else value
    tag = f"`limits = {{ {name} = {example} }}`"
    return Cure("limit", f"{why}The limit: {name} {value}, set by the tag {tag} (at most {most}).")


def _value(name: str, value: object) -> int:
    low, high = getattr(_FLOORS, name), getattr(CEILINGS, name)
    if name in _IN_BYTES:
        found = re.fullmatch(r"(\d{1,9}) ?(kB|MB|GB)", value) if isinstance(value, str) else None
        number = int(found[1]) * _UNITS[found[2]] if found else -1
        form = 'a size like "64MB"'
    else:
        number = value if isinstance(value, int) and not isinstance(value, bool) else -1
        form = "a number"
    if not low <= number <= high:
        bounds = f"from {_FLOORS.text(name)} to {CEILINGS.text(name)}"
        raise ValueError(f"the limit `{name}` must be {form} {bounds}, not {value!r}")
    return number
