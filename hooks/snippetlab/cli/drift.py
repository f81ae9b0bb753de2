"""Say what differs between versions of a lab.

It goes by the recordings of snippets that have several, and runs nothing. Of each step that differs
it prints the lines that only one of the two has. (What differs between two images of a lab, by
running: `lab drift`.)
"""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from snippetlab.cli._parameters import snippet_ids
from snippetlab.compare.difference import Difference, DifferentLine
from snippetlab.errors import display
from snippetlab.project import Project
from snippetlab.run import selection
from snippetlab.run.output import Drifted
from snippetlab.say import say
from snippetlab.snippet.command import flatten
from snippetlab.snippet.differs import differing
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library


@click.command(help=__doc__)
@snippet_ids
@click.option("--json", "as_json", is_flag=True, help="An array of one object a step.")
def command(ids: tuple[str, ...], as_json: bool) -> int:
    library = read_library(Project.find(Path.cwd()))
    broken = selection.broken(library, ids)
    entries = [e for e in selection.by_ids(library, ids) if e.others and not e.snippet.variant]
    members = [one for entry in entries for one in (entry, *library.variants(entry))]
    faults = [*broken, *(one.fault for one in members if one.fault)]
    for fault in faults:
        say(fault, error=True)
    rows = [row for entry in entries for row in _rows(entry, library.variants(entry))]
    if as_json:
        say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            say(_said(row))
        count = len({row["id"].partition("@")[0] for row in rows})
        say(f"{count} of {len(entries)} snippets in several versions print different things")
    return 1 if faults else 0


def _rows(entry: Entry, others: list[Entry]) -> Iterator[Drifted]:
    if entry.fault:
        return
    for other in others:
        for one in () if other.fault else differing(entry, other):
            yield _row(entry, other, one)


def _row(entry: Entry, other: Entry, one: Difference) -> Drifted:
    snippet, step = entry.snippet, flatten(entry.program.commands)[one.step]
    first, second = one.statuses
    return {
        "id": other.snippet.id,
        "versions": [snippet.version, other.snippet.version],
        "kind": snippet.differs.kind if snippet.differs else "",
        "step": one.step + 1,
        "name": step.name,
        "command": step.text,
        "only": [_texts(one.old), _texts(one.new)],
        "statuses": [first, second],
        "path": display(snippet.path),
        "line": step.line,
    }


def _texts(lines: tuple[DifferentLine, ...]) -> list[str]:
    return [line.text.removesuffix("\n") for line in lines]


def _said(row: Drifted) -> str:
    first = row["command"].partition("\n")[0]
    kind = f" ({row['kind']})" if row["kind"] else ""
    lines = [f"{row['path']}:{row['line']}: {row['id']}, step {row['step']}{kind}: {first}"]
    for version, only, status in zip(row["versions"], row["only"], row["statuses"], strict=True):
        lines += [f"    {version} | {line}" for line in only]
        if row["statuses"][0] != row["statuses"][1]:
            lines.append(f"    {version} ? {status}")
    return "\n".join(lines)
