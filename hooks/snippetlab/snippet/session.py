"""A Python file → the statements that an interpreter is given one after another.

Only their limits are sought here, among tokens, which grow old slower than a grammar: what the
host's Python does not know yet, the lab's may.
"""

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet.command import Command
from snippetlab.transcript import INTERPRETER

MORE = "..."
"""The prompt of lines that go on; a recording has `>` there, as in a shell."""
_CLAUSES = frozenset({"elif", "else", "except", "finally"})
"""Words that begin no statement, but go on with one."""
_EXPECTATION = re.compile(r"#\s*\?\s*(1|\*)\s*")
_NAME = re.compile(r"#\s*step:\s*(\S+)\s*")
_MEANT = re.compile(r"#\s*(?:\?|(?:settle|step|terminal)\s*:)", re.IGNORECASE)


@dataclass
class _Rows:
    """Of a statement, from 1."""

    first: int
    last: int


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """The statements at the top level, each a step.

    Raises SourceError where they cannot be told apart.
    """
    tokens = _tokens(path, code)
    commands = tuple(_commands(path, code, tokens))
    if not commands:
        line = max(code.count("\n"), 1)
        raise SourceError(
            path, line, "the session has no statement", Cure("no-statement", "Add one.")
        )
    return commands


def _tokens(path: Path, code: str) -> list[tokenize.TokenInfo]:
    try:
        found = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else error.args[1][0]
        raise _unparted(path, line or 1, error.args[0]) from None
    broken = (t for t in found if t.type == tokenize.ERRORTOKEN and t.string.strip())
    if token := next(broken, None):
        raise _unparted(path, token.start[0], f"unexpected {token.string}")
    return found


def _unparted(path: Path, line: int, why: str) -> SourceError:
    cure = Cure(
        "session-tokens",
        f"Check it with `python3 -m py_compile {path.name}`. What only a later Python understands"
        " may need a line of its own.",
    )
    return SourceError(path, line, f"statements cannot be told apart here: {why}", cure)


def _commands(path: Path, code: str, tokens: Sequence[tokenize.TokenInfo]) -> Iterator[Command]:
    lines = code.split("\n")
    kept = {row for t in tokens for row in range(t.start[0] + 1, t.end[0] + 1)}
    comments = {t.start[0]: t for t in tokens if t.type == tokenize.COMMENT}
    hidden, name, passed = False, "", 0
    for rows in _statements(tokens):
        for row in range(passed + 1, rows.first):
            if not (comment := comments.get(row)):
                continue
            text = comment.string.rstrip()
            if text in ("# hide", "# show"):
                hidden = text == "# hide"
            elif found := _NAME.fullmatch(text):
                name = found[1]
            else:
                _refuse_meant(path, row, text)
        passed = rows.last
        expects: int | None = 0
        for row in {rows.first, rows.last} & comments.keys():
            comment = comments[row]
            if not (found := _EXPECTATION.fullmatch(comment.string)):
                _refuse_meant(path, row, comment.string)
                continue
            expects = None if found[1] == "*" else int(found[1])
            lines[row - 1] = lines[row - 1][: comment.start[1]].rstrip()
        # A blank line would end the statement where it is typed.
        own = range(rows.first, rows.last + 1)
        text = "\n".join(lines[r - 1] for r in own if lines[r - 1].strip() or r in kept)
        yield Command(text, rows.first, INTERPRETER, expects, hidden=hidden, name=name)
        name = ""
    for row in range(passed + 1, len(lines) + 1):
        if (comment := comments.get(row)) and comment.string.rstrip() not in ("# hide", "# show"):
            _refuse_meant(path, row, comment.string)


def _statements(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[_Rows]:
    rows: _Rows | None = None
    depth, decorates = 0, False
    begin: tokenize.TokenInfo | None = None
    for token in tokens:
        if token.type in (tokenize.INDENT, tokenize.DEDENT):
            depth += 1 if token.type == tokenize.INDENT else -1
        elif token.type == tokenize.NEWLINE and begin:
            goes_on = depth or decorates or begin.string in _CLAUSES
            if rows and not goes_on:
                yield rows
            rows = _Rows(rows.first if rows and goes_on else begin.start[0], token.start[0])
            decorates = not depth and begin.string == "@"
            begin = None
        elif token.type not in (tokenize.NL, tokenize.COMMENT):
            begin = begin or token
    if rows:
        yield rows


def _refuse_meant(path: Path, row: int, comment: str) -> None:
    if _MEANT.match(comment):
        cure = Cure(
            "session-comment",
            "After a statement that is to raise an exception: # ? 1",
            "On a line of its own before one: # step: name",
        )
        message = f"`{comment.strip()}` is no comment that a statement can have here"
        raise SourceError(path, row, message, cure)
