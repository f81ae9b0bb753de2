"""Sections → the index that Material's search reads.

Titles weigh most, then names from the glossary, prose, dictionary forms, and transcripts least.
`queries.js`, which stands before Material's worker, reads the part of `config` that is ours.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from reading.glossary import Term
from reading.sections import Section

FIELDS = {
    "title": {"boost": 24.0},
    "names": {"boost": 24.0},
    "asked": {"boost": 12.0},
    "text": {"boost": 1.0},
    "description": {"boost": 4.0},
    "lemma": {"boost": 0.6},
    "transcript": {"boost": 0.2},
    "tags": {"boost": 1.0},
}
"""Prose never outweighs a title: what a word's frequency can add is bounded (BM25, k1 = 1.2)."""
_QUIET = {
    "verification.md": 0.2,
    "reference/commands.md": 0.3,
    "reference/glossary.md": 0.3,
    "reference/claims.md": 0.3,
    "index.md": 0.5,
    "isolation/timeline.md": 0.6,
}
"""Pages that mention all others."""
_ASIDE = {"sources": 0.3, "check-yourself": 0.6, "common-mistakes": 0.8}
"""Sections that mention much and explain little."""


@dataclass(frozen=True)
class Indexed:
    """One page to be found."""

    url: str
    """Relative to the site's root."""
    source: str
    """The page's path below its language's directory."""
    title: str
    sections: Sequence[Section]
    description: str = ""
    """The page in a sentence or two, not shown on it."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The id of a section → what readers type for it, where it says otherwise."""


def build_index(docs: Sequence[dict[str, Any]], config: Mapping[str, Any]) -> dict[str, Any]:
    """All there is to search; `config` has `lang`, `separator` and `pipeline`."""
    return {"config": dict(config) | {"fields": FIELDS}, "docs": docs}


def dump(index: Mapping[str, Any]) -> str:
    """As JSON; not escaped, which makes Korean a third smaller."""
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def stub(index: Mapping[str, Any], sections: str) -> dict[str, Any]:
    """What a page loads at once; the rest, at the URL `sections`, comes with the first query."""
    config = {key: value for key, value in index["config"].items() if key != "help"}
    return {"config": config | {"sections": sections}, "docs": []}


def docs_of(
    page: Indexed, terms: Sequence[Term], lemmas: Callable[[str], list[str]] | None
) -> Iterable[dict[str, Any]]:
    """What a page adds to the index, section by section."""
    homed = [name for t in terms if t.page == page.source for name in t.all_names]
    for section in page.sections:
        first = not section.id
        doc: dict[str, Any] = {
            "location": page.url + (f"#{section.id}" if section.id else ""),
            "title": section.title or page.title,
            "text": section.text,
        }
        if first and homed:
            doc["names"] = " ".join(homed)
        if first and page.description:
            doc["description"] = page.description
        if phrases := page.asked.get(section.id, ()):
            words = lemmas(". ".join(phrases)) if lemmas else ()
            verbs = " ".join(word for word in words if word.endswith("다"))
            doc["asked"] = " · ".join(filter(None, [*phrases, verbs]))
        plain = without_tags(f"{section.title} {section.text}")
        if first:
            plain += " " + page.description
        extra = set(lemmas(plain)) if lemmas else set()
        extra |= {name for term in terms for name in _other_names(term, plain)}
        if extra:
            doc["lemma"] = " ".join(sorted(extra))
        if section.transcript:
            doc["transcript"] = section.transcript
        if (boost := _QUIET.get(page.source, 1.0) * _ASIDE.get(section.id, 1.0)) < 1:
            doc["boost"] = boost
        yield doc


def without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def _other_names(term: Term, text: str) -> Iterable[str]:
    """The names of a term that a text mentions, but for those it mentions itself."""
    found = [name for name in term.all_names if _mentions(text, name)]
    return [name for name in term.all_names if name not in found] if found else []


def _mentions(text: str, name: str) -> bool:
    if name.isascii():
        pattern = rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])"
        return bool(re.search(pattern, text, re.IGNORECASE))
    return len(name) > 1 and name in text
