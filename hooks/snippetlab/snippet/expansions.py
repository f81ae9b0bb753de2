"""Quotes and expansions of a shell script: where each of them ends."""

import re
from abc import ABC, abstractmethod

from snippetlab.snippet.lines import Document, IncompleteError, Lines, Pending

_DEEPEST = 70
"""Things within one another, a `$(` being two; each takes up to 8 calls of Python's 1000."""
_NAMES = {"'": "quote", '"': "quote", "`": "backquote", "(": "parenthesis"}
BLANKS = re.compile(r"[ \t]*")


class DeepError(Exception):
    """What begins in a row is nested too deeply."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class Expansions(ABC):
    """Reads what may hold blanks and newlines inside a word."""

    def __init__(self, code: str) -> None:
        self.lines = Lines(code)
        self.documents: list[Document] = []
        """The here-documents that have been read."""
        self._pending: list[Pending] = []
        self._closer = ""
        self._depth = 0

    @abstractmethod
    def substituted(self) -> None:
        """Read commands and the parenthesis that ends them."""

    @property
    def here(self) -> int:
        """The row of the last character that was read."""
        return max(self.lines.row - 1, 0)

    def blanks(self) -> None:
        """Read what parts words."""
        while self.lines.peek() in (" ", "\t"):
            self.lines.run(BLANKS)

    def gather(self) -> None:
        """Read the here-documents whose turn it is."""
        pending, self._pending = self._pending, []
        self.documents += [self.lines.document(one, self._closer) for one in pending]

    def deeper(self, row: int, steps: int = 1) -> None:
        """Begin something within something."""
        self._depth += steps
        if self._depth > _DEEPEST:
            raise DeepError(row)

    def higher(self, steps: int = 1) -> None:
        """End it."""
        self._depth -= steps

    def quoted(self, quote: str, escapes: bool = False) -> str:
        """The rest of what this quote began. `escapes`: it is `$'…'`."""
        return self.matched(quote, quote, escapes=escapes)

    def expansion(self, sign: str) -> str:
        """What belongs to the `$`, `<` or `>` that has been read inside a word."""
        character = self.lines.peek()
        if character == "(":
            return self.lines.take() + self._substitution()
        if sign != "$":
            return ""
        if character in ("{", "["):
            return self.lines.take() + self._braced(character)
        if character in ("'", '"'):
            return self.lines.take() + self.quoted(character, escapes=character == "'")
        return self.lines.take() if character == "$" else ""

    def arithmetic(self) -> str:
        """The rest of `((`, up to the first of the parentheses that close it."""
        return self.matched("(", ")", arithmetic=True)

    def _braced(self, opener: str) -> str:
        if opener == "{":
            return self.matched("{", "}", nests=True)
        return self.matched("[", "]", arithmetic=True)

    def _substitution(self) -> str:
        """The rest of `$(`; what begins with `$((` is arithmetic first of all."""
        if self.lines.peek() == "(":
            return self.arithmetic()
        begin = self.lines.mark
        pending, closer = self._pending, self._closer
        self._pending, self._closer = [], ")"
        self.deeper(self.here, 2)
        self.substituted()
        self.gather()
        self.higher(2)
        self._pending, self._closer = pending, closer
        return self.lines.since(begin)

    def matched(
        self,
        opener: str,
        closer: str,
        *,
        escapes: bool = False,
        nests: bool = False,
        arithmetic: bool = False,
    ) -> str:
        """Up to the closer of the opener that has been read: parse_matched_pair of bash.

        `nests`: `${…}` or an index, in which `$(` and `<(` hold commands; `arithmetic`: `$(` does.
        """
        row, count, text = self.here, 1, ""
        dollar = redirects = False
        self.deeper(row)
        while True:
            character = self.lines.take(joined=opener != "'")
            text += character
            if not character:
                what = _NAMES.get(opener, f"`{opener}`")
                raise IncompleteError(row, f"the {what} that begins in line {{}} does not end")
            if character == closer:
                count -= 1
            elif character == opener and (opener != "{" or dollar):
                count += 1
            if not count:
                self.higher()
                return text
            if character == "\\" and (opener != "'" or escapes):
                text += self.lines.take(joined=False)
                dollar = redirects = False
                continue
            if opener == "'":
                continue
            if character in ("'", '"', "`") and (opener != closer or opener + character == '"`'):
                text += self.quoted(character, escapes=dollar and character == "'")
            elif (dollar and character in _expanding(opener, closer, nests, arithmetic)) or (
                redirects and nests and character == "("
            ):
                count -= character == opener
                text += self._substitution() if character == "(" else self._braced(character)
            redirects = character in "<>" and not redirects
            dollar = character == "$" and not dollar


def _expanding(opener: str, closer: str, nests: bool, arithmetic: bool) -> str:
    """What begins an expansion behind `$` here."""
    if opener == "`":
        return ""
    if opener == closer or nests:
        return "({["
    return "(" if arithmetic else ""
