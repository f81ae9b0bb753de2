"""The languages that a snippet can be written in: a table, so that one more is a row of it.

A file that is compiled or interpreted needs no code, only its row, and in `lab/base.toml` the
Debian package that brings its program.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.snippet import bash, console, dockerfile, python, source
from snippetlab.snippet.command import Command

Parse = Callable[[Path, str], tuple[Command, ...]]
"""A snippet's file and its code → its commands. Raises SourceError."""


@dataclass(frozen=True)
class Language:
    """What the engine knows of one."""

    name: str
    lexer: str
    """As Pygments calls it."""
    sign: str = "#"
    """What a comment begins with, and so each line of the header."""
    runs: tuple[str, ...] = ()
    """The commands that run a file `{name}` whose name without suffix is `{stem}`."""
    parse: Parse | None = None
    """What finds the commands, where it is more than to fill in `runs`."""
    script: Callable[[Path, str], str] | None = None
    """What of the code a shell runs, line for line; None where the file is what commands run."""
    session: Parse | None = None
    """What finds the statements that an interpreter is given one after another."""
    programs: frozenset[str] = frozenset()
    """What runs and need not be named in a command."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What its commands find there besides."""

    def commands(self, path: Path, code: str) -> tuple[Command, ...]:
        """The commands of a snippet. Raises SourceError where its text cannot be understood."""
        if self.parse:
            return self.parse(path, code)
        return source.commands(path, code, self.sign, self.runs)


LANGUAGES: dict[str, Language] = {
    ".c": Language(
        *("C", "c", "//"),
        runs=("cc -o {stem} {name}", "./{stem}"),
        programs=frozenset({"gcc", "tcc"}),
    ),
    ".console": Language(
        *("console", "console"),
        parse=console.parse,
        script=console.script,
        programs=frozenset({"bash"}),
    ),
    ".Dockerfile": Language("Dockerfile", "docker", parse=dockerfile.parse),
    ".py": Language(
        *("Python", "python"),
        parse=python.parse,
        session=python.statements,
        programs=frozenset({"python3"}),
        # In a terminal, lines come as they are printed; to a pipe, Python would hold them back.
        environment={"PYTHONUNBUFFERED": "1"},
    ),
    ".sh": Language(
        *("bash", "bash"),
        parse=bash.parse,
        script=lambda _, code: code,
        programs=frozenset({"bash"}),
    ),
}
"""Suffix of a snippet → its language."""


def sign_of(path: Path) -> str:
    """What a comment begins with in that file."""
    language = LANGUAGES.get(path.suffix)
    return language.sign if language else "#"
