"""Run snippets and keep what they print.

All that need it, if no ID is given. On a terminal it asks before a recording changes.
"""

import sys
from pathlib import Path

import click

from snippetlab.cli._parameters import snippet_ids
from snippetlab.compare.compare import compare
from snippetlab.errors import Cure, EngineError, LabUnavailableError, display
from snippetlab.project import Project
from snippetlab.run import selection
from snippetlab.run.laboratory import Laboratory, open_laboratories
from snippetlab.run.meter import metered
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.say import say
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Transcript


@click.command(help=__doc__)
@snippet_ids
@click.option("--yes", is_flag=True, help="Do not ask, even on a terminal.")
def command(ids: tuple[str, ...], yes: bool) -> int:
    project = Project.find(Path.cwd())
    library = read_library(project)
    entries = [e for e in selection.by_ids(library, ids) if e.snippet.runs]
    if not ids:
        entries = [entry for entry in entries if entry.fault]
    broken = selection.broken(library, ids)
    for fault in broken:
        say(fault, error=True)
    if not entries and not broken:
        none = f"nothing to record: {', '.join(ids)} runs in no lab"
        begin = "there is no snippet yet; begin one: snippetlab new chapter/name"
        say(none if ids else "every recording is fresh" if library.entries else begin)
        return 0
    ask = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    missing: dict[str, LabUnavailableError] = {}
    with open_laboratories(project, selection.labs(entries), missing=missing) as laboratories:
        todo = [entry for entry in entries if entry.snippet.lab not in missing]
        results = metered(run_all(laboratories, todo), 0 if ask else len(todo))
        kept = [_keep(r, laboratories[r.entry.snippet.lab], ask=ask) for r in results]
    for entry in entries:
        if error := missing.get(entry.snippet.lab):
            say(f"{display(entry.snippet.path)}:1: not recorded: {error}", error=True)
    return 0 if all(kept) and not missing and not broken else 1


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
        line = flatten(entry.program.commands)[fault.step].line
        where = f"{display(snippet.path)}:{line}: step {fault.step + 1}"
        advice = f"Say what varies in the tag `volatile`: snippetlab flaky {snippet.id}"
        cure = Cure("say-what-varies", advice)
        return f"{where} printed something else at a second run: {fault.message}\n    {cure}"
    return ""
