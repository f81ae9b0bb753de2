"""Which pages of a built site are walked where only pages changed.

Those that are built otherwise than before, whatever made it so: their text, a word of the glossary,
a picture, a snippet, a page that they list. Besides, until each has been seen: every line that is
new around articles, as in the navigation, and every kind of thing that pages have, which is a tag
with its classes; and the home page. All this is read from what was built: no list can go stale.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.site.serving import file_at

_ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
_TAG = re.compile(r"<([a-z][a-z0-9-]*)([^>]*)")
_CLASS = re.compile(r'\sclass=(?:"([^"]*)"|([^\s">]+))')
_NAMED = re.compile(r'\s(?:src|data|href|content)=(?:"([^"]*)"|([^\s">]+))')
SHOWN = ("assets/", "en/assets/", "snippets/", "en/snippets/")
"""Where files lie that pages show."""
FONTS = ("assets/fonts/", "en/assets/fonts/")
"""All pages name these. They differ by the letters that a page is the first to have: that page."""


@dataclass(frozen=True)
class Chosen:
    """Paths of pages."""

    differing: list[str]
    others: list[str]


@dataclass(frozen=True)
class _Page:
    path: str
    html: str

    @cached_property
    def article(self) -> str:
        found = _ARTICLE.search(self.html)
        return found[0] if found else self.html

    @cached_property
    def around(self) -> frozenset[str]:
        """The lines outside the article."""
        return frozenset(self.html.replace(self.article, "").splitlines())

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(f"{tag}.{_classes(rest)}" for tag, rest in _TAG.findall(self.html))

    def names(self, files: set[str]) -> bool:
        """Whether it loads one of these, or leads there."""
        urls = {one or other for one, other in _NAMED.findall(self.html)}
        return any(urlsplit(urljoin(self.path, url)).path.lstrip("/") in files for url in urls)


def choose(site: Path, before: Path, paths: Iterable[str]) -> Chosen:
    """Of the pages at these paths of a site, those to be walked; `before` is the site as it was."""
    files = _other_files(site, before)
    now = [_Page(path, file_at(site, path).read_text("utf-8")) for path in paths]
    differing: list[_Page] = []
    fresh: dict[_Page, frozenset[str]] = {}
    for page in now:
        old = _before(before, page.path)
        if old is None or page.article != old.article or page.names(files):
            differing.append(page)
        else:
            fresh[page] = page.around ^ old.around
    seen = frozenset[str]().union(*(page.kinds | page.around for page in differing))
    wanted = {page.path: (page.kinds | fresh.get(page, frozenset())) - seen for page in now}
    others = {*_cover(wanted), "/"}.difference(page.path for page in differing)
    return Chosen([page.path for page in differing], sorted(others))


def _cover(wanted: Mapping[str, frozenset[str]]) -> list[str]:
    """Few pages that together have all that any has."""
    left, found = frozenset[str]().union(*wanted.values()), list[str]()
    while left:
        best = max(wanted, key=lambda path: len(wanted[path] & left))
        found.append(best)
        left -= wanted[best]
    return found


def _before(before: Path, path: str) -> _Page | None:
    file = file_at(before, path)
    return _Page(path, file.read_text("utf-8")) if file.is_file() else None


def _other_files(site: Path, before: Path) -> set[str]:
    """Those that pages show, and that are not as they were."""
    files = ((root, file) for root in (site, before) for file in root.rglob("*"))
    names = {str(file.relative_to(root)) for root, file in files if file.is_file()}
    shown = {name for name in names if name.startswith(SHOWN) and not name.startswith(FONTS)}
    return {name for name in shown if _bytes(site / name) != _bytes(before / name)}


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _classes(attributes: str) -> str:
    found = _CLASS.search(attributes)
    return ".".join(sorted((found[1] or found[2]).split())) if found else ""
