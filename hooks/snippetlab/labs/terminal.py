r"""What a terminal would have left of a program's output.

A line is left as it came unless something in it moves the cursor or erases (`\r`, `\b`, and escape
sequences but those of colours): then pyte, a terminal without a window, says what stands there at
last. A sequence that leads to another line concerns all lines. Nothing scrolls away, and lines are
as long as they are. docs/overrides/assets/machine/screen.mjs does the same in the reader's tab.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from snippetlab.sgr import PLAIN, SEQUENCE, Style, change, styled

if TYPE_CHECKING:
    from pyte.screens import Char, Screen

_MOVES = re.compile(rb"[\b\r\x1b]")
_OTHERS = re.compile(r"[\b\r]|\x1b(?!\[[0-9:;]*m)[ -~]")
"""What a line holds that is not left as it came."""
_TOKEN = re.compile(
    r"\x1b\[(?P<private>[<-?]?)(?P<numbers>[0-9:;]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # titles, links and the like
    r"|\x1b[ -/]*(?P<escape>[0-~])|\x1b|(?P<control>[\b\t\n\r])|(?P<text>[^\x1b\b\t\n\r]+)"
)
_VERTICAL = re.compile(r"\x1b(?:\[[0-9;]*[ABEFHJLMdefsu]|[78DEMc])")
_WITHIN = "@ABCDEFGHJKLMPXade`f"
"""Final characters of the sequences that are followed; all others show nothing."""
_FURTHER = "BCDEGHadef`"
"""Those of sequences that may lead to a further line, be it by text that has no room."""
_ESCAPES = {f"\x1b{name}": f"\x1b{name}" for name in "78DEM"} | {"\x1bc": "\x1b[H\x1b[2J"}
_ALIASES = {"`": "G"}
_COLUMNS, _LINES = 80, 24
"""Where a sequence may lead at least."""
_WORK = 20_000_000
"""Columns or lines times sequences; where there are more, output is left as it came."""


def as_left(output: bytes) -> bytes:
    """The output as it stands on the terminal at the end."""
    if not _MOVES.search(output):
        return output
    text = re.sub(r"\r+(?=\n|\Z)", "", output.decode("utf-8", "surrogateescape"))
    text = "\n".join(map(_without_idle, text.split("\n")))
    if not _OTHERS.search(text):
        return text.encode("utf-8", "surrogateescape")
    parts = [text] if _VERTICAL.search(text) else text.split("\n")
    return "\n".join(_left(parts)).encode("utf-8", "surrogateescape")


def _without_idle(line: str) -> str:
    """Where a line only grows, nothing is right of the cursor; grep and GCC erase it even so."""
    grown = line.replace("\x1b[K", "")
    return line if _OTHERS.search(grown) else grown


def _left(parts: list[str]) -> Iterator[str]:
    style = PLAIN
    for part in parts:
        if _OTHERS.search(part):
            shown, style = _shown(part, style)
            yield shown
        else:
            for found in SEQUENCE.finditer(part):
                style = styled(style, found[1])
            yield part


def _shown(text: str, style: Style) -> tuple[str, Style]:
    """What is left of text that begins in this style, and the style after it."""
    # They take a moment that most runs need not spend.
    from pyte.modes import LNM
    from pyte.screens import Screen
    from pyte.streams import Stream

    tokens = list(_TOKEN.finditer(text))
    columns = _COLUMNS + 2 * max(map(len, re.split("[\r\n]", text)))
    orders = sum(1 for token in tokens if not token["text"] and token[0] not in "\b\r\n")
    further = sum(1 for token in tokens if (token["final"] or token["escape"] or "m") in _FURTHER)
    lines = _LINES + text.count("\n") + further
    if max(columns, lines) * orders > _WORK:
        return text, style
    screen = Screen(columns, lines)
    screen.set_mode(LNM)  # a terminal's line end leads to the first column too
    _wear(screen, style)
    stream = Stream(screen)
    for token in tokens:
        if token["text"]:
            _draw(screen, token["text"])
        elif token["final"] == "m" and not token["private"]:
            _wear(screen, styled(_worn(screen.cursor.attrs), token["numbers"]))
        else:
            for y in range(lines if token["final"] == "M" else 0):
                screen.buffer[y]  # pyte takes away only lines that are there
            saved, followed = bool(screen.savepoints), _followed(token)
            stream.feed(followed)
            if saved and followed == "\x1b8":
                screen.save_cursor()  # it may be restored again
    after = _worn(screen.cursor.attrs)
    return "\n".join(_rows(screen, style, after)), after


def _followed(token: re.Match[str]) -> str:
    """What pyte is given of it: a known sequence, with no more numbers than it takes."""
    if token["control"]:
        return token["control"]
    if token["escape"]:
        return _ESCAPES.get(token[0], "")
    final, plain = token["final"] or "", not token["private"] and token[0].count(":") == 0
    numbers = [min(int(n[:5] or 0), 9999) for n in (token["numbers"] or "").split(";")[:2]]
    if final in ("s", "u"):
        return _ESCAPES["\x1b7" if final == "s" else "\x1b8"] if plain else ""
    if not plain or not final or final not in _WITHIN or (final in "JK" and numbers[0] > 2):
        return ""
    given = numbers if final in "Hf" else numbers[:1]
    return f"\x1b[{';'.join(map(str, given))}{_ALIASES.get(final, final)}"


def _draw(screen: "Screen", text: str) -> None:
    """pyte forgets what follows a character without a width, such as a joiner between emoji."""
    from wcwidth import wcwidth

    for plain, character in re.findall(r"([ -~]+)|(.)", text, re.DOTALL):
        if plain or wcwidth(character) > 0:
            screen.draw(plain or character)
        elif wcwidth(character) == 0 and character != "\0" and screen.cursor.x:
            line = screen.buffer[screen.cursor.y]
            at = screen.cursor.x - (1 if line[screen.cursor.x - 1].data else 2)
            line[at] = line[at]._replace(data=line[at].data + character)


def _wear(screen: "Screen", style: Style) -> None:
    """What is drawn from now on has this style, which stands where pyte has a colour's name."""
    screen.cursor.attrs = screen.cursor.attrs._replace(fg=style)  # type: ignore[arg-type]


def _worn(cell: "Char") -> Style:
    return cell.fg if isinstance(cell.fg, Style) else PLAIN


def _rows(screen: "Screen", style: Style, after: Style) -> Iterator[str]:
    """All rows, without the blanks at their ends, from one style to the other."""
    rows = {y: _cells(line) for y, line in screen.buffer.items()}
    last = max((y for y, cells in rows.items() if cells), default=0)
    for y in range(max(last, screen.cursor.y) + 1):
        written = ""
        for text, worn in rows.get(y, []):
            written += change(style, worn) + text
            style = worn
        if y == max(last, screen.cursor.y):
            written += change(style, after)
        yield written


def _cells(line: "Mapping[int, Char]") -> list[tuple[str, Style]]:
    """Each character with its style; of a wide one that was half overwritten a blank is left."""
    from wcwidth import wcwidth

    cells = []
    for x in range(max(line, default=-1) + 1):
        cell = line[x]
        wide = bool(cell.data) and wcwidth(cell.data[0]) == 2
        if cell.data and not (wide and line[x + 1].data):
            cells.append((cell.data, _worn(cell)))
        elif wide or not (x and wcwidth((line[x - 1].data or " ")[0]) == 2):
            cells.append((" ", _worn(cell)))
    while cells and cells[-1][0] == " ":
        cells.pop()
    return cells
