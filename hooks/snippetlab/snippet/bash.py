"""A shell snippet's text → its commands, found as bash finds them, never by their output."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet import annotation
from snippetlab.snippet.command import Command, NestedShell, flatten
from snippetlab.snippet.expansions import DeepError
from snippetlab.snippet.lines import Document, IncompleteError
from snippetlab.snippet.parts import Part, parts
from snippetlab.snippet.tokens import UnexpectedError
from snippetlab.snippet.typing import LONGEST, keys
from snippetlab.snippet.wrappers import opens_shell, reader

LAB_ONLY = "test -d /run/lab ||"
"""How a snippet begins that refuses to run anywhere but in a lab."""

_QUOTED = re.compile(r"(['\"])([a-z][a-z0-9_-]*)\1")


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """The commands of a shell script, one for each that stands at the top level.

    Raises SourceError where the text is no complete shell script.
    """
    commands = tuple(_Parser(path, code).commands())
    if not commands:
        line = code.count("\n")
        cure = Cure("no-command", "Add one.")
        raise SourceError(path, max(line, 1), "the snippet has no command", cure)
    turns = any(command.shell and command.shell.takes_turns for command in flatten(commands))
    if turns and not commands[0].text.startswith(LAB_ONLY):
        message = "run by hand, what is meant for two terminals would all run in one"
        cure = Cure("two-terminals", f"Begin with: {LAB_ONLY} exit 1")
        raise SourceError(path, commands[0].line, message, cure)
    return commands


class _Parser:
    """Walks the top level of one script; nested shells get a parser of their own."""

    def __init__(
        self,
        path: Path,
        code: str,
        first_line: int = 1,
        prompts: tuple[str, ...] = ("$",),
        hidden: bool = False,
    ) -> None:
        """`prompts` are those of the shells around this one, and its own."""
        self._path = path
        self._lines = code.split("\n")
        self._first = first_line
        self._prompts = prompts
        self._outside = False
        self._hidden = hidden
        self._parts = self._read(code)

    def _read(self, code: str) -> tuple[Part, ...]:
        """What bash would read at once, one after another."""
        try:
            return tuple(parts(code))
        except DeepError as error:
            cure = Cure("shell-nested", "Give what is innermost a line of its own, and a name.")
            line = self._first + error.row
            raise SourceError(self._path, line, "this is nested too deeply", cure) from None
        except IncompleteError as error:
            line, message = self._first + error.row, error.said(self._first)
        except UnexpectedError as error:
            line = self._first + error.token.row
            message = f"bash would not take {error.token} here"
        text = "Check the lines from there on with `bash -n`."
        raise SourceError(self._path, line, message, Cure("shell-syntax", text))

    def commands(self) -> Iterator[Command]:
        name, last = "", None
        for part in self._parts:
            if part.is_command:
                if last:
                    yield last
                last = replace(self._command(part), name=name)
                name = ""
            for row, comment in () if part.is_command else part.comments:
                if comment.rstrip() in ("# hide", "# show"):
                    self._hidden = comment.rstrip() == "# hide"
                    continue
                if last and (below := annotation.read(annotation.BELOW, comment)):
                    last = self._typed_into(last, str(below["typed"]), row)
                    continue
                said = annotation.read(annotation.BEFORE, comment)
                if said is None:
                    self._refuse_meant(row, comment)
                elif "terminal" in said:
                    self._outside = self._is_outside(str(said["terminal"]))
                else:
                    name = str(said["name"])
        if last:
            yield last

    def _typed_into(self, command: Command, line: str, row: int) -> Command:
        """The command, with one line more that is typed into it."""
        try:
            keys(line)
        except ValueError as error:
            text = f"Write it in at most {LONGEST} characters, `\\\\` for a backslash;"
            cure = Cure("typed-line", text + " others are \\c, \\xHH and \\^.")
            raise SourceError(self._path, self._first + row, str(error), cure) from None
        if command.settle or command.shell:
            what = "is tried again" if command.settle else "reads a here-document"
            cure = Cure("typed-place", "Type into a command that runs once, and opens no shell.")
            message = f"nothing can be typed into a command that {what}"
            raise SourceError(self._path, self._first + row, message, cure)
        return replace(command, typed=(*command.typed, line))

    def _is_outside(self, terminal: str) -> bool:
        """Whether this terminal is not the one of the shell whose commands are read."""
        here = self._prompts[-1].removesuffix("#")
        if len(self._prompts) == 2 and terminal in ("host", here):
            return terminal == "host"
        text = f"Write `# terminal: host` or `# terminal: {here}`."
        cure = Cure("terminal-name", text)
        message = f"there is no terminal {terminal!r} here"
        if len(self._prompts) != 2:
            message = "only a nested shell can take turns with the shell outside"
            cure = Cure("terminal-place", "Write `# terminal: host` inside its here-document.")
        raise SourceError(self._path, self._first, message, cure)

    def _command(self, part: Part) -> Command:
        rows = part.rows
        lines = self._lines[rows.start : rows.stop]
        said: dict[str, Any] = {}
        for row, comment in part.comments:
            if row not in (rows.start, part.last):
                continue
            if (found := annotation.read(annotation.AFTER, comment)) is None:
                self._refuse_meant(row, comment)
                continue
            said |= found
            shown = lines[row - rows.start].removesuffix(comment).rstrip(" \t")
            lines[row - rows.start] = shown
        command = Command(
            "\n".join(lines),
            self._first + rows.start,
            self._prompts[-2 if self._outside else -1],
            hidden=self._hidden,
            outside=self._outside,
            last_line=self._first + rows.stop - 1,
            **said,
        )
        self._refuse_bare_shell(part)
        if not (document := self._inside(part)):
            return command
        if command.settle:
            message = "a nested shell cannot be tried again"
            cure = Cure("settle-inside", "Let a command inside it settle.")
            raise SourceError(self._path, command.line, message, cure)
        if command.timeout:
            message = "a nested shell has no time limit of its own"
            cure = Cure("timeout-inside", "Give one to a command inside it.")
            raise SourceError(self._path, command.line, message, cure)
        return self._nested(command, part, document)

    def _refuse_meant(self, row: int, comment: str) -> None:
        if not annotation.is_meant(comment):
            return
        message = f"`{comment.strip()}` is no comment that a step can have here"
        cure = Cure("step-comment", *annotation.usage())
        raise SourceError(self._path, self._first + row, message, cure)

    def _refuse_bare_shell(self, part: Part) -> None:
        """Typed at a prompt, the lines after it would be the inner shell's; in a file they are not.

        At best it ends at once, for want of input; at worst the lines hit the reader's machine.
        """
        for simple in part.simple:
            if simple.is_alone and not simple.redirections and opens_shell(simple.words):
                message = "this shell would read no line of the file"
                text = f"Give it a here-document: {' '.join(simple.words)} <<'inside' … inside"
                cure = Cure("bare-shell", text)
                raise SourceError(self._path, self._first + part.rows.start, message, cure)

    def _inside(self, part: Part) -> Document | None:
        """The here-document of a command that is nothing but a shell reading it."""
        if not (part.is_plain and len(part.documents) == 1):
            return None
        simple, document = part.simple[0], part.documents[0]
        ends = simple.redirections == [("<<", document.word)] and simple.redirects_last
        quoted = _QUOTED.fullmatch(document.word)
        if not (ends and quoted and reader(simple.words)):
            return None
        if not document.ends:
            message = "the here-document of this shell does not end"
            cure = Cure("shell-end", f"Write `{document.delimiter}` on a line of its own below it.")
            raise SourceError(self._path, self._first + part.rows.start, message, cure)
        return document

    def _nested(self, command: Command, part: Part, document: Document) -> Command:
        body = "\n".join(self._lines[document.rows.start : document.rows.stop])
        first = document.rows.start
        # What is typed outside stands at the prompt of the shell outside.
        around = self._prompts[:-1] if self._outside else self._prompts
        prompts = (*around, f"{document.delimiter}#")
        inner = _Parser(self._path, body, self._first + first, prompts, self._hidden)
        opening = "\n".join(command.text.split("\n")[: first - part.rows.start])
        program = reader(part.simple[0].words)
        shell = NestedShell(opening, document.delimiter, tuple(inner.commands()), program)
        if not shell.commands:
            message = "the nested shell has no command"
            cure = Cure("empty-shell", "Add one to its here-document.")
            raise SourceError(self._path, command.line, message, cure)
        return replace(command, text=opening[: opening.rindex("<<")].rstrip(), shell=shell)
