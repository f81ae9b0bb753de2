"""Regular expressions that authors write in tags, matched within a deadline.

A pattern may backtrack for longer than the universe lasts. Patterns of the engine's own use
`re`; an author's use `regex`, which takes the same syntax and a deadline.
"""

import re
import time
from typing import Any

from snippetlab.errors import Cure, EngineError
from snippetlab.limits import PATTERN_LENGTH, PATTERN_SECONDS

_FAST = 0.01
"""Seconds below which a search is not worth counting; of the processor, as `regex` counts them."""

_SPELT = {r"\w": r"[\p{L}\p{N}_]", r"\d": r"\p{Nd}"}
"""What Python takes for a letter or a digit, as JavaScript says it."""
_PYTHON = re.compile(r"(?<!\\)(?:\\\\)*(\(\?(?!:|=|!|<=|<!)[^)]?|\\[AGKNRXZz]|[+*?}]\+)")
"""What JavaScript has no such form of."""


class SlowPatternError(EngineError):
    """A pattern takes too long on what was printed."""


class Pattern:
    """One pattern, with as much time as all its slow searches together may take."""

    def __init__(self, text: str, *, multiline: bool = False) -> None:
        """With `multiline`, `^` and `$` match at every line.

        Raises ValueError for what is no regular expression, or too long for one.
        """
        import regex  # takes a moment that most builds need not spend

        if len(text) > PATTERN_LENGTH:
            raise ValueError(f"it has {len(text)} characters, of at most {PATTERN_LENGTH}")
        try:
            self._regex = regex.compile(text, regex.MULTILINE if multiline else 0)
        except (regex.error, RecursionError, OverflowError) as error:
            raise ValueError(str(error) or "it is nested too deeply") from None
        self._left = PATTERN_SECONDS

    @property
    def groups(self) -> int:
        return int(self._regex.groups)

    def search(self, text: str, start: int = 0) -> Any:
        """The first match from there on, or None. Raises SlowPatternError."""
        began = time.thread_time()
        try:
            return self._regex.search(text, start, timeout=max(self._left, _FAST))
        except TimeoutError:
            message = f"the pattern {self._regex.pattern!r} takes more than {PATTERN_SECONDS:g} s"
            text = "Let no repetition stand in another, as in (a+)+, or write more of the context."
            raise SlowPatternError(message, Cure("slow-pattern", text)) from None
        finally:
            if (taken := time.thread_time() - began) > _FAST:
                self._left -= taken

    def matches_nothing(self, text: str) -> bool:
        """Whether an empty match is anywhere in the text."""
        return any(not found[0] for found in self._regex.finditer(text, timeout=PATTERN_SECONDS))


def javascript(text: str) -> str:
    """The same pattern for JavaScript, with its flag `u`. Raises ValueError for what it lacks."""
    if found := _PYTHON.search(text):
        raise ValueError(f"JavaScript has no {found[1]!r}")
    return re.sub(r"\\[wd]", lambda found: _SPELT[found[0]], text)
