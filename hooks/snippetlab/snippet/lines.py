"""A shell script as bash reads it: line by line, here-documents from the lines that follow."""

import re
from dataclasses import dataclass


class IncompleteError(Exception):
    """The script ends before what begins in a row does."""

    def __init__(self, row: int, what: str) -> None:
        super().__init__(row, what)
        self.row = row
        self.what = what
        """With `{}` where the line's number belongs."""

    def said(self, first_line: int) -> str:
        """What is wrong, where the script's first line has this number."""
        return re.sub(r"\{(\d*)\}", lambda m: str(first_line + int(m[1] or self.row)), self.what)


@dataclass(frozen=True)
class Document:
    """A here-document."""

    word: str
    """What stands behind `<<`, quotes included."""
    rows: range
    """The rows of its text; its delimiter's is the next."""
    ends: bool = True
    """Whether it has a delimiter; else the script's end ends it, of which bash only warns."""

    @property
    def delimiter(self) -> str:
        """The line that ends it."""
        return unquoted(self.word)


@dataclass
class Pending:
    """A here-document whose text is yet to come."""

    row: int
    word: str
    tabs: bool
    """Whether the tabs before its lines do not count: `<<-`."""


def unquoted(word: str) -> str:
    """A word without its quotes, as far as quotes are all there is to it."""
    parts = re.findall(r"\\(.)|\$?'([^']*)'|\$?\"((?:\\.|[^\"\\])*)\"|([^\\'\"])", word, re.DOTALL)
    return "".join(a or b or re.sub(r'\\([$`"\\])', r"\1", c) or d for a, b, c, d in parts)


class Lines:
    """Where the reading of a script has come to."""

    def __init__(self, code: str) -> None:
        self._lines: list[str] = re.findall(r"[^\n]*\n|[^\n]+", code)
        self._line = ""
        self._column = 0
        self.row = 0
        """How many lines have been read, those of here-documents included."""

    def peek(self, joined: bool = True) -> str:
        """The next character, none at the end. `joined`: a `\\` at a line's end joins it."""
        while True:
            if self._column == len(self._line):
                if self.row == len(self._lines):
                    return ""
                self._line, self._column = self._lines[self.row], 0
                self.row += 1
            if not (joined and self._line.startswith("\\\n", self._column)):
                return self._line[self._column]
            self._column += 2

    def take(self, joined: bool = True) -> str:
        """The next character, which is read by that."""
        character = self.peek(joined)
        self._column += len(character)
        return character

    def run(self, pattern: re.Pattern[str]) -> str:
        """What a pattern matches from here on in this line."""
        found = pattern.match(self._line, self._column)
        assert found, "a run may be empty"
        self._column = found.end()
        return found[0]

    def whole(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next line, if a pattern matches all of it: it is read by that."""
        begins = self._column == len(self._line) and self.row < len(self._lines)
        found = pattern.fullmatch(self._lines[self.row]) if begins else None
        self.row += bool(found)
        return found

    def follows(self, text: str) -> bool:
        """Whether this text follows in the same line."""
        return self._line.startswith(text, self._column)

    @property
    def mark(self) -> tuple[str, int, int]:
        """Where the reading is, for `back`."""
        return self._line, self._column, self.row

    def since(self, mark: tuple[str, int, int]) -> str:
        """What was read since the mark, if it stands in one line; else what tells it apart."""
        line, column, row = mark
        return line[column : self._column] if line is self._line else f"line {row}…)"

    def back(self, mark: tuple[str, int, int]) -> None:
        """Read once more what was read since the mark."""
        self._line, self._column, self.row = mark

    def document(self, pending: Pending, closer: str = "") -> Document:
        """Read a here-document. `closer`: what may follow its delimiter inside a substitution."""
        start = self.row
        delimiter = unquoted(pending.word)
        joined = delimiter == pending.word
        while self.row < len(self._lines):
            begin, line = self.row, self._whole(joined)
            for text in (line, line.lstrip("\t")) if pending.tabs else (line,):
                if text == delimiter:
                    return Document(pending.word, range(start, begin))
                if closer and text.startswith(delimiter) and closer in text[len(delimiter) :]:
                    self._line, self._column = text[len(delimiter) :] + "\n", 0
                    return Document(pending.word, range(start, begin))
        almost = (n for n in range(start, self.row) if self._lines[n].strip() == delimiter)
        if (row := next(almost, None)) is None:
            return Document(pending.word, range(start, self.row), ends=False)
        message = f"the here-document `<<{pending.word}` that begins in line {{}} does not end"
        message += f": in line {{{row}}}, `{delimiter}` does not stand alone"
        raise IncompleteError(pending.row, message)

    def _whole(self, joined: bool) -> str:
        line: str = self._lines[self.row].removesuffix("\n")
        self.row += 1
        while joined and self.row < len(self._lines) and re.search(r"(?<!\\)(\\\\)*\\$", line):
            line = line[:-1] + self._lines[self.row].removesuffix("\n")
            self.row += 1
        return line
