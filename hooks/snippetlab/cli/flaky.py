"""The commands of `snippetlab` that run one snippet and keep nothing; each returns a status."""

import argparse

from snippetlab.entry import Entry
from snippetlab.errors import Cure, EngineError
from snippetlab.flaky import Runs
from snippetlab.laboratory import open_laboratory
from snippetlab.library import read_library
from snippetlab.project import Project
from snippetlab.say import say


def run(project: Project, options: argparse.Namespace) -> int:
    """Run one snippet and print its transcript; nothing is written."""
    entry = _runnable(project, options.id)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        say(laboratory.run(entry.programs)[-1].dumps(), end="")
    return 0


def flaky(project: Project, options: argparse.Namespace) -> int:
    """Run one snippet many times; say what differs, and which kinds would allow it."""
    entry = _runnable(project, options.id)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        transcripts = [laboratory.run(entry.programs)[-1] for _ in range(options.times)]
    runs = Runs(transcripts, entry.snippet.volatile, entry.step_names)
    faults = runs.faults()
    if not faults:
        say(f"{options.id}: {len(transcripts)} runs, all equal")
        return 0
    for fault in dict.fromkeys((f.step, f.line, f.message) for f in faults[:20]):
        say(f"step {fault[0] + 1}, line {fault[1]}: {fault[2]}")
    proposed = runs.propose()
    if proposed is None:
        say("No kind would make them equal: the output itself changes.")
        own = Cure(
            "own-kind",
            "What it prints may be given a form that a kind of your own describes:"
            " { name = 'job', pattern = 'job-(\\d+)' }",
        )
        say(own)
    else:
        what = "This would make them equal, if that is what it is, in the header"
        say(f"{what}: # volatile = [{', '.join(proposed)}]")
    return 1


def _runnable(project: Project, id_: str) -> Entry:
    """Raises EngineError for a snippet that is not there, or runs in no lab."""
    entry = read_library(project).find(id_)
    if not entry.snippet.runs:
        reason = entry.snippet.reason
        raise EngineError(f"{id_} runs in no lab: {reason.get('en') or ' '.join(reason.values())}")
    return entry
