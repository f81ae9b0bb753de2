"""A snippet's twin: made of it by taking away what matters, and seen to print something else."""

from dataclasses import replace
from pathlib import Path

from snippetlab.compare.compare import compare
from snippetlab.errors import EngineError, SourceError
from snippetlab.labs.failing import MissingCommandError, OverdueError
from snippetlab.run.runner import Result
from snippetlab.run.twin import Twin, breaks, prints_the_same
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import compile_snippet
from snippetlab.transcript import Transcript

_TIME_UP = "context deadline exceeded"
"""As Docker says it where the machine is too busy."""


def weakened(entry: Entry, text: str, replacement: str) -> Entry:
    """The entry with its twin's program; the recording is that of the snippet.

    Raises SourceError where the twin's text cannot be understood.
    """
    snippet = entry.snippet
    twin = replace(
        snippet,
        code=snippet.code.replace(text, replacement),
        # What it leaves behind is not what it shows.
        leaves=frozenset(CURES),
    )
    return Entry(twin, compile_snippet(twin), entry.recording, entry.before)


def fault_of(result: Result, path: Path, twin: Twin) -> EngineError | None:
    """Why a twin's run does not show that what was taken away matters; None where it does.

    That a lab did not work shows nothing, nor that something before the snippet failed, nor that
    time was up, which it may be on any machine that is busy.
    """
    snippet, error = result.entry.snippet, result.error
    if isinstance(error, MissingCommandError):
        return breaks(path, snippet.id, twin, error.message)
    if error:
        own = isinstance(error, SourceError) and error.path == snippet.path
        late = isinstance(error, OverdueError) or _TIME_UP in str(error)
        return None if own and not late else error
    return None if _differs(result) else prints_the_same(path, snippet.id, twin)


def _differs(result: Result) -> bool:
    """Its commands differ, of course; what counts is what they print and how they end."""
    recording = result.entry.recording
    if not (result.transcript and recording):
        return False
    recorded = recording.transcript
    steps = tuple(
        replace(step, command=before.command, prompt=before.prompt)
        for step, before in zip(result.transcript.steps, recorded.steps, strict=False)
    )
    rules = result.entry.snippet.volatile
    return not compare([recorded], [Transcript(steps)], [rules]).equal
