"""How far a command has come: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator

from snippetlab.run.runner import Result
from snippetlab.say import say

_SECONDS = 10
"""Between two lines where there is no terminal."""


def metered(results: Iterable[Result], total: int) -> Iterator[Result]:
    """The same results, in the same order, while people see how many there have been.

    With a total of 0 they see nothing: a bar and a question do not go together.
    """
    if not total:
        yield from results
    elif sys.stderr.isatty():
        yield from _bar(results, total)
    else:
        yield from _lines(results, total)


def _bar(results: Iterable[Result], total: int) -> Iterator[Result]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # What is printed meanwhile stays above the bar.
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("running", total=total)
        for result in results:
            progress.update(task, advance=1, description=result.entry.snippet.id)
            yield result


def _lines(results: Iterable[Result], total: int) -> Iterator[Result]:
    said = time.monotonic()
    for number, result in enumerate(results, 1):
        if time.monotonic() - said >= _SECONDS:
            say(f"{number}/{total} {result.entry.snippet.id}", error=True, at_once=True)
            said = time.monotonic()
        yield result
