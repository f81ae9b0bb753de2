"""The term base as a page: every term in all languages, what it means, where it is explained."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from generated.markdown import fill
from reading.glossary import Term
from snippetlab.files import read_source
from snippetlab.show.templates import Templates

PAGE = "reference/glossary.md"
"""Where the page is, below a language's docs."""


def glossary_page(
    terms: Iterable[Term], pages: Path, templates: Templates, url_of: Callable[[str], str]
) -> str:
    """The page as Markdown; nothing where there are no terms.

    `pages` is the language's docs, in which the titles of pages are looked up; `url_of` makes
    of a page's path below it its URL as seen from the glossary.
    """
    language = templates.words.language
    ordered = sorted(terms, key=lambda term: term.name(language).casefold())
    if not ordered:
        return ""

    def of(term: Term) -> dict[str, object]:
        page = pages / (term.page or "")
        there = page.is_file()
        return {
            "anchor": anchor_of(term),
            "name": term.name(language),
            "others": _others(term, language),
            "meaning": term.meaning(language),
            "url": there and url_of(str(term.page)),
            "title": there and _title(page),
        }

    return fill(
        templates,
        "glossary.md.jinja",
        "glossary",
        id="glossary",
        terms=[of(t) for t in ordered],
    )


def anchor_of(term: Term) -> str:
    """Where a term stands on the page, in all languages: `term-root-directory`."""
    return re.sub(r"[^a-z0-9]+", "-", f"term {term.names['en'].lower()}").strip("-")


def _others(term: Term, language: str) -> list[tuple[str, str]]:
    """Its names in other languages; the same one only where there is nothing else to be said."""
    silent = not (term.meanings or term.page)
    own = term.name(language)
    others = [(of, name) for of, name in term.names.items() if of != language]
    return [(of, name) for of, name in others if name != own or silent]


def _title(page: Path) -> str:
    found = re.search(r"^title: *(.+)$", read_source(page), re.MULTILINE)
    return found[1].strip("\"'") if found else page.stem
