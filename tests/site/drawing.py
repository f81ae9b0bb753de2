"""Pictures that step, drawn as the site draws them, with recordings that were made up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pictures.figure import TEMPLATES, figure
from pictures.picture import read_picture
from snippetlab.show.templates import Templates
from snippetlab.snippet.library import Library
from snippetlab.transcript import Transcript
from tests.support import ROOT
from tests.words import words_of

Change = Callable[[str], str]


def drawn(path: Path, library: Library, language: str = "en") -> str:
    templates = Templates(words_of(language), TEMPLATES)
    return str(figure(read_picture(path), library, templates, language))


def named(name: str) -> Path:
    return ROOT / f"docs/pictures/{name}.yml"


def with_output(library: Library, id_: str, number: int, change: Change) -> Library:
    """The same with other text printed by a step, from 0."""
    entry = library.entries[id_]
    assert entry.recording
    steps = list(entry.recording.transcript.steps)
    before = steps[number].output.decode()
    assert change(before) != before
    steps[number] = replace(steps[number], output=change(before).encode())
    recording = replace(entry.recording, transcript=Transcript(tuple(steps)))
    changed = replace(entry, recording=recording)
    return replace(library, entries={**library.entries, id_: changed})


def at(library: Library, id_: str, step: str) -> int:
    """The place of a step, from 0, by its name or its number."""
    names = list(library.entries[id_].step_names)
    return names.index(step) if step in names else int(step) - 1
