"""A snippet's twin: made of it by taking away what isolates, and seen to print something else."""

from dataclasses import replace

from snippetlab.compare.compare import compare
from snippetlab.errors import SourceError
from snippetlab.registry import DEFAULT
from snippetlab.run.runner import Result
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import compile_snippet
from snippetlab.transcript import Transcript

_SECONDS = 5
"""One that no longer ends need not be waited for; an emulated machine is slow anyway."""


def weakened(entry: Entry, text: str, replacement: str) -> Entry:
    """The entry with its twin's program; the recording is that of the snippet."""
    snippet = entry.snippet
    twin = replace(
        snippet,
        code=snippet.code.replace(text, replacement),
        timeout=_SECONDS if snippet.lab == DEFAULT else snippet.timeout,
        # What it leaves behind is not what it shows.
        leaves=frozenset(CURES),
    )
    return Entry(twin, compile_snippet(twin), entry.recording, entry.before)


def differs(result: Result) -> bool:
    """Whether a twin's run shows that what was taken away matters.

    Its commands differ, of course; what counts is what they print and how they end. That a lab
    did not work shows nothing.
    """
    recording = result.entry.recording
    if not (result.transcript and recording):
        return isinstance(result.error, SourceError)
    recorded = recording.transcript
    steps = tuple(
        replace(step, command=before.command, prompt=before.prompt)
        for step, before in zip(result.transcript.steps, recorded.steps, strict=False)
    )
    rules = result.entry.snippet.volatile
    return not compare([recorded], [Transcript(steps)], [rules]).equal
