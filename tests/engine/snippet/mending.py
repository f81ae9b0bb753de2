"""Mending a snippet's text as a message advises."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.support import HEADER

Edit = Callable[[str, SourceError], str]
"""A snippet's text and what is said of it → the text as the message advises."""


def as_it_says(text: str, error: SourceError) -> str:
    """The line that is named becomes the line that the message has after its last `: `."""
    found = re.search(r": (# .*)", str(error))
    assert found
    return _with_line(text, error.line, found[1].replace("…", "text"))


def add(line: str) -> Edit:
    """Add a line that the message says, as it is filled in here, to the header."""

    def edit(text: str, error: SourceError) -> str:
        assert line.split("=")[0] in str(error)
        return text.replace("\n# ///\n", f"\n{line}\n# ///\n", 1)

    return edit


def become(line: str) -> Edit:
    """The line that is named becomes another; an empty one goes away."""
    return lambda text, error: _with_line(text, error.line, line)


def without(beginning: str) -> Edit:
    """Take a line away."""
    return lambda text, _: re.sub(rf"^{beginning}.*\n", "", text, flags=re.MULTILINE)


def swap(old: str, new: str) -> Edit:
    """Write something else; what is written must be what the message speaks of."""
    return lambda text, _: text.replace(old, new)


def above(line: str) -> Edit:
    """Put what the message says above the line that it names."""

    def edit(text: str, error: SourceError) -> str:
        assert line in str(error)
        lines = text.split("\n")
        return "\n".join([*lines[: error.line - 1], line, *lines[error.line - 1 :]])

    return edit


def _with_line(text: str, number: int, line: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: number - 1], *([line] if line else []), *lines[number:]])


def text_of(tags: str = "", code: str = "true\n") -> str:
    """A snippet with these tags besides."""
    return HEADER.format(extra=tags) + code


def follow(path: Path, text: str, edit: Edit, project: Project) -> None:
    """The text is refused, and mended as its message says it is not."""
    path.write_text(text)
    with pytest.raises(SourceError) as caught:
        load_library(project)
    path.write_text(edit(text, caught.value))
    load_library(project)
