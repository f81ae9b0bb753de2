"""What a page shows that a command printed, held against what it prints."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from functools import cache

from snippetlab import sgr
from snippetlab.adopt.reading import Typed, trimmed
from snippetlab.compare.kinds import KINDS
from snippetlab.compare.lines import tokens
from snippetlab.transcript import Step

_LEFT_OUT = re.compile(
    r"\W*(?:\.{3,}|…|⋮|(?:-+ ?)?snip(?:ped)?(?: ?-+)?"
    r"|(?:(?:more |the )?(?:lines?|output|rest) )?(?:elided|omitted|removed|skipped|truncated)"
    r"|(?:\.{3}|…).{1,40}(?:\.{3}|…))\W*",
    re.IGNORECASE,
)
"""A whole line by which authors say that lines were left out."""
_DOTS = re.compile(r"\.{3,}|…|\[\.\.\]")
"""The same within a line; `[..]` is trycmd's."""
_FREE = tuple(KINDS[name] for name in ("uuid", "namespace-id", "path", "duration"))
"""Kinds of values that differ between any two runs, wherever they are."""
_NOW = KINDS["timestamp"]
_KINDS = (_NOW, *_FREE)
_DATES = ("%Y-%m-%d", "%b %d", "%d %b", "%d/%b/%Y", "%d %B", "%B %d")
_FRAMES = "⋮"
"""What stands for a traceback's frames."""
_NEAR = 0.8
_STACK = re.compile(r"Traceback \(most recent call last\):")


@dataclass(frozen=True)
class Agreement:
    """Of one command."""

    equal: bool
    kinds: frozenset[str] = frozenset()
    """Of values that differ by their nature, and were let through."""
    shown: int = 0
    """How many lines the page shows before the first that it leaves out; 0 if it shows all."""
    printed: int = 0
    """How many lines were printed."""
    diff: tuple[str, ...] = ()
    """From the page to what was printed; its first lines, where the page shows no output."""
    is_near: bool = False
    """Whether what differs is but a part of it: a version of the same message."""
    is_comment: bool = False
    """Whether the doubtful lines are comments."""


def printed_lines(step: Step) -> list[str]:
    """As a reader would see them."""
    return trimmed(sgr.without(step.printed.decode("utf-8", "replace")).split("\n"))


def leaves_out(line: str) -> bool:
    """Whether it says that lines were left out."""
    return bool(_LEFT_OUT.fullmatch(line))


def agreement(typed: Typed, step: Step, now: float) -> Agreement:
    """Whether the page shows what the step printed. `now` is when it ran."""
    found = _agreement(typed.shown, step, typed.line + len(typed.text), now)
    if found.equal or not typed.doubtful:
        return found
    count = sum(bool(line.strip()) for line in typed.output) - len(typed.doubtful)
    filled = [n for n, line in enumerate(typed.output) if line.strip()]
    without = trimmed(typed.output[: filled[count - 1] + 1] if count else [])
    other = _agreement(without, step, typed.line + len(typed.text), now)
    return Agreement(**{**vars(other), "is_comment": True})


def moving_kinds(step: Step, now: float) -> frozenset[str]:
    """Kinds of values of which nobody can expect that they are the same tomorrow.

    Raises ValueError for a date or a time of today that no kind recognises.
    """
    found: set[str] = set()
    for line in printed_lines(step):
        for token in tokens(line, [_NOW]):
            if token.kind and _is_now(token.text, now):
                found.add(token.kind.name)
            elif not token.kind and any(text in token.text for text in _said_now(now)):
                raise ValueError(f"it prints what is right today only: {line.strip()}")
    return frozenset(found)


