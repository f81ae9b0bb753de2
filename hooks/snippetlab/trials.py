"""The commands of `snippetlab` that run one snippet and keep nothing; each returns a status."""

import argparse
import sys

from snippetlab.entry import Entry
from snippetlab.errors import Cure, EngineError
from snippetlab.flaky import Runs
from snippetlab.laboratory import open_laboratory
from snippetlab.library import read_library
from snippetlab.project import Project


def run(project: Project, options: argparse.Namespace) -> int:
    """Run one snippet and print its transcript; nothing is written."""
    entry = _runnable(project, options.id)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        sys.stdout.write(laboratory.run(entry.programs)[-1].dumps())
    return 0


def flaky(project: Project, options: argparse.Namespace) -> int:
    """Run one snippet many times; say what differs, and which kinds would allow it."""
    entry = _runnable(project, options.id)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        transcripts = [laboratory.run(entry.programs)[-1] for _ in range(options.times)]
    runs = Runs(transcripts, entry.snippet.volatile, entry.step_names)
    faults = runs.faults()
    if not faults:
        print(f"{options.id}: {len(transcripts)} runs, all equal")
        return 0
    for fault in dict.fromkeys((f.step, f.line, f.message) for f in faults[:20]):
        print(f"step {fault[0] + 1}, line {fault[1]}: {fault[2]}")
    proposed = runs.propose()
    if proposed is None:
        print("No kind would make them equal: the output itself changes.")
        own = Cure(
            "own-kind",
            "What it prints may be given a form that a kind of your own describes:"
            " { name = 'job', pattern = 'job-(\\d+)' }",
        )
        print(own)
    else:
        what = "This would make them equal, if that is what it is, in the header"
        print(f"{what}: # volatile = [{', '.join(proposed)}]")
    return 1


def _runnable(project: Project, id_: str) -> Entry:
    """Raises EngineError for a snippet that is not there, or runs in no lab."""
    entry = read_library(project).find(id_)
    if not entry.snippet.runs:
        reason = entry.snippet.reason
        raise EngineError(f"{id_} runs in no lab: {reason.get('en') or ' '.join(reason.values())}")
    return entry
