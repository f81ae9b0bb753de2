"""The languages of the site: each has a configuration of MkDocs, pages, and words of its own.

`mkdocs.yml` is that of the root, `mkdocs.de.yml` would be that of German, with `docs/de/` and
`docs/words/de.toml`. This is the only list of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from snippetlab.files import read_source

ENGLISH = "en"
"""Said where a language has no words of its own."""
_DOCS = re.compile(r"^docs_dir: *docs/([\w-]+)", re.MULTILINE)
_BELOW = re.compile(r"(?:^|[{,]) *below: *[\"']?([\w/-]+)", re.MULTILINE)
_NAME = re.compile(r"[a-z]{2}(?:-[A-Za-z]+)?")


@dataclass(frozen=True)
class Language:
    name: str
    """As in `docs/NAME/` and `<html lang="NAME">`."""
    configuration: str
    below: str
    """Where it is served: empty for the root, or a directory with its slash."""

    def link_to(self, other: "Language") -> str:
        """From this one's home to that of the other."""
        if other == self:
            return "./"
        return ("../" * self.below.count("/") or "./") + other.below


def languages(root: Path) -> tuple[Language, ...]:
    """That of the root first. Of the configurations, only two lines need to be in order."""
    found = []
    for path in sorted(root.glob("mkdocs*.yml")):
        text = read_source(path)
        if docs := _DOCS.search(text):
            below = _BELOW.search(text)
            found.append(Language(docs[1], path.name, below[1] if below else ""))
    return tuple(sorted(found, key=lambda language: (bool(language.below), language.name)))


def spoken(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the keys that name a language; English always is one."""
    return tuple(dict.fromkeys([*filter(_NAME.fullmatch, map(str, keys)), ENGLISH]))