def _agreement(shown: Sequence[str], step: Step, line: int, now: float) -> Agreement:
    printed = printed_lines(step)
    wanted = list(_without_stack(shown))
    left_out = (text != _FRAMES and leaves_out(text) for text in wanted)
    gaps = [number for number, is_gap in enumerate(left_out) if is_gap]
    kinds: set[str] = set()
    equal = _fits(wanted, printed, now, kinds)
    first = gaps[0] if gaps and equal else 0
    facts = (first, len(printed))
    if equal:
        return Agreement(True, frozenset(kinds), *facts)
    known = {_canonical(text): text for text in wanted}
    near = [text if _is_stale(text, now) else known.get(_canonical(text), text) for text in printed]
    diff = list(unified_diff(list(shown), near, "the page", "printed", lineterm=""))
    ratio = SequenceMatcher(None, "\n".join(shown), "\n".join(printed)).quick_ratio()
    is_near = bool(shown and printed) and ratio > _NEAR
    return Agreement(False, frozenset(), *facts, tuple(_placed(diff, line)), is_near)


def _placed(diff: Sequence[str], line: int) -> Iterator[str]:
    """With the page's line numbers in its hunks."""
    for text in diff:
        yield re.sub(r"^@@ -(\d+)", lambda found: f"@@ -{int(found[1]) + line - 1}", text)


def _fits(wanted: Sequence[str], printed: Sequence[str], now: float, kinds: set[str]) -> bool:
    """As a pattern whose lines that say so stand for any number of lines."""
    parts: list[list[str]] = [[]]
    for text in wanted:
        if leaves_out(text) and text not in printed:
            parts.append([])
        else:
            parts[-1].append(text)
    first, *others = parts
    if not others:
        return len(first) == len(printed) and _same(first, printed, now, kinds)
    if not _same(first, printed[: len(first)], now, kinds):
        return False
    position, last = len(first), others.pop()
    for part in others:
        places = range(position, len(printed) - len(part) + 1)
        found = (n for n in places if _same(part, printed[n : n + len(part)], now, kinds))
        if (place := next(found, None)) is None:
            return False
        position = place + len(part)
    end = len(printed) - len(last)
    return end >= position and _same(last, printed[end:], now, kinds)


def _same(wanted: Sequence[str], printed: Sequence[str], now: float, kinds: set[str]) -> bool:
    if len(wanted) != len(printed):
        return False
    let = set()
    for old, new in zip(wanted, printed, strict=True):
        if old == new:
            continue
        values = [token for token in tokens(new, _KINDS) if token.kind]
        if _canonical(old) == _canonical(new) and not _is_stale(new, now):
            let |= {token.kind.name for token in values if token.kind}
        elif not (_DOTS.search(old) and _pattern(old).fullmatch(new)):
            return False
    kinds |= let
    return True


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, _DOTS.split(text))))


def _canonical(text: str) -> str:
    """Equal for lines that differ in values which are different in every run."""
    parts = (token.kind.name if token.kind else token.text for token in tokens(text, _KINDS))
    return " ".join("".join(parts).split())


def _is_stale(line: str, now: float) -> bool:
    """Whether it has a date that is not the run's, and so is the same in every run."""
    return any(token.kind and not _is_now(token.text, now) for token in tokens(line, [_NOW]))


def _is_now(text: str, now: float) -> bool:
    """Whether it says today's date, or this minute."""
    return any(word in text for word in _said_now(now))


@cache
def _said_now(now: float) -> tuple[str, ...]:
    """As programs say them: the days around, and the minutes."""
    days = [time.gmtime(now + offset) for offset in (-86400, 0, 86400)]
    minutes = [time.gmtime(now + offset) for offset in (-60, 0, 60)]
    said = {time.strftime(form, day) for form in _DATES for day in days}
    said |= {text.replace(" 0", "  ") for text in said} | {text.lstrip("0") for text in said}
    said |= {time.strftime(form, minute) for form in ("%H:%M", "%I:%M") for minute in minutes}
    return tuple(said)


def _without_stack(shown: Sequence[str]) -> Iterator[str]:
    """As doctest does, without what stands between a traceback's head and its last line."""
    inside = False
    for text in shown:
        if inside and (text.startswith((" ", "\t")) or not text):
            continue
        if inside:
            inside = False
        yield text
        if _STACK.fullmatch(text):
            inside = True
            yield _FRAMES
