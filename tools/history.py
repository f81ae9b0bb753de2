"""What this checkout changes: since where its history and that of the default branch parted."""

import os
import subprocess
from pathlib import Path


def merge_base(root: Path) -> str | None:
    """The commit from which this work began: that which HEAD has in common with the branch BASE.

    Without BASE it is the default branch of `origin`. None where nothing is known of it, as in a
    shallow clone or where nothing was done since: then a commit is compared with nothing.
    """
    branch = os.environ.get("BASE") or "origin/HEAD"
    found = _git(root, "merge-base", branch, "HEAD").strip()
    if not found or (found == _git(root, "rev-parse", "HEAD").strip() and not changed(root, found)):
        return None
    return found


def changed(root: Path, since: str) -> list[str]:
    """Files that differ from a commit, also those that are not committed yet."""
    differing = _git(root, "diff", "--name-only", "--no-renames", "-z", since)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted(filter(None, {*differing.split("\0"), *new.split("\0")}))


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it fails."""
    try:
        command = ["git", "-c", "core.quotePath=false", *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
