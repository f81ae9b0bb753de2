"""Results for people and for machines."""

import json
from collections.abc import Iterable
from pathlib import Path

from snippetlab.library import Entry
from snippetlab.runner import Result, Verdict


def listing(entries: Iterable[Entry], root: Path) -> str:
    """The snippets as a JSON array of `{id, lab, state, path}`, paths relative to the checkout."""
    rows = [
        {
            "id": entry.snippet.id,
            "lab": entry.snippet.lab,
            "state": entry.state.value,
            "path": entry.snippet.path.relative_to(root).as_posix(),
        }
        for entry in entries
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def summary(results: Iterable[Result]) -> str:
    """One line: how many snippets came to what."""
    verdicts = [result.verdict for result in results]
    counts = [(verdict, verdicts.count(verdict)) for verdict in Verdict]
    return ", ".join(f"{count} {verdict}" for verdict, count in counts if count) or "no snippets"
