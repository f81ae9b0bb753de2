r"""Colours and weights as programs print them: SGR, "select graphic rendition" (ECMA-48, 8.3.117).

`\e[1;31m` and its like. docs/overrides/assets/machine/sgr.mjs reads them alike in the tab.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

SEQUENCE = re.compile(r"\x1b\[([0-9:;]*)m")
_AWAY = 0x10F000
"""Among the characters for private use, which no kind of value takes for a letter or a digit."""
MOVED = re.compile(
    rf"{chr(_AWAY + 0x1B)}{chr(_AWAY + 0x5B)}"
    rf"[{chr(_AWAY + 0x30)}-{chr(_AWAY + 0x3B)}]*{chr(_AWAY + 0x6D)}"
)

"""Such a sequence set apart."""


class Style(NamedTuple):
    """How text is printed; each is the parameter that says so, empty where it is as usual."""

    foreground: str = ""
    """`31`, `38;5;208` or `38;2;255;128;0`."""
    background: str = ""
    bold: str = ""
    dim: str = ""
    italic: str = ""
    underline: str = ""
    reverse: str = ""
    strike: str = ""


PLAIN = Style()
_SET = {"1": "bold", "2": "dim", "3": "italic", "4": "underline", "7": "reverse", "9": "strike"}
_UNSET: dict[str, dict[str, str]] = {
    "22": {"bold": "", "dim": ""},
    "23": {"italic": ""},
    "24": {"underline": ""},
    "27": {"reverse": ""},
    "29": {"strike": ""},
    "39": {"foreground": ""},
    "49": {"background": ""},
    "21": {"underline": "4"},  # a double line
}
_NAMED = re.compile(r"(?P<foreground>[39][0-7])|(?P<background>(?:4|10)[0-7])")
_EXTENDED = {"38": "foreground", "48": "background"}
_PARTS = {"5": 1, "2": 3}
"""How many numbers a colour has, by the number that says of what sort it is."""


def styled(style: Style, parameters: str) -> Style:
    """The style after a sequence with these parameters; what is unknown changes nothing."""
    left = iter(parameters.split(";"))
    for parameter in left:
        name, *parts = parameter.split(":")
        number = name.lstrip("0")
        if not number:
            style = PLAIN
        elif slot := _EXTENDED.get(number):
            if colour := _colour(parts) if parts else _spread(left):
                style = style._replace(**{slot: f"{number};{colour}"})
        elif number == "4" and parts[:1] == ["0"]:
            style = style._replace(underline="")
        elif number in _SET:
            style = style._replace(**{_SET[number]: number})
        elif found := _NAMED.fullmatch(number):
            style = style._replace(**{str(found.lastgroup): number})
        else:
            style = style._replace(**_UNSET.get(number, {}))
    return style


def _spread(left: Iterator[str]) -> str:
    """Of a colour whose numbers are parameters of their own."""
    sort = next(left, "").lstrip("0")
    return _colour([sort, *(next(left, "") for _ in range(_PARTS.get(sort, 0)))])


def _colour(parts: list[str]) -> str:
    sort, *numbers = parts
    if sort == "2" and len(numbers) > 3:
        numbers = numbers[1:4]  # the first one names a colour space
    numbers = [number.lstrip("0") or "0" for number in numbers]
    fits = len(numbers) == _PARTS.get(sort) and all(int(n[:4]) < 256 for n in numbers)
    return ";".join((sort, *numbers)) if fits else ""


def change(before: Style, after: Style) -> str:
    """The sequence that leads from one style to another; empty if there is no need."""
    if before == after:
        return ""
    start = [""] if after == PLAIN else [] if before == PLAIN else ["0"]
    return f"\x1b[{';'.join((*start, *filter(None, after)))}m"


def set_apart(text: str) -> str:
    """The same with each sequence in characters that neither are nor end a word or a number."""
    if "\x1b[" not in text:
        return text
    return SEQUENCE.sub(lambda found: "".join(chr(_AWAY + ord(c)) for c in found[0]), text)


def put_back(text: str) -> str:
    """The opposite."""
    return MOVED.sub(_came_from, text)


def is_set_apart(text: str) -> bool:
    """Whether some sequence is."""
    return MOVED.search(text) is not None


def runs(text: str, style: Style = PLAIN) -> Iterator[tuple[Style, str]]:
    """Text whose sequences are set apart → pieces between these, which may be empty."""
    end = 0
    for found in MOVED.finditer(text):
        yield style, text[end : found.start()]
        style, end = styled(style, SEQUENCE.sub(r"\1", _came_from(found))), found.end()
    yield style, text[end:]


def _came_from(found: re.Match[str]) -> str:
    return "".join(chr(ord(c) - _AWAY) for c in found[0])


def without(text: str) -> str:
    """Text alone."""
    return SEQUENCE.sub("", text)
