"""The page that tells readers when each snippet was last verified, and the same as JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from generated.markdown import fill
from generated.oracle import Outcomes
from generated.places import Places
from snippetlab.run.lock import Lock
from snippetlab.run.verification import Verified
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.snippet.snippet import OF, Snippet, in_language


@dataclass(frozen=True)
class VerificationPage:
    """The page `verification.md` at the root of one language's docs."""

    markdown: str
    """With a comment where each table belongs."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Comment → the table, as HTML. Hundreds of rows would cost Markdown more than all other pages
    together, even as HTML, which it takes apart and puts together again."""

    def complete(self, html: str) -> str:
        """What has been made of the Markdown, with the tables."""
        for comment, table in self.tables.items():
            html = html.replace(comment, table)
        return html


def verification_page(
    library: Library,
    places: Places,
    lock: Lock,
    verified: Mapping[str, Verified],
    templates: Templates,
    outcomes: Mapping[str, Outcomes] | None = None,
) -> VerificationPage:
    """The page in the language of the templates."""
    words, own = templates.words, "verification"
    entries = _by_id(library)
    snippets = [entry for entry in entries if not entry.experiment]
    comments: dict[str, Markup] = {}
    tables: dict[str, str] = {}
    for chapter, group in groupby(entries, key=_chapter):
        comments[chapter] = _comment(f"chapter-{chapter}")
        rows = [_row(entry, places, verified, words) for entry in group]
        tables[comments[chapter]] = fill(templates, "snippets.html", own, rows=rows)
    # What readers come for are the results; packages are many.
    tables[_comment("lab")] = fill(
        templates,
        "packages.html",
        own,
        images={lab.image: lab.packages for lab in lock.labs.values()},
    )
    markdown = fill(
        templates,
        "verification.md.jinja",
        own,
        id="verification",
        total=len(snippets),
        runs=sum(entry.snippet.runs for entry in snippets),
        experiments=len(entries) - len(snippets),
        chapters=comments,
        labs=list(_labs(lock, words)),
        packages=_comment("lab"),
        corpora=[_corpus(name, of, words) for name, of in (outcomes or {}).items()],
    )
    return VerificationPage(markdown, tables)


def verification_data(
    library: Library,
    places: Places,
    lock: Lock,
    verified: Mapping[str, Verified],
    words: Words,
) -> str:
    """What the page states, as JSON; `date` and `seconds` are null where nothing was verified."""
    labs = {
        name: {
            "image": lab.image,
            "digest": lab.digest,
            "kernel": lab.kernel,
            "packages": dict(sorted(lab.packages.items())),
        }
        for name, lab in sorted(lock.labs.items())
    }
    language = words.language
    snippets = [_datum(entry, places, verified, language) for entry in _by_id(library)]
    data = {"language": language, "labs": labs, "snippets": snippets}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _by_id(library: Library) -> list[Entry]:
    """Each experiment after the snippet that it changes."""
    return [library.entries[id_] for id_ in sorted(library.entries, key=lambda id_: id_.split(OF))]


def _chapter(entry: Entry) -> str:
    return entry.snippet.id.partition("/")[0]


def _pages(snippet: Snippet, places: Places) -> list[tuple[str, str]]:
    """Title and URL of each page that shows it, once."""
    id_ = snippet.id.partition(OF)[0] if snippet.variant else snippet.id  # one fence shows all
    return list(dict.fromkeys((place.title, place.page) for place in places.get(id_, ())))


def _last(entry: Entry, verified: Mapping[str, Verified]) -> Verified | None:
    # A snippet that once ran and now does not may still be in the file.
    return verified.get(entry.snippet.id) if entry.snippet.runs else None


def _datum(
    entry: Entry, places: Places, verified: Mapping[str, Verified], language: str
) -> dict[str, Any]:
    snippet, last = entry.snippet, _last(entry, verified)
    return {
        "id": snippet.id,
        "chapter": _chapter(entry),
        "proves": in_language(snippet.proves, language),
        "lab": snippet.lab,
        "state": entry.state.value,
        "date": last and last.date,
        "seconds": last and last.seconds,
        "pages": [{"title": title, "url": url} for title, url in _pages(snippet, places)],
    }


def _corpus(name: str, of: Outcomes, words: Words) -> list[str]:
    counts = f"{of.same} ({of.share:.1%})", of.refused, of.different, of.left_out
    return [words["verification"][f"corpus-{name}"], str(of.cases), *map(str, counts)]


def _labs(lock: Lock, words: Words) -> Iterator[tuple[str, Any]]:
    """The name of each lab, and what is locked of it."""
    for name in sorted(lock.labs, key=lambda name: (lock.labs[name].image, name)):
        yield words["labs"].get(name, name), lock.labs[name]


def _row(
    entry: Entry, places: Places, verified: Mapping[str, Verified], words: Words
) -> dict[str, Any]:
    snippet, last = entry.snippet, _last(entry, verified)
    return {
        "id": snippet.id,
        "claim": " ".join(in_language(snippet.proves, words.language).split()),
        "lab": snippet.runs and words["labs"].get(snippet.lab, snippet.lab),
        "state": words["states"][entry.state.name.lower().replace("_", "-")],
        "verified": last and f"{last.date}, {_duration(last.seconds)}",
        "pages": _pages(snippet, places),
    }


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _comment(name: str) -> Markup:
    """Where a table belongs."""
    return Markup("<!-- table: {} -->").format(name)
