"""When each file of a checkout last changed, from one pass through its history."""

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from snippetlab.errors import Cure

UNSHALLOW = Cure("shallow-clone", "git fetch --unshallow")
"""Brings the history that a shallow clone lacks."""


def last_changes(root: Path, below: str) -> dict[str, datetime]:
    """Path relative to `root` → the time of the last commit that changed it.

    Nothing outside a git checkout, or in a shallow clone, where all would seem to be of one day.
    """
    if is_shallow(root) is not False:
        return {}
    found: dict[str, datetime] = {}
    when = datetime.fromtimestamp(0, UTC)
    log = _git(root, "log", "--format=%x00%ct", "--name-only", "-z", "--relative", "--", below)
    for part in log.split("\0"):
        name = part.strip("\n")
        if name.isdigit():
            when = datetime.fromtimestamp(int(name), UTC)
        elif name:
            found.setdefault(name, when)
    return found


def is_shallow(root: Path) -> bool | None:
    """Whether a clone lacks its history; None where there is no clone."""
    return {"true": True, "false": False}.get(
        _git(root, "rev-parse", "--is-shallow-repository").strip()
    )


def in_words(when: datetime, words: Mapping[str, str]) -> str:
    """A day as people write it; the words are those of dates."""
    return words["day"].format(year=when.year, month=words[str(when.month)], day=when.day)


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout
