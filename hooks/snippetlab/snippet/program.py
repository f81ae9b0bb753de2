"""A snippet made ready to run: its commands and the files they find."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.limits import DEFAULTS, FILES, Limits
from snippetlab.registry import DEFAULT, LABS
from snippetlab.snippet import bash, dockerfile, python
from snippetlab.snippet.command import Command
from snippetlab.snippet.requires import NOTHING, Requires
from snippetlab.snippet.snippet import Snippet

LANGUAGES = {".Dockerfile": dockerfile.parse, ".py": python.parse, ".sh": bash.parse}
"""Suffix of a snippet → what finds its commands."""


def is_source(snippet: Snippet) -> bool:
    """Whether the file is what its command works on, and so is shown itself."""
    return snippet.path.suffix != ".sh"


@dataclass(frozen=True)
class Program:
    """What a lab is given to run."""

    path: Path
    """The snippet's file, for messages."""
    commands: tuple[Command, ...]
    files: Mapping[str, bytes]
    """Name in the working directory → content."""
    timeout: float
    """Seconds."""
    limits: Limits = DEFAULTS
    leaves: frozenset[str] = frozenset()
    """What it may leave behind (see leaks.py)."""
    longest: float = LABS[DEFAULT].longest
    """The most that its lab allows for `timeout`."""
    requires: Requires = NOTHING
    apart: bool = False
    """Whether its standard error is told apart."""
    source: str = ""
    """The script as it stands in its file; empty if its commands are not of a script."""


def compile_snippet(snippet: Snippet) -> Program:
    """The program of a snippet. Raises SourceError where its text cannot be understood."""
    files = {name: read(path, FILES) for name, path in snippet.files.items()}
    if is_source(snippet):
        files[snippet.path.name] = snippet.code.lstrip("\n").encode()
    commands = LANGUAGES[snippet.path.suffix](snippet.path, snippet.code)
    longest = LABS[snippet.lab].longest if snippet.runs else snippet.timeout
    source = "" if is_source(snippet) else snippet.code
    return Program(
        snippet.path,
        commands,
        files,
        snippet.timeout,
        limits=snippet.limits,
        leaves=snippet.leaves,
        longest=longest,
        requires=snippet.requires,
        apart=snippet.apart,
        source=source,
    )
