"""A shell snippet's text → its commands, found by a real parser, never by their output."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import tree_sitter

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet import syntax
from snippetlab.snippet.command import Command, NestedShell, flatten
from snippetlab.snippet.wrappers import SHELLS, opens_shell, shell_name

LAB_ONLY = "test -d /run/lab ||"
"""How a snippet begins that refuses to run anywhere but in a lab."""

_QUOTED = re.compile(r"(['\"])([a-z][a-z0-9_-]*)\1")
_EXPECTATION = re.compile(r"#\s*\?\s*(\d{1,3}|\*)\s*")
_SETTLE = re.compile(r"#\s*settle:?\s*(\d+(?:\.\d+)?)\s*s\s*")
_TERMINAL = re.compile(r"#\s*terminal:\s*(\S+)\s*")
_NAME = re.compile(r"#\s*step:\s*(\S+)\s*")
_MEANT = re.compile(r"#\s*(?:\?|(?:settle|step|terminal)\s*:)", re.IGNORECASE)
"""How a comment begins that is meant for the engine; written otherwise, readers would see it."""


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
        self._tree = syntax.tree(code)
        try:
            self._comments = [
                (node.start_point.row, syntax.text(node))
                for node in syntax.walk(self._tree.root_node)
                if node.type == "comment"
            ]
        except RecursionError as error:
            cure = Cure("shell-nested", "Give what is innermost a line of its own, and a name.")
            line = first_line + error.args[0]
            raise SourceError(path, line, "this is nested too deeply", cure) from None

    def commands(self) -> Iterator[Command]:
        self._refuse_errors()
        name = ""
        for found in self._parts():
            if isinstance(found, range):
                yield replace(self._command(found), name=name)
                name = ""
            elif found in ("# hide", "# show"):
                self._hidden = found == "# hide"
            elif terminal := _TERMINAL.fullmatch(found):
                self._outside = self._is_outside(terminal[1])
            elif named := _NAME.fullmatch(found):
                name = named[1]
            else:
                rows = (row for row, text in self._comments if text.rstrip() == found)
                self._refuse_meant(next(rows), found)

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

    def _refuse_errors(self) -> None:
        if not self._tree.root_node.has_error:
            return
        broken = next(
            node
            for node in syntax.walk(self._tree.root_node)
            if node.type == "ERROR" or node.is_missing
        )
        line = self._first + broken.start_point.row
        message = "the shell parser does not understand this line"
        text = "Check it with `bash -n`; give each here-document a line of its own."
        cure = Cure("shell-syntax", text)
        raise SourceError(self._path, line, message, cure)

    def _parts(self) -> Iterator[range | str]:
        """The rows of each command, and each comment that has its rows for itself."""
        rows = range(0)
        for node in self._tree.root_node.children:
            start, stop = node.start_point.row, syntax.last_row(node) + 1
            if start < rows.stop:
                rows = range(rows.start, max(rows.stop, stop))
                continue
            if rows:
                yield rows
            rows = range(0) if node.type == "comment" else range(start, stop)
            if node.type == "comment":
                yield syntax.text(node).rstrip()
        if rows:
            yield rows

    def _command(self, rows: range) -> Command:
        text = "\n".join(self._lines[rows.start : rows.stop])
        expects: int | None = 0
        settle = 0.0
        for row, comment in self._comments:
            if row not in (rows.start, rows.stop - 1):
                continue
            if found := _EXPECTATION.fullmatch(comment):
                expects = None if found[1] == "*" else int(found[1])
            elif found := _SETTLE.fullmatch(comment):
                settle = float(found[1])
            else:
                self._refuse_meant(row, comment)
                continue
            text = re.sub(rf"[ \t]*{re.escape(comment)}(?=\n|$)", "", text, count=1)
        line = self._first + rows.start
        prompt = self._prompts[-2 if self._outside else -1]
        command = Command(text, line, prompt, expects, settle, self._hidden, outside=self._outside)
        command = replace(command, last_line=self._first + rows.stop - 1)
        self._refuse_bare_shell(rows)
        document = self._here_document(rows)
        if document and settle:
            message = "a nested shell cannot be tried again"
            cure = Cure("settle-inside", "Let a command inside it settle.")
            raise SourceError(self._path, line, message, cure)
        return self._nested(command, rows, document) if document else command

    def _refuse_meant(self, row: int, comment: str) -> None:
        if not _MEANT.match(comment):
            return
        text = (
            "After its command: # ? 1, # ? * or # settle: 5s",
            "On a line of its own before it: # step: name or # terminal: host",
        )
        message = f"`{comment.strip()}` is no comment that a step can have here"
        raise SourceError(self._path, self._first + row, message, Cure("step-comment", *text))

    def _refuse_bare_shell(self, rows: range) -> None:
        """Typed at a prompt, the lines after it would be the inner shell's; in a file they are not.

        At best it ends at once, for want of input; at worst the lines hit the reader's machine.
        """
        for node in self._tree.root_node.children:
            if node.type != "command" or node.start_point.row not in rows:
                continue
            if opens_shell(syntax.words(node)):
                message = "this shell would read no line of the file"
                text = f"Give it a here-document: {syntax.text(node)} <<'inside' … inside"
                cure = Cure("bare-shell", text)
                raise SourceError(self._path, self._first + rows.start, message, cure)

    def _here_document(self, rows: range) -> tree_sitter.Node | None:
        """The here-document of a command that is nothing but a shell reading it."""
        nodes = [n for n in self._tree.root_node.children if n.start_point.row in rows]
        nodes = [n for n in nodes if n.type != "comment"]
        if len(nodes) != 1 or nodes[0].type != "redirected_statement":
            return None
        body, *redirects = nodes[0].children
        if body.type != "command" or [r.type for r in redirects] != ["heredoc_redirect"]:
            return None
        kinds = {child.type for child in redirects[0].children}
        plain = {"<<", "heredoc_start", "heredoc_body", "heredoc_end", "comment"}
        words = [word for word in syntax.words(body) if not word.startswith("-")]
        delimiter = syntax.text(redirects[0].children[1])
        if not (kinds <= plain and words) or Path(words[-1]).name not in SHELLS:
            return None
        return redirects[0] if _QUOTED.fullmatch(delimiter) else None

    def _nested(self, command: Command, rows: range, document: tree_sitter.Node) -> Command:
        start = next(n for n in document.children if n.type == "heredoc_start")
        found = _QUOTED.fullmatch(syntax.text(start))
        assert found, "_here_document takes quoted delimiters only"
        first_row = start.start_point.row + 1
        body = "\n".join(self._lines[first_row : rows.stop - 1])
        # What is typed outside stands at the prompt of the shell outside.
        around = self._prompts[:-1] if self._outside else self._prompts
        prompts = (*around, f"{found[2]}#")
        inner = _Parser(self._path, body, self._first + first_row, prompts, self._hidden)
        opening = "\n".join(command.text.split("\n")[: first_row - rows.start])
        words = syntax.words(document.parent.children[0]) if document.parent else []
        shell = NestedShell(opening, found[2], tuple(inner.commands()), shell_name(words))
        if not shell.commands:
            message = "the nested shell has no command"
            cure = Cure("empty-shell", "Add one to its here-document.")
            raise SourceError(self._path, command.line, message, cure)
        return replace(command, text=opening[: opening.rindex("<<")].rstrip(), shell=shell)
