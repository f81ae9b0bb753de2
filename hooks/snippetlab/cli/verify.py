"""Run snippets and compare with their recordings.

All, if no ID is given. What held before runs again: nothing is remembered.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import click

from snippetlab.cli import _findings as findings
from snippetlab.cli._parameters import Times, snippet_ids
from snippetlab.errors import EngineError, LabUnavailableError, SourceError, SourcesError
from snippetlab.files import find_pages, write_atomically
from snippetlab.project import Project
from snippetlab.registry import BROWSER, LABS
from snippetlab.run import noting, report, selection
from snippetlab.run.cause import locked
from snippetlab.run.laboratory import Laboratory, open_laboratories
from snippetlab.run.lock import write_lock
from snippetlab.run.meter import metered
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.say import command as workflow_command
from snippetlab.say import say
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library, read_library


@dataclass(frozen=True)
class _Reports:
    """What results are written to, besides what is said."""

    junit: Path | None
    json: Path | None
    annotations: bool

    def write(
        self, library: Library, results: Sequence[Result], broken: Sequence[SourceError]
    ) -> None:
        root = library.project.root
        if self.junit:
            write_atomically(self.junit, findings.junit(results, root, broken).encode())
        if self.json:
            write_atomically(self.json, findings.results_json(results, root, broken).encode())
        if self.annotations:
            from snippetlab.show.pages import Pages  # which takes long to import

            references = []
            with contextlib.suppress(SourceError, SourcesError):  # of pages: `make check` names it
                pages = Pages(library, find_pages(library.project.docs), foreign=True)
                references = pages.references()
            if found := findings.annotations(results, references, root, broken):
                workflow_command(found)


@click.command(help=__doc__)
@snippet_ids
@click.option("--changed", metavar="REV", help="Only what differs from a git revision.")
@click.option("--shard", metavar="K/N", help="Only part K of N.")
@click.option("--lab", type=click.Choice(LABS), help="Only this lab's.")
@click.option("--repeat", type=Times(1), default=1, metavar="N", help="Run everything N times.")
@click.option("--allow-missing-lab", is_flag=True, help="A lab that cannot run is no failure.")
@click.option("--no-skip", is_flag=True, help="What cannot run on this machine is a failure.")
@click.option("--untrusted", is_flag=True, help="Refuse where a guard is missing.")
@click.option("--junit", metavar="FILE", type=Path, help="Write JUnit XML there.")
@click.option("--json", metavar="FILE", type=Path, help="Write all results there.")
@click.option(
    "--annotations",
    is_flag=True,
    default=lambda: bool(os.environ.get("GITHUB_ACTIONS")),
    help="Print GitHub workflow commands (default there).",
)
@click.option("--write", is_flag=True, help="Note what held, when, where.")
def command(
    ids: tuple[str, ...],
    changed: str | None,
    shard: str | None,
    lab: str | None,
    repeat: int,
    allow_missing_lab: bool,
    no_skip: bool,
    untrusted: bool,
    junit: Path | None,
    json: Path | None,
    annotations: bool,
    write: bool,
) -> int:
    project = Project.find(Path.cwd())
    library = read_library(project)
    entries = selection.select(library, ids, lab=lab, changed=changed, shard=shard)
    broken = selection.broken(library, ids)
    # This lab runs what has its recording from another one, too.
    inside = BROWSER if lab == BROWSER else ""
    whole = not inside and entries == list(library.entries.values())
    notes = noting.begin(project, entries, inside=inside, anew=whole) if write else None
    faults = [*broken, *(e.fault for e in entries if e.fault)]
    for fault in faults:
        say(fault, error=True)
    fresh = [entry for entry in entries if not entry.fault]
    missing: dict[str, LabUnavailableError] = {}
    names = {inside} if inside else selection.labs(entries)
    wanted = names | (notes.labs if notes else set())
    with open_laboratories(project, wanted, missing=missing, anew=write) as laboratories:
        if untrusted:
            _refuse_weak(laboratories)
        for name, laboratory in laboratories.items():
            if laboratory.drift:
                drift = ", ".join(laboratory.drift)
                say(f"the {name} lab is not that of lab/lock.toml: {drift}")
        todo = [e for e in fresh if (inside or e.snippet.lab) not in missing]
        repeated = (run_all(laboratories, todo, inside=inside) for _ in range(repeat))
        runs = metered(chain.from_iterable(repeated), len(todo) * repeat)
        ran = list(_told(_refused(runs) if no_skip else runs))
        results = [*ran, *_without_lab(fresh, missing, inside, allowed=allow_missing_lab)]
        for line in report.skipped(results):
            say(line)
        say(report.summary(results, not_fresh=len(faults)))
        if notes:
            notes.add(laboratories, ran)
            more_held = notes.run_more(laboratories, todo)
    held = all(result.verdict.is_good for result in results) and not faults
    whole = whole and not any(result.verdict is Verdict.SKIPPED for result in results)
    reports = _Reports(junit, json, annotations)
    reports.write(library, [*results, *_not_fresh(entries)], broken)
    if notes:
        held = held and more_held
        notes.write(whole=held and whole and not missing)
        if held and whole and not names & missing.keys():
            own = {name: laboratories[name] for name in names}
            write_lock(project.lab / "lock.toml", locked(own, entries))
    return 0 if held else 1


def _refuse_weak(laboratories: Mapping[str, Laboratory]) -> None:
    """Raises EngineError where a guard is missing: all of them, in all labs."""
    found = [
        EngineError(f"the {name} lab does not hold untrusted code: {what}", cure)
        for name, laboratory in laboratories.items()
        for what, cure in laboratory.lab.weaknesses
    ]
    if found:
        raise EngineError("\n".join(map(str, found)))


def _refused(results: Iterable[Result]) -> Iterator[Result]:
    """The same results, but what was skipped has failed."""
    for result in results:
        is_skipped = result.verdict is Verdict.SKIPPED
        yield replace(result, verdict=Verdict.FAILED) if is_skipped else result


def _told(results: Iterable[Result]) -> Iterator[Result]:
    """The same results, while each thing that did not hold is said once."""
    said: set[str] = set()
    for result in results:
        if not result.verdict.is_good:
            if (what := report.describe(result)) not in said:
                say(what, error=True)
            said.add(what)
        yield result


def _without_lab(
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
        # Where what it would run is not fresh, it is good to know as well.
        nothing = "not run in the tab" if name == BROWSER else f"the {name} lab"
        count = f"{len(skipped)} not run" if skipped else nothing
        what = f"{count}{', as allowed' * allowed}: {error}"
        say(what, error=not allowed)
        yield from (Result(entry, verdict, error=error) for entry in skipped)


def _not_fresh(entries: Sequence[Entry]) -> Iterator[Result]:
    for entry in entries:
        if fault := entry.fault:
            yield Result(entry, Verdict.FAILED, error=fault)
