"""Merge conflicts that git has left in a file."""

import re

# https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
_MARK = re.compile(r"^(?:<{7}|={7}(?=$)|>{7})(?= |$).*$", re.MULTILINE)


def find_conflict(text: str) -> int:
    """The line, from 1, in which the first conflict begins; 0 if there is none."""
    begins, parted = -1, False
    for mark in _MARK.finditer(text):
        match mark[0][0]:
            case "<" if begins < 0:
                begins = mark.start()
            case "=":
                parted = begins >= 0
            case ">" if parted:
                return text.count("\n", 0, begins) + 1
    return 0
