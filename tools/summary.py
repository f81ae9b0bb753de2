"""Results of `snippetlab verify --json`, as Markdown for a run's summary or an issue."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from snippetlab.say import say
from tools.folded import folded

GOOD = ("held", "not run", "skipped")
LIMIT = 60_000
"""Bytes. An issue's body holds 65,536 characters, a step's summary 1 MiB."""


def main() -> int:
    """Print the summary of all results in a directory; 1 where there are none."""
    files = sorted(Path(sys.argv[1]).rglob("*.json"))
    if not files:
        say(f"**No results in `{sys.argv[1]}`: nothing was verified.**")
        return 1
    say(summary([row for path in files for row in json.loads(path.read_text(encoding="utf-8"))]))
    return 0


def summary(rows: Iterable[Mapping[str, Any]]) -> str:
    """How many came to what; then each that did not hold, with its place, its cure and its diff."""
    rows = list(rows)
    bad = [row for row in rows if row["verdict"] not in GOOD]
    first = f"{len(bad)} of {len(rows)} runs did not hold." if bad else "All held."
    if drifted := sum(bool(row.get("causes")) for row in bad):
        first += f" In {drifted} of them, what ran is not of the version that lab/lock.toml names."
    seconds: Counter[str] = Counter()
    for row in rows:
        seconds[row["verdict"]] += row["seconds"]
    counts = Counter(row["verdict"] for row in rows)
    table = ["| runs | came to | seconds |", "| ---: | --- | ---: |"]
    for verdict, count in counts.items():
        table.append(f"| {count} | {verdict} | {seconds[verdict]:.1f} |")
    parts = [first, "\n".join(table)]
    size = len("".join(parts).encode())
    for number, row in enumerate(bad):
        part = _told(row)
        size += len(part.encode())
        if size > LIMIT:
            parts.append(f"… and {len(bad) - number} more; the logs have them.")
            break
        parts.append(part)
    return "\n\n".join(parts)


def _told(row: Mapping[str, Any]) -> str:
    id_, path = escape(row["id"]), escape(row["path"])
    name = f"<code>{id_}</code> {row['verdict']}: <code>{path}:{row['line']}</code>"
    return folded(name, "\n".join((row["message"], *row["diff"])))


if __name__ == "__main__":
    sys.exit(main())
