"""The engine's files that pages link to, as `source/` and the path below the checkout."""

import re
from collections.abc import Iterable
from pathlib import Path

from snippetlab.checkout import faults
from snippetlab.errors import raise_all
from snippetlab.show.page import Page

_SOURCE = re.compile(r"source/(hooks/snippetlab/[\w/]+\.\w+)")


def linked_sources(root: Path, pages: Iterable[Page]) -> list[Path]:
    """Those that are there. Raises SourceError for one that is no regular file."""
    texts = ("\n".join(page.lines) for page in pages)
    linked = {path for text in texts for path in _SOURCE.findall(text)}
    raise_all(faults(root, linked))
    return [file for path in sorted(linked) if (file := root / path).is_file()]
