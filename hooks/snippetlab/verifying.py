"""`snippetlab verify`: run everything that is selected, and compare it. It remembers nothing."""

import argparse
import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from snippetlab import findings, noting, report, selection
from snippetlab.cause import locked
from snippetlab.entry import Entry
from snippetlab.errors import EngineError, LabUnavailableError, SourceError, SourcesError
from snippetlab.files import write_atomically
from snippetlab.laboratory import Laboratory, open_laboratories
from snippetlab.labs.cgroup import OWN_GROUP
from snippetlab.labs.registry import BROWSER
from snippetlab.library import Library, read_library
from snippetlab.lock import write_lock
from snippetlab.meter import metered
from snippetlab.project import Project
from snippetlab.runner import Result, Verdict, run_all
from snippetlab.say import command, say


def verify(project: Project, options: argparse.Namespace) -> int:
    """Run everything selected, compare it, and say what did not hold."""
    library = read_library(project)
    entries = _selected(library, options)
    # This lab runs what has its recording from another one, too.
    inside = BROWSER if options.lab == BROWSER else ""
    whole = not inside and entries == list(library.entries.values())
    notes = noting.begin(project, entries, inside=inside, anew=whole) if options.write else None
    faults = [*selection.broken(library, options.ids), *(e.fault for e in entries if e.fault)]
    for fault in faults:
        say(fault, error=True)
    fresh = [entry for entry in entries if not entry.fault]
    missing: dict[str, LabUnavailableError] = {}
    names = {inside} if inside else selection.labs(entries)
    wanted = names | (notes.labs if notes else set())
    with open_laboratories(project, wanted, missing=missing, anew=options.write) as laboratories:
        for name, laboratory in laboratories.items():
            _look_at(name, laboratory, untrusted=options.untrusted)
        todo = [e for e in fresh if (inside or e.snippet.lab) not in missing]
        repeated = (run_all(laboratories, todo, inside=inside) for _ in range(options.repeat))
        runs = metered(chain.from_iterable(repeated), len(todo) * options.repeat)
        ran = list(_told(runs))
        skipped = _skipped(fresh, missing, inside, allowed=options.allow_missing_lab)
        results = [*ran, *skipped]
        say(report.summary(results, not_fresh=len(faults)))
        if notes:
            notes.add(laboratories, ran)
            more_held = notes.run_more(laboratories, todo)
    held = all(r.verdict in (Verdict.HELD, Verdict.NOT_RUN) for r in results) and not faults
    _write_reports(library, options, [*results, *_not_fresh(entries)])
    if notes:
        held = held and more_held
        notes.write(whole=held and whole and not missing)
        if held and whole and not names & missing.keys():
            own = {name: laboratories[name] for name in names}
            write_lock(project.lab / "lock.toml", locked(own, entries))
    return 0 if held else 1


def _look_at(name: str, laboratory: Laboratory, *, untrusted: bool) -> None:
    """Say how the lab differs from what is locked. Raises EngineError where it is too weak."""
    # Of labs in a virtual machine the machine's own size is the limit.
    if untrusted and (weakness := getattr(laboratory.lab, "weakness", "")):
        raise EngineError(f"the {name} lab does not hold untrusted code: {weakness}", OWN_GROUP)
    if laboratory.drift:
        say(f"the {name} lab is not that of lab/lock.toml: {', '.join(laboratory.drift)}")


def _told(results: Iterable[Result]) -> Iterator[Result]:
    """The same results, while each thing that did not hold is said once."""
    said: set[str] = set()
    for result in results:
        if result.verdict not in (Verdict.HELD, Verdict.NOT_RUN):
            if (what := report.describe(result)) not in said:
                say(what, error=True)
            said.add(what)
        yield result


def _skipped(
    entries: Sequence[Entry],
    missing: Mapping[str, LabUnavailableError],
    inside: str,
    *,
    allowed: bool,
) -> Iterator[Result]:
    """Results of what has no lab here, which is said."""
    verdict = Verdict.NOT_RUN if allowed else Verdict.FAILED
    for name, error in missing.items():
        skipped = [entry for entry in entries if (inside or entry.snippet.lab) == name]
        count = f"{len(skipped)} not run" if skipped else "not run in the tab"
        what = f"{count}{', as allowed' * allowed}: {error}"
        say(what, error=not allowed)
        yield from (Result(entry, verdict, error=error) for entry in skipped)


def _not_fresh(entries: Sequence[Entry]) -> Iterator[Result]:
    for entry in entries:
        if fault := entry.fault:
            yield Result(entry, Verdict.FAILED, error=fault)


def _write_reports(
    library: Library, options: argparse.Namespace, results: Sequence[Result]
) -> None:
    root, broken = library.project.root, selection.broken(library, options.ids)
    if options.junit:
        write_atomically(options.junit, findings.junit(results, root, broken).encode())
    if options.json:
        write_atomically(options.json, findings.results_json(results, root, broken).encode())
    if options.annotations:
        references = []
        with contextlib.suppress(SourceError, SourcesError):  # of pages, which `make check` names
            references = library.references(library.project.docs)
        if found := findings.annotations(results, references, root, broken):
            command(found)


def _selected(library: Library, options: argparse.Namespace) -> list[Entry]:
    entries = selection.by_ids(library, options.ids)
    if options.lab == BROWSER:
        entries = [entry for entry in entries if entry.snippet.browser]
    elif options.lab:
        entries = [entry for entry in entries if entry.snippet.lab == options.lab]
    if options.changed:
        entries = selection.changed_since(entries, library.project, options.changed)
    if options.shard:
        entries = selection.one_shard(entries, options.shard)
    return entries
