"""What a query's words are looked up in, by `queries.js`, before the search sees them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from reading.glossary import Term
from reading.search import Indexed, without_tags

_NUMBERED = re.compile(
    r"(?<![\w.-])(?:([A-Z][A-Za-z]+) (\d{1,2})|([A-Za-z]+) (v\d{1,2}))(?![.-]?[A-Za-z0-9_])"
)
"""A name with a number or version after it, such as `WSL 2` or `cgroup v2`."""


@dataclass(frozen=True)
class QueryWords:
    """Words of questions, in all languages: a reader of one may ask in another."""

    endings: Sequence[str]
    """What may follow a verb's shape in a query, after the separator took the particles."""
    idle: Sequence[str]
    """Words of questions; left out of a query that has others."""
    respelled: Mapping[str, str]
    """Spellings that pages do not use → those that they use."""


def query_words(tables: Iterable[Mapping[str, str]], respelled: Mapping[str, str]) -> QueryWords:
    """Of each language's words for questions, in which blanks stand between them."""
    found = [(words["endings"].split(), words["idle"].split()) for words in tables]
    endings, idle = (list(dict.fromkeys(chain(*of))) for of in zip(*found, strict=True))
    return QueryWords(endings, idle, respelled)


def query_help(
    shapes: Mapping[str, str], terms: Sequence[Term], pages: Sequence[Indexed], words: QueryWords
) -> dict[str, Any]:
    """What a query's words are looked up in."""
    urls = {page.source: page.url for page in pages}
    names: dict[str, set[str]] = {}
    for page in pages:
        names.setdefault(_joined(without_tags(page.sections[0].title).split(":")[0]), set()).add(
            page.url
        )
        names.setdefault(_joined(page.title), set()).add(page.url)
    for term in terms:
        for name in term.all_names if term.page in urls else ():
            names.setdefault(_joined(name), set()).add(urls[str(term.page)])
    all_names = [(term, name) for term in terms for name in term.all_names]
    return {
        "shapes": dict(shapes),
        "endings": words.endings,
        "idle": words.idle,
        "respelled": dict(words.respelled),
        "names": {name: sorted(urls) for name, urls in sorted(names.items()) if name},
        "same": {_joined(n): _joined(t.all_names[0]) for t, n in all_names if _joined(n)},
        "spaced": dict(sorted(_numbered(pages, words).items()))
        | {_joined(n): n.lower() for _, n in all_names if re.search(r"[\s-]", n)},
        "signs": {n: next(iter(t.names.values())) for t, n in all_names if not re.search(r"\w", n)},
    }


def _numbered(pages: Sequence[Indexed], known: QueryWords) -> dict[str, str]:
    """Names with numbers as readers write them, without the blank → as pages do: wsl2 → wsl 2."""
    text = "\n".join(
        without_tags(f"{section.title} {section.text}")
        for page in pages
        for section in page.sections
    )
    words = set(re.findall(r"[\w.-]+", text.lower()))
    found = {}
    for match in _NUMBERED.finditer(text):
        name, number = (match[1] or match[3]).lower(), match[2] or match[4]
        # `cgroupsv2` means what pages call `cgroup v2`.
        for written in (name, f"{name}s") if number[0] == "v" else (name,):
            if name not in known.idle and (joined := written + number) not in words:
                found[joined] = f"{name} {number}"
    return found


def _joined(name: str) -> str:
    return re.sub(r"[\s,·`-]+", "", name.lower())
