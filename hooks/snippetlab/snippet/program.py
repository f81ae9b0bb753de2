"""A snippet made ready to run: its commands and the files they find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, SourceError
from snippetlab.limits import DEFAULTS, FILES, Limits
from snippetlab.registry import DEFAULT, LABS
from snippetlab.snippet import source
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.requires import NOTHING, Requires
from snippetlab.snippet.snippet import Snippet
from snippetlab.snippet.versions import check_statuses


def is_source(snippet: Snippet) -> bool:
    """Whether the file is what its commands work on, and so is shown itself."""
    return not (snippet.session or snippet.language.script)


def source_of(snippet: Snippet) -> str:
    """What is shown of such a file: all but its header and what is meant for the engine."""
    return source.shown(snippet.code, snippet.language.sign)


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
    session: bool = False
    """Whether its commands are statements for an interpreter."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What they find there besides what all snippets find."""
    terminal: bool = False
    """Whether its shell's input and output are a terminal."""


def _refuse_typed(path: Path, commands: tuple[Command, ...]) -> None:
    """Programs ask at a terminal; elsewhere most of them read what they find, and say nothing."""
    if typed := next((command for command in flatten(commands) if command.typed), None):
        message = "something is typed into this step, and the snippet has no terminal"
        cure = Cure("typed-without-terminal", "Add to its header: # terminal = true")
        raise SourceError(path, typed.line, message, cure)


def compile_snippet(snippet: Snippet) -> Program:
    """The program of a snippet. Raises SourceError where its text cannot be understood."""
    files = {name: read(path, FILES) for name, path in snippet.files.items()}
    if is_source(snippet):
        files[snippet.file.name] = snippet.text.encode()
    language = snippet.language
    parse = (snippet.session and language.session) or language.commands
    commands = parse(snippet.file, snippet.code)
    check_statuses(snippet, commands)
    commands = tuple(command.in_version(snippet.version) for command in commands)
    longest = LABS[snippet.lab].longest if snippet.runs else snippet.timeout
    if not snippet.terminal:
        _refuse_typed(snippet.file, commands)
    script = None if snippet.session else language.script
    return Program(
        snippet.file,
        commands,
        files,
        snippet.timeout,
        limits=snippet.limits,
        leaves=snippet.leaves,
        longest=longest,
        requires=snippet.requires,
        apart=snippet.apart,
        source=script(snippet.file, snippet.code) if script else "",
        session=snippet.session,
        environment=language.environment,
        terminal=snippet.terminal,
    )
