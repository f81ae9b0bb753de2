"""One page, one name: in its front matter, the navigation, its heading, and where links name it."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from snippetlab.errors import Cure, SourceError
from snippetlab.files import find_pages
from snippetlab.show.front_matter import title_of
from snippetlab.show.page import Page, read_page
from tools.configurations import LANGUAGES, unreadable
from tools.finding import Finding, line_of

_HEADING = re.compile(r"# (?P<text>.+?) \{ #[a-z0-9-]+ \}")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<page>[^)\s:#]+\.md)\)(?P<next> 페이지)?")
"""To the top of a page."""
_COLUMNS = {"페이지", "읽을 것", "page", "pages", "read"}
"""Heads of columns that list pages. Elsewhere the words of a link belong to its sentence."""
_HOME = "index.md"
"""Its heading is the name of the site."""


def names(root: Path) -> Iterator[Finding]:
    """Other names than its title for a page, and a title that two pages have."""
    if any(unreadable(root)):
        return  # `links` says so
    for language, configuration in LANGUAGES.items():
        pages = dict(_pages(root / "docs" / language))
        titles = {name: title_of(page) for name, page in pages.items() if title_of(page)}
        read = yaml_load((root / configuration).read_text(encoding="utf-8"))
        yield from _navigation(root / configuration, read.get("nav") or [], titles)
        owners: dict[str, str] = {}
        for name, page in pages.items():
            place = f"docs/{language}/{name}"
            if name in titles:
                if (owner := owners.setdefault(_folded(titles[name]), name)) != name:
                    message = f"{titles[name]!r} is also the title of {owner}"
                    cure = Cure("title-twice", "Say in one of them which page it is.")
                    yield Finding(f"{place}:{line_of(page.path, 'title:')}", message, cure)
                yield from _heading(place, page, titles[name])
        for name, page in pages.items():
            yield from _links(f"docs/{language}/{name}", name, page, titles, owners)


def _pages(tree: Path) -> Iterator[tuple[str, Page]]:
    for path in find_pages(tree):
        try:
            yield path.relative_to(tree).as_posix(), read_page(path)
        except SourceError:
            continue  # `snippets` says so


def _navigation(
    configuration: Path, entries: list[Any], titles: Mapping[str, str]
) -> Iterator[Finding]:
    """Entries with a label, and chapters with another name than the page that opens them."""
    for entry in entries:
        for label, below in entry.items() if isinstance(entry, dict) else ():
            place = f"{configuration.name}:{line_of(configuration, f'- {label}:')}"
            if isinstance(below, str) and below in titles:
                place = f"{configuration.name}:{line_of(configuration, f': {below}')}"
                message = f"{below} has a title, and here a second name, {label!r}"
                yield Finding(place, message, Cure("title-in-navigation", f"Write: - {below}"))
            elif isinstance(below, list):
                first = below[0] if below and isinstance(below[0], str) else ""
                title = titles.get(first, label) if first.endswith("/index.md") else label
                if title != label:
                    message = f"the chapter is {label!r}, and the title of {first} is {title!r}"
                    cure = Cure("title-of-chapter", f"Give both one name, such as: - {title}:")
                    yield Finding(place, message, cure)
                yield from _navigation(configuration, below, titles)


def _heading(place: str, page: Page, title: str) -> Iterator[Finding]:
    """The first heading, unless it is the title, alone or with what the page says after a colon."""
    found = ((number, _HEADING.fullmatch(line)) for number, line in page.prose())
    number, heading = next(((n, h["text"]) for n, h in found if h), (1, ""))
    written = _plain(heading)
    if heading and written != title and not written.startswith(f"{title}: "):
        if place.endswith(f"/{_HOME}") and place.count("/") == 2:
            return
        message = f"the page's title is {title!r}, and its heading begins otherwise"
        rest = heading.partition(": ")[2]
        cure = f"Begin with it: # {title}{f': {rest}' if rest else ''}"
        yield Finding(f"{place}:{number}", message, Cure("title-in-heading", cure))


def _links(
    place: str, name: str, page: Page, titles: Mapping[str, str], owners: Mapping[str, str]
) -> Iterator[Finding]:
    """Links that name a page otherwise, where they list pages, or by the title of another."""
    heads: list[str] = []
    for number, line in page.prose():
        cells = line.strip().strip("|").split("|") if line.startswith("|") else []
        heads = (heads or [cell.strip().lower() for cell in cells]) if cells else []
        for column, text in enumerate(cells or [line]):
            listed = column < len(heads) and heads[column] in _COLUMNS
            for link in _LINK.finditer(text):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), link["page"]))
                said, title = _plain(link["text"]), titles.get(target, "")
                owner = owners.get(_folded(said), target)
                if title and said != title and (listed or link["next"] or owner != target):
                    message = f"{said!r} is not the name of {target}"
                    message += f", but of {owner}" if owner != target else ""
                    cure = Cure("title-in-link", f"Write: [{title}]({link['page']})")
                    yield Finding(f"{place}:{number}", message, cure)


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text)


def _folded(title: str) -> str:
    return title.casefold()
