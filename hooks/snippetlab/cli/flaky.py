"""Run one snippet many times and say what differs.

It also says which kinds of volatile values would allow that.
"""

from pathlib import Path

import click

from snippetlab.cli._parameters import Times, snippet_id
from snippetlab.compare.flaky import Runs
from snippetlab.errors import Cure
from snippetlab.project import Project
from snippetlab.run import selection
from snippetlab.run.laboratory import open_laboratory
from snippetlab.say import say
from snippetlab.snippet.library import read_library


@click.command(help=__doc__)
@snippet_id
@click.option(
    "--times", metavar="N", type=Times(2), default=10, show_default=True, help="How often."
)
def command(id_: str, times: int) -> int:
    project = Project.find(Path.cwd())
    entry = selection.runnable(read_library(project), id_)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        transcripts = [laboratory.run(entry.programs)[-1] for _ in range(times)]
    runs = Runs(transcripts, entry.snippet.volatile, entry.step_names)
    faults = runs.faults()
    if not faults:
        say(f"{id_}: {len(transcripts)} runs, all equal")
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
