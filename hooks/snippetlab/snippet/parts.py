"""A shell script's text → what bash reads at once.

bash takes whole lines: what it runs before it reads on ends at the newline that ends a command.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from snippetlab.snippet.grammar import CLOSERS, Grammar
from snippetlab.snippet.lines import Document, IncompleteError
from snippetlab.snippet.tokens import REDIRECTIONS, Token, UnexpectedError, is_assignment

_JOINS = ("&&", "||", "|", "|&")
_ENDS = (";", "&")
_EMPTY = re.compile(r"[ \t]*(#[^\n]*)?\n")
_EXTGLOB = re.compile(r"shopt (\S+ )*-s (\S+ )*extglob\b")
"""What makes `!(` a pattern everywhere."""


@dataclass
class Simple:
    """A command that is nothing but words and redirections."""

    words: list[str] = field(default_factory=list)
    redirections: list[tuple[str, str]] = field(default_factory=list)
    """The operator, with its descriptor's number, and what follows it."""
    redirects_last: bool = False
    is_alone: bool = False
    """Whether no `|`, `&&` or `||` stands beside it."""


@dataclass(frozen=True)
class Part:
    """What bash reads at once; an empty line is such, and one with only a comment."""

    rows: range
    last: int
    """The row in which its commands end; here-documents may follow."""
    is_command: bool
    is_plain: bool
    """Whether it is nothing but one simple command, perhaps timed."""
    simple: tuple[Simple, ...]
    """Its simple commands, but those inside compound commands."""
    documents: tuple[Document, ...]
    comments: tuple[tuple[int, str], ...]
    """The row and text of each."""


def parts(code: str) -> Iterator[Part]:
    """All of a script. Raises IncompleteError, UnexpectedError, DeepError."""
    reader = _Parts(code)
    while True:
        start = reader.lines.row
        if empty := reader.lines.whole(_EMPTY):
            comments = ((start, empty[1]),) if empty[1] else ()
            yield Part(range(start, start + 1), start, False, False, (), (), comments)
            continue
        if reader.peek().is_operator(""):
            return
        yield reader.part(start)


class _Parts(Grammar):
    """Reads lists and pipelines."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self._simple: list[Simple] = []
        self._is_plain = True
        self._count = 0

    def part(self, start: int) -> Part:
        self._simple, self._count, self._is_plain = [], 0, True
        self.commands(may_lack=True)
        end = self.take()
        if not end.is_operator("\n", ""):
            raise UnexpectedError(end)
        part = Part(
            range(start, self.lines.row),
            end.row,
            self._count > 0,
            self._is_plain and len(self._simple) == 1 == self._count,
            tuple(self._simple),
            tuple(self.documents),
            tuple(self.comments),
        )
        self.documents.clear()
        self.comments.clear()
        return part

    def commands(self, *, may_lack: bool = False) -> None:
        """Outside of all else a newline ends them, unless a command is yet to come."""
        operator = ""
        while True:
            token = self.peek()
            if token.is_operator("\n") and (self.inside or operator in _JOINS):
                self.take()
                continue
            if not self._begins(token):
                if token.is_operator("") and operator in _JOINS:
                    raise IncompleteError(token.row, f"after `{operator}` the script ends")
                if operator in _JOINS or not may_lack:
                    raise UnexpectedError(token)
                return
            may_lack = True
            operator = self._pipeline(operator)
            token = self.peek()
            follows = token.is_word and not token.is_reserved(*CLOSERS)
            if not operator and (follows or token.is_operator("(")):
                raise UnexpectedError(token)

    def _begins(self, token: Token) -> bool:
        """Whether a command can begin with it."""
        if token.is_word:
            return token.text not in CLOSERS
        return token.is_operator("(", *REDIRECTIONS)

    def _pipeline(self, before: str) -> str:
        """A command of one. `before`: the operator in front of it; returns the one behind it."""
        first, has_prefix, operator = len(self._simple), False, ""
        while self._is_prefix(self.peek(), is_piped=before in ("|", "|&")):
            has_prefix = True
            self._is_plain &= self.take().text == "time" or self.inside > 0
            while self.peek().is_reserved("-p", "--"):
                self.take()
        if not has_prefix or not self.peek().is_operator(";", "\n", ""):
            self._command()
        if self.peek().is_operator(*_JOINS, *_ENDS):
            operator = self.take().text
        if not self.inside:
            self._count += 1
            self._is_plain &= not operator
            for simple in self._simple[first:]:
                simple.is_alone = before not in _JOINS and operator not in _JOINS
        return operator

    def _is_prefix(self, token: Token, *, is_piped: bool) -> bool:
        """To bash `time` is a program's name behind `|` and `$(`; `!` cannot be there."""
        if token.is_reserved("!") and is_piped:
            raise UnexpectedError(token)
        times = token.is_reserved("time") and not is_piped
        return token.is_reserved("!") or (times and not self._previous.is_operator("$("))

    def _command(self) -> None:
        if self.opens(self.peek()):
            self.compound()
        elif self.peek().is_reserved("function"):
            self.take()
            self.take_word()
            self.function(needs_parentheses=False)
        elif self.peek().is_reserved("coproc"):
            self.take()
            names = []
            if self.peek().is_word and not self.opens(self.peek()):
                names = [self.take().text]
            if self.opens(self.peek()):
                self.compound()
            else:
                self._simple_command(names)
        else:
            self._simple_command([])

    def _simple_command(self, words: list[str]) -> None:
        """`words`: those that have been read."""
        simple = Simple(words)
        while True:
            self.command = next((word for word in words if not is_assignment(word)), "")
            if found := self.redirection():
                simple.redirections.append(found)
                simple.redirects_last = True
            elif self.peek().is_word:
                words.append(self.take().text)
                simple.redirects_last = False
            else:
                break
        self.command = ""
        if self.peek().is_operator("("):
            if len(words) != 1 or simple.redirections:
                raise UnexpectedError(self.peek())
            self.function(needs_parentheses=True)
            return
        if not words and not simple.redirections:
            raise UnexpectedError(self.peek())
        self.extglob |= bool(_EXTGLOB.match(" ".join(words)))
        if not self.inside:
            self._simple.append(simple)
