"""What is printed otherwise in another version of a lab, grouped by kind of change."""

from generated.made import Made
from generated.markdown import fill, markdown
from generated.places import Places
from snippetlab.show.templates import Templates
from snippetlab.snippet.differs import differing
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.snippet.snippet import in_language

Row = tuple[str, str, str]
"""What a transcript shows, where it is (empty if no page shows it), and why it differs."""


def versions(library: Library, places: Places, templates: Templates) -> Made:
    """A section for each kind of change, with a row for each snippet that differs."""
    several = [e for e in library.entries.values() if e.others and not e.snippet.variant]
    kinds: dict[str, list[Row]] = {}
    for entry in filter(_differs, several):
        why = entry.snippet.differs
        kinds.setdefault(why.kind if why else "", []).append(_row(entry, places, templates))
    changes = templates.words["changes"]
    titles = {kind: markdown(changes.get(kind, kind)) for kind in (*changes, *sorted(kinds))}
    text = fill(
        templates,
        "versions.md.jinja",
        "versions",
        kinds=[(kind, titles[kind], kinds[kind]) for kind in titles if kind in kinds],
        differing=sum(map(len, kinds.values())),
        several=len(several),
    )
    return Made(text)


def _differs(entry: Entry) -> bool:
    others = entry.others.values()
    known = not any(one.fault for one in (entry, *others))
    return known and any(differing(entry, other) for other in others)


def _row(entry: Entry, places: Places, templates: Templates) -> Row:
    snippet, language = entry.snippet, templates.words.language
    where = next((place.url for place in places.get(snippet.id, ())), "")
    why = in_language(snippet.differs.texts, language) if snippet.differs else ""
    return " ".join(in_language(snippet.proves, language).split()), where, why
