"""The words and operators of a shell script."""

import re
from dataclasses import dataclass

from snippetlab.snippet.expansions import Expansions
from snippetlab.snippet.lines import IncompleteError, Pending

REDIRECTIONS = frozenset(("<", "<<", "<<-", "<<<", "<&", "<>", ">", ">>", ">&", ">|", "&>", "&>>"))
_OPERATORS = REDIRECTIONS.union((";", ";;", ";&", ";;&", "&", "&&", "|", "||", "|&", "(", ")"))
_BEFORE_COMMANDS = ("!", "time", "{", "if", "while", "until", "then", "elif", "else", "do")
_DECLARING = ("alias", "declare", "eval", "export", "let", "local", "readonly", "typeset")
"""Builtins to which `x=(…)` may be an argument."""
_REST = re.compile(r"[^\n]*")
_PLAIN = re.compile(r"[^\\'\"`$<>?*+@!\[=()&|; \t\n]*")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ASSIGNED = re.compile(r"[A-Za-z_]\w*(\[.*\])?\+?", re.ASCII | re.DOTALL)
_ASSIGNMENT = re.compile(_ASSIGNED.pattern + "=", re.ASCII | re.DOTALL)
_DESCRIPTOR = re.compile(r"\d+|\{[A-Za-z_]\w*(\[.*\])?\}", re.ASCII)


def is_assignment(word: str) -> bool:
    """Whether it assigns, where it stands in front of a command."""
    return bool(_ASSIGNMENT.match(word))


@dataclass(frozen=True)
class Token:
    """A word, or an operator: a newline and the script's end, which has no text, are such too."""

    text: str
    row: int
    is_word: bool = False

    def __str__(self) -> str:
        names = {"\n": "the end of a line", "": "the end of the script"}
        return f"`{self.text}`" if self.is_word else names.get(self.text, f"`{self.text}`")

    def is_operator(self, *texts: str) -> bool:
        """Whether it is one of these."""
        return not self.is_word and self.text in texts

    def is_reserved(self, *words: str) -> bool:
        """Whether it is one of these words as it stands, without quotes."""
        return self.is_word and self.text in words


class UnexpectedError(Exception):
    """A token stands where it cannot stand."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


class Tokens(Expansions):
    """Reads a script token by token."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.comments: list[tuple[int, str]] = []
        """The row and text of each."""
        self.extglob = False
        """Whether `!(` begins a pattern wherever it stands."""
        self.command = ""
        """The first word of the command that is read, after what it assigns."""
        self.is_pattern = False
        """Whether a pattern of `case` is read."""
        self._next: Token | None = None
        self._previous = Token("\n", 0)

    def peek(self) -> Token:
        """The next token."""
        if self._next is None:
            self._next = self._token()
        return self._next

    def take(self) -> Token:
        """The next token, which is read by that."""
        self._previous, self._next = self.peek(), None
        return self._previous

    def take_operator(self, *texts: str) -> Token:
        """The next token, which must be one of these."""
        if not self.peek().is_operator(*texts):
            raise UnexpectedError(self.peek())
        return self.take()

    def take_reserved(self, *words: str) -> Token:
        """The next token, which must be one of these words."""
        if not self.peek().is_reserved(*words):
            raise UnexpectedError(self.peek())
        return self.take()

    def take_word(self) -> Token:
        """The next token, which must be a word."""
        if not self.peek().is_word:
            raise UnexpectedError(self.peek())
        return self.take()

    def newlines(self) -> None:
        """Read those that mean nothing here."""
        while self.peek().is_operator("\n"):
            self.take()

    def redirection(self) -> tuple[str, str] | None:
        """The operator of a redirection, with its number, and what follows, if there is one."""
        number, token = "", self.peek()
        if token.is_word and _DESCRIPTOR.fullmatch(token.text) and self.lines.peek() in ("<", ">"):
            number = self.take().text
        if not self.peek().is_operator(*REDIRECTIONS):
            return None
        operator = self.take()
        target = self.take_word()
        if operator.text in ("<<", "<<-"):
            self._pending.append(Pending(operator.row, target.text, operator.text == "<<-"))
        return number + operator.text, target.text

    def word(self, *, regex: bool = False, element: bool = False) -> str:
        """Read a word. `regex`: one after `=~`; `element`: one in an array."""
        word = ""
        while character := self.lines.peek():
            if character in " \t\n;&)" or (character in "(|" and not regex):
                break
            if character in "<>" and not self.lines.follows(character + "("):
                break
            word += self._piece(word, element)
        return word

    def _token(self) -> Token:
        self.blanks()
        character, row = self.lines.peek(), self.here
        if character == "#":
            self.comments.append((row, self.lines.run(_REST)))
            character = self.lines.peek(joined=False)
        if character in ("", "\n"):
            self.lines.take(joined=False)
            self.gather()
            return Token(character, row)
        if character not in ";&|()<>" or self.lines.follows("<(") or self.lines.follows(">("):
            return Token(self.word(), row, is_word=True)
        operator = self.lines.take()
        while self.lines.peek() and operator + self.lines.peek() in _OPERATORS:
            operator += self.lines.take()
        return Token(operator, row)

    def _piece(self, word: str, element: bool) -> str:
        """The next piece of a word that has begun."""
        if plain := self.lines.run(_PLAIN):
            return plain
        character = self.lines.take()
        following = self.lines.peek(joined=character != "\\")
        if character == "\\":
            return character + self.lines.take(joined=False)
        if character in "'\"`":
            return character + self.quoted(character)
        if character in "$<>":
            return character + self.expansion(character)
        if character == "(" or (following == "(" and self._is_pattern(word, character)):
            opener = "" if character == "(" else self.lines.take()
            return character + opener + self.matched("(", ")")
        indexed = _NAME.fullmatch(word) and self._at_command and not element
        if character == "[" and (indexed or (element and not word)):
            return character + self.matched("[", "]", nests=True)
        if character + following == "=(" and _ASSIGNED.fullmatch(word) and self._assigns(element):
            return character + self.lines.take() + self._array()
        return character

    @property
    def _at_command(self) -> bool:
        """Whether a command may begin here."""
        before = self._previous
        if self.is_pattern or self.command:
            return False
        if not before.is_word:
            return before.text not in REDIRECTIONS
        return before.text in _BEFORE_COMMANDS or is_assignment(before.text)

    def _is_pattern(self, word: str, character: str) -> bool:
        """Neither `! (…)` nor a function that is called so."""
        if character not in "?*+@!" or (self._at_command and self.lines.follows("()")):
            return False
        return self.extglob or bool(word) or character != "!" or not self._at_command

    def _assigns(self, element: bool) -> bool:
        return not element and (self._at_command or self.command in _DECLARING)

    def _array(self) -> str:
        row, text = self.here, ""
        while True:
            self.blanks()
            character = self.lines.peek()
            if not character:
                raise IncompleteError(row, "the array that begins in line {} does not end")
            if character == ")":
                return text + self.lines.take()
            if character == "#":
                self.comments.append((self.here, self.lines.run(_REST)))
            elif character == "\n":
                self.lines.take()
                self.gather()
            elif element := self.word(element=True):
                text += element + " "
            else:
                raise UnexpectedError(Token(character, self.here))
