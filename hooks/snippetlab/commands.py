"""What each command of `snippetlab` does; each returns an exit status."""

import argparse
import contextlib
import datetime
import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from snippetlab import findings, report, selection
from snippetlab.cause import locked
from snippetlab.entry import Entry
from snippetlab.errors import (
    Cure,
    EngineError,
    LabUnavailableError,
    SourceError,
    SourcesError,
    display,
)
from snippetlab.files import write_atomically
from snippetlab.laboratory import Laboratory, open_laboratories
from snippetlab.labs.cgroup import OWN_GROUP
from snippetlab.library import Library, read_library
from snippetlab.lock import write_lock
from snippetlab.meter import metered
from snippetlab.migration import migrate as migrated
from snippetlab.project import Project
from snippetlab.recording import write_recording
from snippetlab.runner import Result, Verdict, run_all
from snippetlab.say import command, say
from snippetlab.tags import BROWSER
from snippetlab.transcript import Transcript
from snippetlab.verification import Verified, write_verification
from snippetlab.volatile.compare import compare


def verify(project: Project, options: argparse.Namespace) -> int:
    """Run everything selected, compare it, and say what did not hold."""
    library = read_library(project)
    entries = _selected(library, options)
    if options.write and entries != list(library.entries.values()):
        cure = Cure("write-of-all", "Select nothing with it: snippetlab verify --write")
        raise EngineError("--write speaks of all recordings", cure)
    faults = [*_broken(library, options.ids), *(e.fault for e in entries if e.fault)]
    for fault in faults:
        say(fault, error=True)
    fresh = [entry for entry in entries if not entry.fault]
    missing: dict[str, LabUnavailableError] = {}
    results: list[Result] = []
    said: set[str] = set()
    # This lab runs what has its recording from another one, too.
    inside = BROWSER if options.lab == BROWSER else ""
    names = {inside} if inside else _labs(entries)
    with open_laboratories(project, names, missing=missing, anew=options.write) as laboratories:
        for name, laboratory in laboratories.items():
            # Of labs in a virtual machine the machine's own size is the limit.
            if options.untrusted and (weakness := getattr(laboratory.lab, "weakness", "")):
                raise EngineError(
                    f"the {name} lab does not hold untrusted code: {weakness}", OWN_GROUP
                )
            if laboratory.drift:
                say(f"the {name} lab is not that of lab/lock.toml: {', '.join(laboratory.drift)}")
        todo = [e for e in fresh if (inside or e.snippet.lab) not in missing]
        repeated = (run_all(laboratories, todo, inside=inside) for _ in range(options.repeat))
        runs = chain.from_iterable(repeated)
        for result in metered(runs, len(todo) * options.repeat):
            results.append(result)
            if result.verdict not in (Verdict.HELD, Verdict.NOT_RUN):
                if (what := report.describe(result)) not in said:
                    say(what, error=True)
                said.add(what)
    allowed = options.allow_missing_lab
    verdict = Verdict.NOT_RUN if allowed else Verdict.FAILED
    for name, error in missing.items():
        skipped = [entry for entry in fresh if (inside or entry.snippet.lab) == name]
        what = f"{len(skipped)} not run{', as allowed' * allowed}: {error}"
        say(what, error=not allowed)
        results += [Result(entry, verdict, error=error) for entry in skipped]
    say(report.summary(results, not_fresh=len(faults)))
    held = all(r.verdict in (Verdict.HELD, Verdict.NOT_RUN) for r in results) and not faults
    _write_reports(library, options, [*results, *_not_fresh(entries)])
    if held and options.write and not missing:
        write_lock(project.lab / "lock.toml", locked(laboratories, entries))
        today = datetime.date.today().isoformat()
        ran = {r.entry.snippet.id: r.seconds for r in results if r.verdict is Verdict.HELD}
        verified = {id_: Verified(today, seconds) for id_, seconds in ran.items()}
        write_verification(project.snippets / "verification.json", verified)
    return 0 if held else 1


def _labs(entries: Sequence[Entry]) -> set[str]:
    return {entry.snippet.lab for entry in entries if entry.snippet.runs}


def _not_fresh(entries: Sequence[Entry]) -> Iterator[Result]:
    for entry in entries:
        if fault := entry.fault:
            yield Result(entry, Verdict.FAILED, error=fault)


def _write_reports(
    library: Library, options: argparse.Namespace, results: Sequence[Result]
) -> None:
    root, broken = library.project.root, _broken(library, options.ids)
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


