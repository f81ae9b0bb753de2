"""Recorded lines as the reader's tab compares them (docs/overrides/assets/machine/compare.mjs).

A line with values has a pattern besides its text, which matches the very lines that compare/
finds alike; so the tab knows no kinds.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from snippetlab.compare.kinds import Kind, Volatile, ranked
from snippetlab.compare.lines import Line, Reader
from snippetlab.compare.pattern import javascript
from snippetlab.transcript import Step

_ANY = "*"
"""The domain of what may be anything."""
_LITERAL = re.compile(r"([ \t]*)(.*?)([ \t]*)(\n?)", re.DOTALL)


def lines_of(step: Step, rules: Volatile) -> list[Any]:
    """Each line that a step printed: its text or, if it has values, a table.

    In that, `pieces` are what the groups of `pattern` are in the recording, each as the domain
    of a value and its text; what may be anything has a domain of its own. Those without one are
    the blanks beside values, which are the same as long as the values beside them have the same
    length.
    """
    kinds = ranked(rules.kinds)
    return [_table(line, kinds) if line.values else line.text for line in Reader(rules)(step)]


def _table(line: Line, kinds: Sequence[Kind]) -> dict[str, Any]:
    pattern, pieces = "", list[tuple[str, str]]()
    # What a kind takes is a value's, and no blank beside one.
    blank = "".join(one for one in " \t" if not any(re.search(kind.pattern, one) for kind in kinds))
    for index, literal in enumerate(line.literals):
        first, last = index == 0, index == len(line.values)
        if not first and (kind := line.values[index - 1].kind):
            domain = kind.domain if kind.identifies else _ANY
            pieces.append((domain, line.values[index - 1].text))
            pattern += _value(kind, kinds[: kinds.index(kind)], len(pieces))
        before, core, after, end = _LITERAL.fullmatch(literal).groups()  # type: ignore[union-attr]
        if first and core:
            core = before + core
        else:
            pieces.append(("", before))
            pattern += _blanks(before, blank, edge=not core and (first or last))
        if last:
            core += after
        pattern += _text(core, kinds)
        if not last and core:
            pieces.append(("", after))
            pattern += _blanks(after, blank)
        pattern += end
    return {"text": line.text, "pattern": pattern, "pieces": pieces}


def _value(kind: Kind, specific: Sequence[Kind], group: int) -> str:
    """As much as this kind takes there, where no more specific one takes anything.

    What looked ahead is not tried again, so that the value gets no shorter for the text after it.
    """
    unless = f"(?!{_any(specific)})" if specific else ""
    return rf"{unless}(?=({_any([kind])}))(?:\{group})"


def _blanks(text: str, blank: str, *, edge: bool = False) -> str:
    return f"([{blank}]*)" if edge else f"([{blank}]+)" if text else "()"


def _text(text: str, kinds: Sequence[Kind]) -> str:
    """The text itself, in which no value begins."""
    if not text:
        return ""
    written = re.sub(r"[\^$\\.*+?()[\]{}|/]", r"\\\g<0>", text)
    return rf"(?![^\n]{{0,{len(text) - 1}}}(?:{_any(kinds)})){written}"


def _any(kinds: Iterable[Kind]) -> str:
    return javascript("|".join(kind.pattern for kind in kinds))
