"""What was tried of this engine and its peers, as `python -m benchmarks.compared` wrote it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generated.made import Made
from generated.markdown import markdown
from snippetlab.show.templates import Templates


@dataclass(frozen=True)
class Tried:
    """One tool."""

    name: str
    versions: Mapping[str, str]
    """Distribution → its version."""
    seen: Mapping[str, bool]
    """Feature → whether it was seen; what the tool does not claim to do is not there."""


@dataclass(frozen=True)
class Compared:
    """All that was tried."""

    date: str
    """YYYY-MM-DD"""
    features: tuple[str, ...]
    tools: tuple[Tried, ...]


def read_compared(docs: Path) -> Compared:
    """What docs/compared.json holds."""
    read = json.loads((docs / "compared.json").read_text(encoding="utf-8"))
    return Compared(
        read["date"], tuple(read["features"]), tuple(Tried(**tool) for tool in read["tools"])
    )


def compared(what: Compared, templates: Templates) -> Made:
    """A row for each feature, a column for each tool, and below it when, and with what."""
    words = templates.words["made"]
    heads = [words["feature"], *(tool.name for tool in what.tools)]
    table = templates.render(
        "facts.md.jinja",
        rows=[[markdown(cell) for cell in row] for row in (heads, *_rows(what, templates))],
    )
    versions = dict(item for tool in what.tools for item in tool.versions.items())
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return Made(f"{table}\n{words['tool-versions'].format(date=what.date, versions=named)}\n")


def _rows(what: Compared, templates: Templates) -> Iterator[list[str]]:
    words = templates.words["made"]
    shown = {True: words["yes"], False: words["no"], None: "–"}
    for feature in what.features:
        seen = (shown[tool.seen.get(feature)] for tool in what.tools)
        yield [templates.words["features"][feature], *seen]
