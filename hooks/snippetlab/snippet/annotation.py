"""Comments that are meant for the engine, and what they say of a command."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from snippetlab.registry import VERSION
from snippetlab.snippet.command import Command


@dataclass(frozen=True)
class Annotation:
    """A kind of comment."""

    fields: tuple[str, ...]
    """What of a Command it sets."""
    pattern: str
    """All of the comment; its group is the value."""
    value: Callable[[str], object]
    """What the field is set to; of several fields, a value for each."""
    examples: tuple[str, ...]

    def read(self, comment: str) -> dict[str, object] | None:
        """What it sets; None if the comment is none of this kind."""
        found = re.fullmatch(self.pattern, comment.strip())
        if not found:
            return None
        value: Any = self.value(found[1])
        return dict(zip(self.fields, value if len(self.fields) > 1 else (value,), strict=True))


_STATUS = r"(?:\d{1,3}|\*)"
_ELSEWHERE = rf"@{VERSION}\s+{_STATUS}"


def _expectation(text: str) -> tuple[int | None, tuple[tuple[str, int | None], ...]]:
    """The exit status in all versions of the lab but those that are named, and in these."""
    expects: int | None = 0
    otherwise = []
    for part in re.split(r"\s*,\s*", text):
        *version, status = part.split()
        number = None if status == "*" else int(status)
        if version:
            otherwise.append((version[0].removeprefix("@"), number))
        else:
            expects = number
    return expects, tuple(otherwise)


AFTER = (
    Annotation(
        ("expects", "otherwise"),
        rf"#\s*\?\s*((?:{_STATUS}|{_ELSEWHERE})(?:\s*,\s*{_ELSEWHERE})*)",
        _expectation,
        ("# ? 1", "# ? *", "# ? 1, @26 0"),
    ),
    Annotation(("settle",), r"#\s*settle:?\s*(\d+(?:\.\d+)?)\s*s", float, ("# settle: 5s",)),
    Annotation(
        ("timeout",),
        r"#\s*timeout:\s*(?=[\d.]*[1-9])(\d+(?:\.\d+)?)\s*s",
        float,
        ("# timeout: 2s",),
    ),
)
"""Those at the end of a command's first or last line, which readers do not see."""
BEFORE = (
    Annotation(("name",), r"#\s*step:\s*(\S+)", str, ("# step: name",)),
    Annotation(("terminal",), r"#\s*terminal:\s*(\S+)", str, ("# terminal: host",)),
)
"""Those on a line of their own; the parser knows who has the terminal, a Command does not."""
BELOW = (Annotation(("typed",), r"#\s*typed:\s?(.*)", str, ("# typed: yes",)),)
"""Those on lines of their own after the command; there may be several."""
_MEANT = re.compile(r"#\s*(?:\?(?!\?)|(?:settle|step|terminal|timeout|typed)\s*:)", re.IGNORECASE)
"""How a comment begins that is meant for the engine; written otherwise, readers would see it."""

assert {field for a in (*AFTER, *BELOW) for field in a.fields} <= set(Command.__dataclass_fields__)


def read(kinds: Iterable[Annotation], comment: str) -> dict[str, object] | None:
    """What a comment of one of these kinds sets; None if it is of none."""
    return next((said for kind in kinds if (said := kind.read(comment)) is not None), None)


def is_meant(comment: str) -> bool:
    """Whether it is meant for the engine, be it understood or not."""
    return bool(_MEANT.match(comment))


def usage() -> tuple[str, ...]:
    """Where comments for the engine can stand, a sentence for each place."""
    after, before = (
        [example for kind in kinds for example in kind.examples] for kinds in (AFTER, BEFORE)
    )
    return (
        f"After its command: {', '.join(after[:-1])} or {after[-1]}",
        f"On a line of its own before it: {', '.join(before[:-1])} or {before[-1]}",
        f"On a line of its own after it: {BELOW[0].examples[0]}",
    )
