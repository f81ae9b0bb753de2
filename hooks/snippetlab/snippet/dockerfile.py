"""A Dockerfile snippet's text → its only command, which builds an image named after the file."""

import re
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet import source
from snippetlab.snippet.command import Command

# https://docs.docker.com/reference/dockerfile/#from: only ARG may stand before it.
_FIRST = re.compile(r"(?i)(?:from|arg)\s+\S")
_BUILD = "docker build --quiet --tag {stem} --file {name} ."


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """One command that builds `NAME.Dockerfile` as the image NAME.

    Raises SourceError where the text does not begin as a Dockerfile does.
    """
    lines = enumerate(code.split("\n"), 1)
    number, first = next(
        ((n, line) for n, line in lines if line.strip() and not line.startswith("#")), (1, "")
    )
    if not _FIRST.match(first):
        message = "a Dockerfile begins with FROM, or with ARG before it"
        cure = Cure("dockerfile-from", "Add a line like: FROM busybox")
        raise SourceError(path, number, message, cure)
    return source.commands(path, code, "#", (_BUILD,))
