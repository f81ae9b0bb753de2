"""What differs between two images of a lab: packages, and what snippets print on each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from snippetlab.run.laboratory import Laboratory
from snippetlab.run.lock import changes
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.recording import Recording


def package_changes(before: Laboratory, after: Laboratory) -> list[str]:
    """Each package that differs, with both versions."""
    pairs = changes(before.image.packages, after.image.packages)
    return [f"{package} {change}" for package, change in pairs]


def output_changes(
    before: Laboratory, after: Laboratory, entries: Sequence[Entry]
) -> Iterator[Result]:
    """The snippets that print something else on the second image than on the first.

    Both run; what is recorded does not count, so that neither image need be the locked one.
    A snippet that fails on the first image is a result too, with its error.
    """
    name = before.lab.name
    seen: dict[str, Entry] = {}
    for result in run_all({name: before}, entries):
        if result.transcript is None:
            yield result
            continue
        recording = Recording(result.transcript, result.entry.inputs, "")
        seen[result.entry.snippet.id] = replace(result.entry, recording=recording)
    chained = [_with_chain(entry, seen) for entry in seen.values()]
    for result in run_all({name: after}, chained):
        if result.verdict is not Verdict.HELD:
            yield result


def _with_chain(entry: Entry, seen: dict[str, Entry]) -> Entry:
    """The entry with predecessors that carry what the first image printed."""
    before = entry.before
    if before is None:
        return entry
    return replace(entry, before=_with_chain(seen.get(before.snippet.id, before), seen))
