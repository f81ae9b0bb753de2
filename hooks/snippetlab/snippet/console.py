"""A console's text: what was typed stands after `$ `, and after `> ` where a line goes on.

In a snippet nothing else may stand but comments: what commands print is in the recording, and a
second copy would grow old unseen. In a page that was written by hand, it does stand there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet import bash
from snippetlab.snippet.command import Command

_PROMPT, _MORE = "$ ", "> "


@dataclass(frozen=True)
class Example:
    """One command, with what stands below it."""

    line: int
    """Where it begins, from 1."""
    command: str
    output: tuple[str, ...]
    """Lines; blank ones before the next command are not among them."""


def read(text: str, prompt: str = _PROMPT, more: str = _MORE) -> Iterator[Example]:
    """The examples of a console's text, or with other prompts of an interpreter's.

    What stands before the first one is passed over.
    """
    found: list[Example] = []
    typed = False
    for number, line in enumerate(text.split("\n"), 1):
        if _follows(line, prompt):
            found.append(Example(number, line[len(prompt) :], ()))
            typed = True
        elif found:
            example = found[-1]
            command, output = example.command, example.output
            typed = typed and _follows(line, more)
            if typed:
                command += f"\n{line[len(more) :]}"
            else:
                output += (line,)
            found[-1] = Example(example.line, command, output)
    for example in found:
        lines = example.output
        while lines and not lines[-1].strip():
            lines = lines[:-1]
        yield Example(example.line, example.command, lines)


def script(path: Path, code: str) -> str:
    """The script that was typed, line for line. Raises SourceError for what nobody typed."""
    lines = []
    typed = False
    for number, line in enumerate(code.split("\n"), 1):
        typed = _follows(line, _PROMPT) or (typed and _follows(line, _MORE))
        if typed:
            lines.append(line[len(_PROMPT) :])
        elif not line.strip() or line.startswith("#"):
            lines.append(line)
        else:
            text = "Begin what is typed with `$ `, and lines that go on with `> `. What it"
            text += f" prints is recorded in {path.stem}.out: remove it here."
            cure = Cure("console-output", text)
            raise SourceError(path, number, "this line was not typed at a prompt", cure)
    return "\n".join(lines)


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """The commands, as if they stood in a script. Raises SourceError as `bash.parse` does."""
    return bash.parse(path, script(path, code))


def _follows(line: str, prompt: str) -> bool:
    return f"{line} ".startswith(prompt)