def _broken(library: Library, ids: Sequence[str]) -> tuple[SourceError, ...]:
    """What is wrong with other snippets concerns who asks for all of them, nobody else."""
    return () if ids else library.faults


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


def record(project: Project, options: argparse.Namespace) -> int:
    """Run and keep; on a terminal, ask before a recording changes."""
    library = read_library(project)
    entries = [e for e in selection.by_ids(library, options.ids) if e.snippet.runs]
    if not options.ids:
        entries = [entry for entry in entries if entry.fault]
    broken = _broken(library, options.ids)
    for fault in broken:
        say(fault, error=True)
    if not entries and not broken:
        none = f"nothing to record: {', '.join(options.ids)} runs in no lab"
        say(none if options.ids else "every recording is fresh")
        return 0
    ask = sys.stdin.isatty() and sys.stdout.isatty() and not options.yes
    missing: dict[str, LabUnavailableError] = {}
    with open_laboratories(project, _labs(entries), missing=missing) as laboratories:
        todo = [entry for entry in entries if entry.snippet.lab not in missing]
        results = metered(run_all(laboratories, todo), 0 if ask else len(todo))
        kept = [_keep(r, laboratories[r.entry.snippet.lab], ask=ask) for r in results]
    for entry in entries:
        if error := missing.get(entry.snippet.lab):
            say(f"{display(entry.snippet.path)}:1: not recorded: {error}", error=True)
    return 0 if all(kept) and not missing and not broken else 1


def migrate(project: Project, options: argparse.Namespace) -> int:
    """Give recordings of an earlier version today's form; nothing runs."""
    library = read_library(project)
    faults: list[SourceError] = [*_broken(library, options.ids)]
    converted = 0
    for entry in selection.by_ids(library, options.ids):
        try:
            converted += migrated(entry)
        except SourceError as error:
            faults.append(error)
    for fault in faults:
        say(fault, error=True)
    say(f"{converted} recordings converted")
    return 1 if faults else 0


def _keep(result: Result, lab: Laboratory, *, ask: bool) -> bool:
    snippet = result.entry.snippet
    if result.merged is None:
        say(result.error, error=True)
        return False
    if result.verdict is Verdict.HELD and not result.entry.fault:
        say(f"{snippet.id}: unchanged")
        return True
    merged = result.merged
    for fault in compare([merged], [merged], [snippet.volatile]).faults:  # of bounds
        where = f"{display(snippet.path)}:{snippet.line_of('volatile')}: step {fault.step + 1}"
        say(f"{where}, line {fault.line}: {fault.message}", error=True)
        return False
    if what := _varies(result.entry, merged, lab):
        say(what, error=True)
        return False
    say("\n".join(result.diff or result.merged.dumps().splitlines()))
    if ask and input(f"{snippet.id}: keep this? [y/N] ").strip().lower() not in ("y", "yes"):
        say(f"{snippet.id}: left as it was")
        return False
    write_recording(snippet, result.entry.inputs, result.merged)
    say(f"{snippet.id}: recorded")
    return True


def _varies(entry: Entry, first: Transcript, lab: Laboratory) -> str:
    """What a second run prints otherwise, which would fail the next build; empty if nothing."""
    try:
        second = lab.run(entry.programs)[-1]
    except EngineError as error:
        return f"at a second run: {error}"
    rules, snippet = [entry.snippet.volatile], entry.snippet
    for fault in compare([first], [second], rules, [entry.step_names]).faults:
        where = f"{display(snippet.path)}:1: step {fault.step + 1}"
        advice = f"Say what varies in the tag `volatile`: snippetlab flaky {snippet.id}"
        cure = Cure("say-what-varies", advice)
        return f"{where} printed something else at a second run: {fault.message}\n    {cure}"
    return ""


def listing(project: Project, options: argparse.Namespace) -> int:
    """Print the snippets, for people or as JSON."""
    library = read_library(project)
    entries = [
        entry
        for entry in library.entries.values()
        if options.lab in (None, entry.snippet.lab) and options.state in (None, entry.state)
    ]
    for fault in library.faults:
        say(fault, error=True)
    if options.json:
        say(report.listing(entries, project.root))
    else:
        for entry in entries:
            say(f"{entry.snippet.id:40} {entry.snippet.lab:10} {entry.state}")
    return 1 if library.faults else 0
