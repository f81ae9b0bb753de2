"""Colours and weights of printed text → classes, for which sgr.css has what can be read.

A page knows the 16 colours that terminals name; others are shown as the nearest of these. Text on
a background has the page's own colour, since a program knows not on what ground it prints.
"""

import colorsys

from snippetlab.sgr import Style

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_HUES = ("red", "yellow", "green", "cyan", "blue", "magenta")
"""Every 60 degrees."""
_LEVELS = (0, 95, 135, 175, 215, 255)
"""Of the cube in the table of 256 colours."""
_GREY = 0.15
"""Saturation below which a colour has no hue to speak of."""


def classes(style: Style) -> str:
    """The classes of text in this style, parted by blanks; empty for text as usual."""
    front, back = _name(style.foreground), _name(style.background)
    found = ["dim"] if style.dim and not front else []
    if style.reverse:
        front, back = back, front
        found += [] if back else ["reverse"]
    if back:
        found.append(f"on-{back.removeprefix('bright-')}")
    elif front and not style.reverse:
        found += ["colour", front]
    found += [name for name in ("bold", "italic", "underline", "strike") if getattr(style, name)]
    return " ".join(f"sgr-{name}" for name in found)


def _name(parameter: str) -> str:
    """The colour's name, from `31`, `104`, `38;5;208` or `48;2;255;128;0`."""
    numbers = [int(number) for number in parameter.split(";") if number]
    if len(numbers) == 1:
        return _named(numbers[0] % 10 + 8 * (numbers[0] >= 90))
    if len(numbers) == 3:
        return _of_256(numbers[2])
    return _nearest(*numbers[2:]) if numbers else ""


def _named(number: int) -> str:
    return ("bright-" if number >= 8 else "") + NAMES[number % 8]


def _of_256(number: int) -> str:
    if number < 16:
        return _named(number)
    if number >= 232:
        return _nearest(*[8 + 10 * (number - 232)] * 3)
    cube = number - 16
    return _nearest(_LEVELS[cube // 36], _LEVELS[cube // 6 % 6], _LEVELS[cube % 6])


def _nearest(red: int, green: int, blue: int) -> str:
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _GREY or value < _GREY:
        return _named((0, 8, 7, 15)[min(int(value * 4), 3)])
    return ("bright-" if value > 0.8 else "") + _HUES[round(hue * 6) % 6]
