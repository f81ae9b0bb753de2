"""The parts of one run on a page: together they show all of it, in its order."""

from collections.abc import Iterator, Sequence

from snippetlab.errors import Cure, SourceError, display
from snippetlab.show.fence import Reference
from snippetlab.show.part import Part, part_of
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.entry import Entry


def misplaced(parts: Sequence[Reference], entry: Entry) -> Iterator[SourceError]:
    """The first of a run's parts that is not where the one before it ends, if there is one.

    Proof that a page leaves out would be missed by nobody: so it shows all, or folds it away.
    """
    commands = flatten(entry.program.commands)
    shown = [command for command in commands if not command.hidden]
    last, line = 0, 0
    for reference in parts:
        part = part_of(reference.fence, commands)
        assert part
        if part.begin != last + 1:
            yield _apart(reference, part, shown, last, line, entry)
            return
        last, line = part.end, reference.line
    if last < len(shown):
        end = parts[-1].fence.end
        assert end
        message = f"no part shows what comes after `{end.name}`: {_quoted(shown[last:])}"
        text = f"Take the line `to: {end.name}` out, or show the rest in a fence below."
        yield SourceError(
            parts[-1].page, parts[-1].opening + end.line, message, Cure("part-rest", text)
        )


def _apart(
    reference: Reference, part: Part, shown: Sequence[Command], last: int, line: int, entry: Entry
) -> SourceError:
    """What is wrong with a part before which so many steps have been shown, in that line's."""
    start = reference.fence.start
    place = reference.opening + start.line if start else reference.line
    if part.begin <= last:
        message = f"the part in line {line} shows this already: {_quoted(shown[part.begin - 1 :])}"
        text = "Begin this one after it, and put parts in the order of the run"
        if last < len(shown):
            text += f"; that is {_from(shown[last], entry)}"
        return SourceError(reference.page, place, message, Cure("part-again", f"{text}."))
    message = f"no part shows what comes before this: {_quoted(shown[last : part.begin - 1])}"
    text = f"Begin with {_from(shown[last], entry)}" if last else "Take the line out"
    text += ", or show that in a fence above."
    return SourceError(reference.page, place, message, Cure("part-gap", text))


def _from(command: Command, entry: Entry) -> str:
    """The option that begins a part with that step, and how it gets a name if it has none."""
    snippet = entry.snippet
    if command.name:
        return f"from: {command.name}"
    place = f"above line {command.line} of {display(snippet.path)}"
    return f"from: NAME, once {place} stands {snippet.language.sign} step: NAME"


def _quoted(commands: Sequence[Command]) -> str:
    first, *rest = commands
    line = first.text.split("\n")[0]
    return f"`{line}`" + (f" and {len(rest)} more" if rest else "")
