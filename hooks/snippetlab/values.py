"""Figures that prose quotes: named by a snippet's tag `values`, taken from its recording.

A page quotes one with an empty link, which no template language, shell or Markdown uses
otherwise: `[](value:docker/layers#total)`, or `[](value:docker/layers#total "bytes")`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.files import read_source
from snippetlab.kinds import measure
from snippetlab.pattern import Pattern
from snippetlab.transcript import Transcript

QUOTATION = re.compile(
    r"\[\]\(value:(?P<id>[^\s#)\"]*)#(?P<name>[^\s)\"]*)(?:\s+\"(?P<format>[^\"]*)\")?\)"
)
FORMATS = ("text", "number", "bytes", "duration")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_UNITS = ("B", "kB", "MB", "GB", "TB")
_SECONDS = {"en": (" ms", " s"), "ko": ("밀리초", "초")}  # below a second, and from there on


@dataclass(frozen=True)
class Quotation:
    """A page's use of a value."""

    page: Path
    line: int
    id: str
    name: str
    format: str


UNKNOWN = "?"
"""A value that has yet to be recorded, in a preview."""


def find_quotations(page: Path) -> Iterator[Quotation]:
    """All quotations of a page, but for those in code."""
    mark = ""
    for number, line in enumerate(read_source(page).split("\n"), 1):
        if found := _FENCE.match(line):
            mark = "" if mark and found[1].startswith(mark) else mark or found[1]
            continue
        prose = "" if mark else re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        for quoted in QUOTATION.finditer(prose):
            format_ = quoted["format"] or "text"
            yield Quotation(page, number, quoted["id"], quoted["name"], format_)


def extract(patterns: Mapping[str, str], transcript: Transcript) -> dict[str, str]:
    """The value of each pattern: its first group, or all that it matches first.

    Raises ValueError, with the name, for a pattern that matches nothing, and SlowPatternError.
    """
    output = b"".join(step.output for step in transcript.steps).decode("utf-8", "replace")
    values = {}
    for name, pattern in patterns.items():
        compiled = Pattern(pattern, multiline=True)
        if not (found := compiled.search(output)):
            raise ValueError(f"the value `{name}` is not in the output: {pattern}")
        values[name] = found[1] if compiled.groups else found[0]
    return values


def formatted(value: str, format_: str, language: str) -> str:
    """The value as prose in that language shows it. Raises ValueError where it has no such form.

    A plain number is one of bytes, or of seconds.
    """
    if format_ == "text" or value == UNKNOWN:
        return value
    if format_ not in FORMATS:
        raise ValueError(f"unknown format `{format_}`; there are: {', '.join(FORMATS)}")
    number = measure(value)
    if number is None or (format_ == "number" and not re.fullmatch(r"-?[\d,.]+", value)):
        raise ValueError(f"{value!r} is no number")
    if format_ == "number":
        return f"{int(number):,}" if number == int(number) else f"{number:,}"
    if format_ == "duration":
        in_ms, in_s = _SECONDS[language]
        return f"{number * 1000:.3g}{in_ms}" if number < 1 else f"{number:,.3g}{in_s}"
    unit = 0
    while abs(number) >= 1000 and unit + 1 < len(_UNITS):
        number, unit = number / 1000, unit + 1
    return f"{number:.3g} {_UNITS[unit]}"
