"""Puts `queries.js` before Material's search worker."""

import re
from pathlib import Path

_OURS = "assets/javascripts/workers/queries.js"
_THEIRS = re.compile(r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js")
_PLACE = "MATERIAL"


def name_worker(html: str) -> str:
    """A page that starts our worker where it would start Material's."""
    return _THEIRS.sub(_OURS, html)


def write_worker(site: Path) -> None:
    """Tell our worker the name of Material's."""
    worker = site / _OURS
    theirs = sorted(worker.parent.glob("search.*.min.js"))
    text = worker.read_text(encoding="utf-8")
    worker.write_text(text.replace(_PLACE, theirs[-1].name), encoding="utf-8")
