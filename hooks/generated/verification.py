"""The page that tells readers when each snippet was last verified, and the same as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

from generated.places import Places
from generated.verification_words import LABS, STATES, WORDS
from snippetlab.entry import Entry
from snippetlab.library import Library
from snippetlab.lock import Lock
from snippetlab.snippet import Snippet, in_language
from snippetlab.verification import Verified

_NOTHING = "—"


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
    language: str,
) -> VerificationPage:
    """The page in that language."""
    words = WORDS[language]
    entries = _by_id(library)
    runs = sum(entry.snippet.runs for entry in entries)
    head = [
        "---",
        f"title: {words['title']}",
        f"description: {words['description']}",
        "---",
        "",
        f"# {words['title']} {{ #verification }}",
        "",
        words["about"].format(total=len(entries), runs=runs),
        "",
    ]
    tables, lines = {}, head
    for chapter, group in groupby(entries, key=_chapter):
        rows = [_row(entry, places, verified, language) for entry in group]
        columns = ("snippet", "claim", "lab", "state", "verified", "pages")
        lines += ["", f"## {chapter} {{ #chapter-{chapter} }}", ""]
        lines.append(_comment(f"chapter-{chapter}"))
        tables[lines[-1]] = _table([words[column] for column in columns], rows)
    # What readers come for are the results; packages are many.
    lines += ["", *_lab_section(lock, language), _comment("lab")]
    tables[_comment("lab")] = _packages(lock, language)
    return VerificationPage("\n".join(lines) + "\n", tables)


def verification_data(
    library: Library,
    places: Places,
    lock: Lock,
    verified: Mapping[str, Verified],
    language: str,
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
    snippets = [_datum(entry, places, verified, language) for entry in _by_id(library)]
    data = {"language": language, "labs": labs, "snippets": snippets}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _by_id(library: Library) -> list[Entry]:
    return [library.entries[id_] for id_ in sorted(library.entries)]


def _chapter(entry: Entry) -> str:
    return entry.snippet.id.partition("/")[0]


def _pages(snippet: Snippet, places: Places) -> list[tuple[str, str]]:
    """Title and URL of each page that shows it, once."""
    return list(dict.fromkeys((place.title, place.page) for place in places.get(snippet.id, ())))


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


def _lab_section(lock: Lock, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield from (f"## {words['lab-title']} {{ #lab }}", "")
    yield from (words["lab-about" if lock.labs else "no-lab"], "")
    for lab in sorted(lock.labs, key=lambda name: (lock.labs[name].image, name)):
        facts = lock.labs[lab]
        name = words["lab-name"].format(LABS[language].get(lab, lab))
        kernel = words["kernel"].format(f"Linux {facts.kernel}")
        yield f"- {name}: {kernel}, {words['digest']} `{facts.digest}`"
    yield ""


def _packages(lock: Lock, language: str) -> str:
    words = WORDS[language]
    images = {lab.image: lab.packages for lab in lock.labs.values()}
    rows = [
        (f"<code>{escape(package)}</code>", f"<code>{escape(version)}</code>", escape(image))
        for image, packages in sorted(images.items())
        for package, version in sorted(packages.items())
    ]
    return _table([words[column] for column in ("package", "version", "image")], rows)


def _row(
    entry: Entry, places: Places, verified: Mapping[str, Verified], language: str
) -> tuple[str, ...]:
    snippet, last = entry.snippet, _last(entry, verified)
    links = [
        f'<a href="{escape(url)}">{escape(title)}</a>' for title, url in _pages(snippet, places)
    ]
    return (
        f"<code>{escape(snippet.id)}</code>",
        escape(" ".join(in_language(snippet.proves, language).split())),
        escape(LABS[language].get(snippet.lab, snippet.lab)) if snippet.runs else _NOTHING,
        STATES[language][entry.state],
        f"{last.date}, {_duration(last.seconds)}" if last else _NOTHING,
        ", ".join(links) or _NOTHING,
    )


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _comment(name: str) -> str:
    return f"<!-- table: {name} -->"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{text}</th>" for text in heads)
    body = "\n".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
