"""Which snippet runs right after which: the tag `after`."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from snippetlab.errors import Cure, SourceError
from snippetlab.registry import BROWSER
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.snippet import OF, Snippet


def chained(entries: Mapping[str, Entry], broken: dict[str, SourceError]) -> dict[str, Entry]:
    """The same entries, each knowing the one that it comes after.

    One that cannot run since its chain is wrong goes into `broken` instead.
    """
    done: dict[str, Entry] = {}

    def chain(id_: str, followers: tuple[str, ...]) -> Entry:
        entry = entries[id_]
        after = entry.snippet.after
        if id_ in done or not after:
            return done.setdefault(id_, entry)
        if after in broken:
            raise broken[after]
        _check_chain(entry, entries, followers)
        return done.setdefault(id_, replace(entry, before=chain(after, (id_, *followers))))

    for id_ in entries:
        try:
            _ = chain(id_, ()).relations  # to refuse one that speaks of no value
        except SourceError as fault:
            broken[id_] = fault
            done.pop(id_, None)
    return {id_: done[id_] for id_ in entries if id_ in done}


def with_others(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The same entries, each knowing the same snippet in other versions of its lab."""
    done: dict[str, Entry] = {}

    def joined(entry: Entry) -> Entry:
        snippet = entry.snippet
        if snippet.id not in done:
            versions = () if entry.experiment else snippet.versions
            ids = {v: _id_in(snippet, v) for v in versions if v != snippet.version}
            others = {v: entries[id_] for v, id_ in ids.items() if id_ in entries}
            before = entry.before and joined(entry.before)
            same = not others and before is entry.before
            done[snippet.id] = entry if same else replace(entry, before=before, others=others)
        return done[snippet.id]

    return {id_: joined(entry) for id_, entry in entries.items()}


def _id_in(snippet: Snippet, version: str) -> str:
    """Of the snippet in that version of its lab."""
    own = snippet.id.partition(OF)[0]
    return own if version == snippet.versions[0] else f"{own}{OF}{version}"


def _check_chain(entry: Entry, entries: Mapping[str, Entry], followers: tuple[str, ...]) -> None:
    snippet, after = entry.snippet, entry.snippet.after
    if snippet.variant and after not in entries:
        before = after.partition(OF)[0]
        message = f"{before}, after which this runs, is not recorded in version {snippet.variant}"
        cure = Cure("chain-version", "Give both the same tag `versions`.")
        raise SourceError(snippet.path, snippet.line_of("versions"), message, cure)
    if after not in entries:
        nearest = get_close_matches(after, entries, n=1)
        text = f"Did you mean {nearest[0]}?" if nearest else "`snippetlab list` shows all ids."
        message, cure = f"unknown snippet {after!r}", Cure("unknown-predecessor", text)
    elif after in (snippet.id, *followers):
        message = f"the chain goes in a circle: {snippet.id} after {after}"
        cure = Cure("circle", "Remove one `after`.")
    elif (lab := entries[after].snippet.lab) != snippet.lab:
        message = f"{after} runs in the lab {lab!r}, this one in {snippet.lab!r}"
        cure = Cure("chain-lab", "A chain has one lab.")
    elif snippet.browser and not entries[after].snippet.browser:
        message = f"{after}, after which this runs, has not the tag `{BROWSER}`"
        cure = Cure("chain-browser", "Tag both, or none.")
        raise SourceError(snippet.path, snippet.line_of(BROWSER), message, cure)
    else:
        return
    raise SourceError(snippet.path, snippet.line_of("after"), message, cure)
