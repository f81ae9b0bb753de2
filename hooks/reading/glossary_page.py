"""The term base as a page: every term in both languages, what it means, where it is explained."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

from reading.glossary import Term
from snippetlab.files import read_source

PAGE = "reference/glossary.md"
"""Where the page is, below a language's docs."""
WORDS = {
    "en": {
        "title": "Glossary",
        "description": "The terms of these pages in English and Korean, what each means in one"
        " sentence, and the page that explains it.",
        "about": "After this page you can name each thing in both languages, and find the page that"
        " explains it. {terms} terms; the same words are shown as tooltips where a page first"
        " mentions them, and search knows their other names.",
        "page": "Explained in",
    },
    "ko": {
        "title": "용어집",
        "description": "이 사이트에서 쓰는 용어를 한국어와 영어로 나란히 적고, 한 문장의 뜻과"
        " 설명하는 페이지를 함께 적는다.",
        "about": "이 페이지에서는 용어마다 두 언어의 이름과 뜻, 설명하는 페이지를 찾을 수 있다."
        " 용어는 {terms}개다. 페이지에서 처음 나오는 용어에는 같은 뜻풀이가 도움말로 뜨고,"
        " 검색은 다른 이름도 안다.",
        "page": "설명하는 페이지",
    },
}
"""What the page says, by language."""
_OTHER = {"en": "ko", "ko": "en"}


def glossary_page(
    terms: Iterable[Term], pages: Path, language: str, url_of: Callable[[str], str]
) -> str:
    """The page as Markdown; nothing where there are no terms.

    `pages` is the language's docs, in which the titles of pages are looked up; `url_of` makes
    of a page's path below it its URL as seen from the glossary.
    """
    ordered = sorted(terms, key=lambda term: term.names[language].casefold())
    if not ordered:
        return ""
    words = WORDS[language]
    head = [
        "---",
        f"title: {words['title']}",
        f"description: {words['description']}",
        "---",
        "",
        f"# {words['title']} {{ #glossary }}",
        "",
        words["about"].format(terms=len(ordered)),
        "",
        '<dl class="glossary">',
    ]
    rows = [row for term in ordered for row in _rows(term, pages, language, url_of)]
    return "\n".join([*head, *rows, "</dl>"]) + "\n"


def anchor_of(term: Term) -> str:
    """Where a term stands on the page, in both languages: `term-root-directory`."""
    return re.sub(r"[^a-z0-9]+", "-", f"term {term.names['en'].lower()}").strip("-")


def _rows(term: Term, pages: Path, language: str, url_of: Callable[[str], str]) -> Iterator[str]:
    other = _OTHER[language]
    yield f'<dt id="{anchor_of(term)}">{escape(term.names[language])}</dt>'
    parts = []
    if term.names[other] != term.names[language] or not (term.meanings or term.page):
        parts.append(f'<span lang="{other}">{escape(term.names[other])}</span>')
    if meaning := term.meanings.get(language):
        parts.append(escape(meaning))
    if term.page:
        title = escape(_title(pages / term.page))
        parts.append(
            f'{WORDS[language]["page"]}: <a href="{escape(url_of(term.page))}">{title}</a>'
        )
    yield f"<dd>{'<br>'.join(parts)}</dd>"


def _title(page: Path) -> str:
    found = re.search(r"^title: *(.+)$", read_source(page), re.MULTILINE)
    return found[1].strip("\"'") if found else page.stem
