"""A part of a run: what a fence shows of it, from one named step to another.

Steps that are set up beside them, and folded away, belong to the step that they come before; at
the end of a run to the one that they come after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from snippetlab.errors import Cure, display
from snippetlab.show.fence import Fence, FenceError
from snippetlab.snippet.command import Command
from snippetlab.snippet.program import is_source
from snippetlab.snippet.snippet import OF, Snippet


@dataclass(frozen=True)
class Part:
    """Some of the steps of a run; as an index counts them, from 0, and as a reader does, from 1."""

    start: str
    """Name of the step that it begins with; empty where it begins the run."""
    first: int
    stop: int
    """The index after that of the last."""
    begin: int
    """Number of the first step that is not folded away."""
    end: int
    """Number of the last."""
    count: int
    """Of all in the run."""
    before: str
    """Name of the step right before it; empty if there is none, or it has no name."""
    after: str
    """Name of the step right after it, likewise."""


def part_of(fence: Fence, commands: Sequence[Command]) -> Part | None:
    """What the fence shows of a run of these commands; None for all of it."""
    if not fence.is_part:
        return None
    shown = [at for at, command in enumerate(commands) if not command.hidden]
    places = {command.name: at for at, command in enumerate(commands) if command.name}
    begin = shown.index(places[fence.start.name]) if fence.start else 0
    end = shown.index(places[fence.end.name]) if fence.end else len(shown) - 1
    first = shown[begin - 1] + 1 if begin else 0
    stop = shown[end] + 1 if end + 1 < len(shown) else len(commands)
    before = commands[shown[begin - 1]].name if begin else ""
    after = commands[shown[end + 1]].name if end + 1 < len(shown) else ""
    start = fence.start.name if fence.start else ""
    return Part(start, first, stop, begin + 1, end + 1, len(shown), before, after)


def cut(commands: Sequence[Command], part: Part) -> tuple[Command, ...]:
    """What is typed in a part; a shell that it begins or goes on in, from where that was opened.

    So what is copied never runs outside of the shell that it was typed in.
    """
    return _between(commands, part.first, part.stop)


def _between(commands: Sequence[Command], first: int, stop: int) -> tuple[Command, ...]:
    kept, at = [], 0
    for command in commands:
        after = at + sum(1 for _ in command.flat())
        if after > first and at < stop:
            if command.shell:
                inner = _between(command.shell.commands, 0, stop - at - 1)
                command = replace(command, shell=replace(command.shell, commands=inner))
            kept.append(command)
        at = after
    return tuple(kept)


def faults(fence: Fence, snippet: Snippet, commands: Sequence[Command]) -> Iterator[FenceError]:
    """What is wrong with the steps that a fence names."""
    if not (fence.is_part or fence.notes):
        return
    by_name = {command.name: command for command in commands if command.name}
    ends = [named for named in (fence.start, fence.end) if named]
    if ends and is_source(snippet):
        cure = Cure("part-program", "Show it whole, without `from` and `to`.")
        yield FenceError(ends[0].line, "a program has no parts: its text stands above", cure)
        return
    names = [(named.name, named.line) for named in ends]
    wrong = False
    for name, line in (*names, *((note.name, note.line) for note in fence.notes)):
        if fault := _no_step(name, line, snippet, commands, by_name):
            wrong = True
            yield fault
    for note in fence.notes:
        if note.version and note.version not in snippet.versions:
            wrong = True
            message = f"{snippet.id} is not recorded in version {note.version}"
            cure = Cure("note-version", f"Take `{OF}{note.version}` out: note {note.name}: …")
            yield FenceError(note.line, message, cure)
    if not wrong:
        yield from _misplaced(fence, commands)


def _no_step(
    name: str, line: int, snippet: Snippet, commands: Sequence[Command], by_name: dict[str, Command]
) -> FenceError | None:
    path = display(snippet.path)
    if command := by_name.get(name):
        if not command.hidden:
            return None
        text = f"Name another, or take it out of `# hide` and `# show`: {path}:{command.line}"
        return FenceError(line, f"the step `{name}` is folded away", Cure("step-hidden", text))
    message = f"{snippet.id} has no step with the name `{name}`"
    if near := get_close_matches(name, by_name, n=1):
        return FenceError(line, message, Cure("step-name", f"Did you mean `{near[0]}`?"))
    shown = [command for command in commands if not command.hidden]
    if name.isdecimal() and 0 < int(name) <= len(shown):
        message = f"`{name}` is no name of a step: a number would change with the steps before it"
        command = shown[int(name) - 1]
        where = f"above line {command.line} of {path}"
    else:
        where = f"above it in {path}"
    known = f" Those with a name: {', '.join(by_name)}." if by_name else ""
    text = f"A step gets its name {where}: {snippet.language.sign} step: NAME.{known}"
    return FenceError(line, message, Cure("step-unnamed", text))


def _misplaced(fence: Fence, commands: Sequence[Command]) -> Iterator[FenceError]:
    """Of steps that are there."""
    shown = [command.name for command in commands if not command.hidden]
    start, end = fence.start, fence.end
    if start and end and shown.index(start.name) > shown.index(end.name):
        cure = Cure("part-order", f"Exchange them: from: {end.name} / to: {start.name}")
        message = f"`{start.name}` comes after `{end.name}` in the run"
        yield FenceError(max(start.line, end.line), message, cure)
        return
    text = "Leave that line out: it goes so far by itself."
    for named, last, what in ((start, shown[0], "begins"), (end, shown[-1], "ends")):
        if named and named.name == last:
            message = f"the run {what} with `{last}` anyway"
            yield FenceError(named.line, message, Cure("part-whole", text))
            return
    if part := part_of(fence, commands):
        there = {command.name for command in commands[part.first : part.stop]}
        for note in fence.notes:
            if note.name not in there:
                cure = Cure("note-outside", "Move it to the fence that shows the step.")
                yield FenceError(note.line, f"this part does not show `{note.step}`", cure)


def shown_steps(fence: Fence, commands: Sequence[Command]) -> Sequence[Command]:
    """All that the fence shows, folded away or not."""
    part = part_of(fence, commands)
    return commands[part.first : part.stop] if part else commands
