"""Merge conflicts that git has left in a file."""

import re

# https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
_MARKERS = re.compile(r"^<{7}(?: .*)?\n(?:.*\n)*?={7}\n(?:.*\n)*?>{7}(?: .*)?$", re.MULTILINE)


def find_conflict(text: str) -> int:
    """The line, from 1, in which the first conflict begins; 0 if there is none."""
    found = _MARKERS.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
