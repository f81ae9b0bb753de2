"""The transcript committed beside a snippet: `isolation/uts.out`.

    # recording 2
    # ran uts.sh in namespace
    # step 5d41402a
    # step 7c211433
    #
    $ hostname
    lab
    $ uname -s
    Linux

The first line is the same in all recordings. The lines after it state, one a line, what a run
depends on besides its commands, and a sum of each step, so that a hand edit is seen. What two
branches do to different steps therefore merges without a conflict; the empty comment parts what
git would take for neighbours. A recording is stale when
these inputs, or the commands in the transcript below, are no longer those of the snippet.

A recording of a variant of a snippet has the same form and lies in `NAME@VARIANT.out`. Lines of
other kinds, above or below, are refused: a later version of this program may have written them.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from snippetlab.checkout import read
from snippetlab.errors import Cure, SourceError
from snippetlab.files import write_source
from snippetlab.limits import DEFAULTS, RECORDING, Limits
from snippetlab.snippet.command import flatten
from snippetlab.snippet.conflict import find_conflict
from snippetlab.snippet.program import Program, is_source
from snippetlab.snippet.snippet import Snippet
from snippetlab.transcript import GrammarError, Transcript

FIRST_LINE = "# recording 2"
"""Of the form that is written."""
_INPUT = re.compile(r"# ((?:ran|after|limits|file|stderr) .+)")
_END = "#"
_STEP = re.compile(r"# step ([0-9a-f]{8})")
Inputs = tuple[str, ...]
"""What a run depends on besides its commands, each as a line of the recording states it."""


class State(StrEnum):
    """How a recording stands to its snippet."""

    FRESH = "fresh"
    """Of what the snippet now says, and as it was printed."""
    STALE = "stale"
    """The snippet, or what it depends on, has changed since."""
    MISSING = "missing"
    """There is none."""
    EDITED = "edited by hand"
    """A step is not as it was printed."""
    UNREADABLE = "unreadable"
    """It does not have the form of one."""
    NOT_RUN = "not run"
    """The snippet's lab is `none`: it has no recording and must have none."""


@dataclass(frozen=True)
class Recording:
    """A recording as it was read."""

    transcript: Transcript
    inputs: Inputs
    digest: str
    """Of the transcript's text."""
    edited: int = 0
    """The line, from 1, of the first step that is not as it was recorded; 0 if there is none."""


def inputs_of(snippet: Snippet, program: Program, before: str) -> Inputs:
    """What the snippet's run depends on besides its commands.

    `before` is the `sum_of` the snippet after which it runs.
    """
    after = [f"after {snippet.after} {before}"] if snippet.after else []
    # What a run prints when it meets a limit may be what the snippet shows.
    limits = [f"limits {_stated(program.limits)}"] if program.limits != DEFAULTS else []
    # Of the header nothing counts but where the code begins, and that shows when it runs.
    own = {snippet.file.name: snippet.code.lstrip("\n").encode()} if is_source(snippet) else {}
    files = [f"file {n} {_digest(c)}" for n, c in sorted(({**program.files, **own}).items())]
    where = " at a terminal" * program.terminal
    apart = ["stderr apart"] * program.apart
    return (f"ran {program.path.name} in {snippet.lab}{where}", *after, *limits, *apart, *files)


def sum_of(program: Program, inputs: Inputs) -> str:
    """Changes with anything that could change what a run prints, and with nothing else."""
    commands = [
        (command.prompt, command.text, *command.typed) for command in flatten(program.commands)
    ]
    return _digest(json.dumps([inputs, commands], ensure_ascii=False))


def read_recording(snippet: Snippet) -> Recording | None:
    """The recording, or None where there is none. Raises SourceError where it is no recording."""
    path = snippet.recording
    anew = Cure("unreadable-recording", f"Record it anew: snippetlab record {snippet.id}")
    try:
        text = read(path, RECORDING).decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SourceError(path, 1, "the recording is not UTF-8", anew) from None
    lines = text.split("\n")
    if lines[0].startswith("# recording 1 "):
        cure = Cure("recording-1", "Convert it, without running anything: snippetlab migrate")
        raise SourceError(path, 1, "the recording has the form of an earlier version", cure)
    heading = lines.index(_END) + 1 if _END in lines else 1
    body = "\n".join(lines[heading:])
    if conflict := find_conflict(text):
        raise SourceError(path, conflict, "the recording holds a merge conflict", anew)
    try:
        if lines[0] != FIRST_LINE:
            raise GrammarError(1 - heading, f"a recording begins with `{FIRST_LINE}`")
        inputs, sums = _read_heading(lines[1 : heading - 1], heading)
        transcript = Transcript.loads(body)
    except GrammarError as error:
        line = heading + error.line
        raise SourceError(path, line, f"the recording is unreadable: {error}", anew) from None
    edited = _edited(transcript, sums, heading)
    return Recording(transcript, inputs, hashlib.sha256(body.encode()).hexdigest(), edited)


def write_recording(snippet: Snippet, inputs: Inputs, transcript: Transcript) -> None:
    """Replace the recording in one step."""
    sums = [f"step {_digest(Transcript((step,)).dumps())}" for step in transcript.steps]
    heading = "".join(f"# {line}\n" for line in (*inputs, *sums))
    text = f"{FIRST_LINE}\n{heading}{_END}\n{transcript.dumps()}"
    write_source(snippet.recording, text)


def state_of(
    snippet: Snippet, program: Program, inputs: Inputs, recording: Recording | None
) -> State:
    """How the recording stands to the snippet, whose program and inputs are now these."""
    if not snippet.runs:
        return State.NOT_RUN
    if recording is None:
        return State.MISSING
    if recording.edited:
        return State.EDITED
    same = recording.inputs == inputs and _is_of(recording.transcript, program)
    return State.FRESH if same else State.STALE


def _read_heading(lines: Sequence[str], heading: int) -> tuple[Inputs, list[str]]:
    """The inputs, and the steps' sums. Raises GrammarError, counting from the transcript."""
    inputs, sums = [], []
    for number, line in enumerate(lines, 2):
        if found := _STEP.fullmatch(line):
            sums.append(found[1])
        elif found := _INPUT.fullmatch(line):
            inputs.append(found[1])
        else:
            raise GrammarError(number - heading, f"{line!r} is nothing that this version knows")
    return tuple(inputs), sums


def _edited(transcript: Transcript, sums: Sequence[str], heading: int) -> int:
    line = heading + 1
    for number, step in enumerate(transcript.steps):
        text = Transcript((step,)).dumps()
        if sums[number : number + 1] != [_digest(text)]:
            return line
        line += text.count("\n")
    return line - 1 if len(sums) > len(transcript.steps) else 0


def _is_of(transcript: Transcript, program: Program) -> bool:
    """Whether these are the program's commands, and each ended as it is expected to now."""
    commands = flatten(program.commands)
    return len(commands) == len(transcript.steps) and all(
        (command.prompt, command.text) == (step.prompt, step.command)
        and command.typed == tuple(typed.text for typed in step.typed)
        and command.expects in (None, step.status)
        for command, step in zip(commands, transcript.steps, strict=True)
    )


def _stated(limits: Limits) -> str:
    """Those that are not the defaults, as the tag states them."""
    names = [field.name for field in fields(Limits)]
    changed = [name for name in names if getattr(limits, name) != getattr(DEFAULTS, name)]
    return " ".join(f"{name}={limits.text(name)}" for name in changed)


def _digest(content: str | bytes) -> str:
    content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
    return hashlib.sha256(content).hexdigest()[:8]
