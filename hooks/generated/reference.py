"""The reference of programs: what each does, its manual, and every place that shows it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generated.calls import calls
from generated.markdown import fill
from generated.places import Places
from generated.programs import Group, Listed
from snippetlab.show.templates import Templates
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.snippet.snippet import in_language

_FOLD = 4
"""Pages shown at once; more fold away."""


@dataclass(frozen=True)
class _Link:
    """To a place that shows a snippet."""

    name: str
    url: str
    runs: bool


_Page = tuple[str, list[_Link]]
"""Its title, and the places on it."""


def callers_in(library: Library) -> dict[str, tuple[str, ...]]:
    """As `calls`; a snippet that is recorded in several versions calls once."""
    entries = library.entries.items()
    return calls({id_: e.program.commands for id_, e in entries if not e.snippet.variant})


def reference_page(
    library: Library, groups: Sequence[Group], places: Places, templates: Templates
) -> str:
    """The page as Markdown."""
    callers = callers_in(library)

    def of(program: Listed) -> dict[str, object]:
        shown = [library.find(id_) for id_ in callers.get(program.name, ())]
        shown.sort(key=lambda entry: entry.snippet.id.startswith("about/"))
        pages = _pages(shown, places)
        # One alone is not worth a fold.
        first = _FOLD if len(pages) > _FOLD + 1 else len(pages)
        return {
            "name": program.name,
            "anchor": anchor_of(program.name),
            "manual": program.manual,
            "says": in_language(program.says, templates.words.language),
            "shown": pages[:first],
            "folded": pages[first:],
        }

    return fill(
        templates,
        "reference.md.jinja",
        "reference",
        id="commands",
        count=sum(len(group.programs) for group in groups),
        groups=[
            {
                "id": group.id,
                "title": in_language(group.title, templates.words.language),
                "programs": [of(program) for program in group.programs],
            }
            for group in groups
        ],
    )


def anchor_of(name: str) -> str:
    """Where on the page a program stands: `command-docker-image-ls`."""
    return re.sub(r"[^a-z0-9]+", "-", f"command {name.lower()}")


def _pages(shown: Iterable[Entry], places: Places) -> list[_Page]:
    found: dict[str, list[_Link]] = {}
    for entry in shown:
        name = entry.snippet.id.rpartition("/")[2]
        for place in places.get(entry.snippet.id, ()):
            link = _Link(name, place.url, entry.snippet.runs)
            found.setdefault(place.title, []).append(link)
    return list(found.items())
