"""A file that commands run: a Python program, a C program, a Dockerfile."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet.command import Command


def commands(path: Path, code: str, sign: str, runs: Sequence[str]) -> tuple[Command, ...]:
    """The commands of `runs`, the last of which may be meant to fail, and may have a name.

    Raises SourceError for a comment that such a file cannot have.
    """
    comment = _Comment(sign)
    lines = code.split("\n")
    first, last = _filled(lines)
    expects: int | None = 0
    name = ""
    for number, line in enumerate(lines, 1):
        if found := comment.expectation.search(line):
            if number != last:
                raise _misplaced(path, number, found[0], sign)
            expects = None if found["status"] == "*" else int(found["status"])
        elif found := comment.name.fullmatch(line):
            name = found["name"]
        elif found := comment.other.fullmatch(line):
            raise _misplaced(path, number, found[0], sign)
    texts = (text.format(name=path.name, stem=path.stem) for text in runs)
    made = [Command(text, first) for text in texts]
    return (*made[:-1], replace(made[-1], expects=expects, name=name))


def shown(code: str, sign: str) -> str:
    """The code without what is meant for the engine."""
    comment = _Comment(sign)
    lines = [line for line in code.split("\n") if not comment.name.fullmatch(line)]
    _, last = _filled(lines)
    if last:
        lines[last - 1] = comment.expectation.sub("", lines[last - 1])
    return "\n".join(lines).strip("\n")


def _filled(lines: Sequence[str]) -> tuple[int, int]:
    """The first and the last line that are not blank, from 1; 1 and 0 where all are."""
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    return (filled[0], filled[-1]) if filled else (1, 0)


class _Comment:
    """What comments look like that are meant for the engine."""

    def __init__(self, sign: str) -> None:
        begin = re.escape(sign)
        self.expectation = re.compile(rf"\s*{begin}\s*\?\s*(?P<status>\d{{1,3}}|\*)\s*$")
        self.name = re.compile(rf"{begin}\s*step:\s*(?P<name>\S+)\s*")
        self.other = re.compile(
            rf"{begin}\s*(?:hide|show|(?:settle|step|terminal)\s*:.*)\s*", re.IGNORECASE
        )


def _misplaced(path: Path, line: int, comment: str, sign: str) -> SourceError:
    message = f"`{comment.strip()}` is no comment that this file can have here"
    cure = Cure(
        "source-comment",
        f"At the end of the last line: {sign} ? 1",
        f"On a line of its own: {sign} step: name",
        "What is to be folded away goes into a file of its own, in the tag `files`.",
    )
    return SourceError(path, line, message, cure)
