"""What must be the same on a page in Korean and in English.

Sentences differ. Heading ids, snippets, quoted values and questions do not. A figure may
move within its section, since the order of words differs between the languages.
"""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.files import find_pages
from snippetlab.show.fence import Reference, find_references
from snippetlab.show.page import read_page
from snippetlab.show.prose import find_links
from snippetlab.show.values import find_quotations
from tools.configurations import FIRST, LANGUAGES
from tools.finding import ROOT, Finding
from tools.headings import heading_faults
from tools.headings import headings as found_in

Item = tuple[int, str]
"""The line it is on, from 1, and what it is."""


def headings(page: Path) -> list[Item]:
    """Level and id of each."""
    return [(line, f"heading {level} {id_}") for line, level, id_ in found_in(read_page(page))]


def snippets(page: Path) -> list[Item]:
    """Ids and options of each, and the steps that have a note."""
    return [item for reference in find_references(page) for item in _snippet(reference)]


def _snippet(reference: Reference) -> Iterator[Item]:
    fence = reference.fence
    said = ["snippet", *fence.ids, *(["fold", str(fence.fold)] if fence.fold else [])]
    for name, named in (("from", fence.start), ("to", fence.end)):
        said += [name, named.name] if named else []
    yield reference.line, " ".join(said)
    for note in sorted(fence.notes, key=lambda note: note.step):
        yield reference.opening + note.line, f"note {note.step} of {fence.ids[0]}"


def values(page: Path) -> list[Item]:
    """In the order of their names within a section; and links to notes."""
    read = read_page(page)
    found = [
        (_section(page, q.line), f"value {q.id}#{q.name} as {q.format}", q.line)
        for q in find_quotations(read)
    ]
    found += [
        (_section(page, line), f"link to the note {step} of {id_}", line)
        for line, id_, step in find_links(read)
    ]
    return [(line, f"{text} in section {section[1]}") for section, text, line in sorted(found)]


def questions(page: Path) -> list[Item]:
    """By section: their words are each language's own."""
    return [
        (number, f"question in section {_section(page, number)[1]}")
        for number, line in read_page(page).prose()
        if line.startswith("??? question ")
    ]


def _section(page: Path, line: int) -> tuple[int, str]:
    """Number and id of the section that a line is in."""
    above = [text.split()[-1] for number, text in headings(page) if number <= line]
    return len(above), above[-1] if above else "none"


def difference(one: Path, other: Path, of: Callable[[Path], list[Item]]) -> str | None:
    """Where the second page first parts from the first, as `path:line: what`."""
    last = 1
    for here, there in zip_longest(of(one), of(other)):
        if here and not there:
            return f"{_name(other)}:{last}: lacks the {here[1]}, which is at {_name(one)}:{here[0]}"
        if there and not here:
            return f"{_name(other)}:{there[0]}: {there[1]}, which {_name(one)} lacks"
        if here and there and here[1] != there[1]:
            place = f"{_name(one)}:{here[0]}"
            return f"{_name(other)}:{there[0]}: {there[1]}, where {place}: {here[1]}"
        last = there[0] if there else last
    return None


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT) if page.is_relative_to(ROOT) else page)


ASPECTS = (headings, snippets, values, questions)
"""What is compared, each for itself."""


def parity(root: Path) -> Iterator[Finding]:
    """Headings without ids, and headings, snippets and values in which the languages differ."""
    faulty = set()
    for path in find_pages(root / "docs"):
        place = path.relative_to(root)
        if found := list(heading_faults(path, str(place))):
            yield from found
            faulty.add(Path(*place.parts[2:]))
    for page, one, other in _pairs(root):
        # Sections have their names from the headings.
        for aspect in (snippets,) if page in faulty else ASPECTS:
            try:
                differs = difference(one, other, aspect)
            except SourceError:
                continue  # `snippets` says so
            if differs:
                where, _, message = differs.partition(": ")
                cure = Cure("languages-agree", "Make the two pages agree in this.")
                yield Finding(where, message, cure)


def _pairs(root: Path) -> Iterator[tuple[Path, Path, Path]]:
    """Each page of the root's language with that of another; `translations` says where none is."""
    docs = root / "docs"
    for one in find_pages(docs / FIRST):
        page = one.relative_to(docs / FIRST)
        others = (docs / language / page for language in LANGUAGES if language != FIRST)
        yield from ((page, one, other) for other in others if other.exists())
