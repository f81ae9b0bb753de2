"""What this checkout changes: since where its history and that of the default branch parted."""

import os
import subprocess
from pathlib import Path

_DEFAULT = ("origin/HEAD", "origin/main", "origin/master")


def merge_base(root: Path) -> str:
    """The commit that HEAD has in common with the revision BASE, else with the default branch.

    Empty where nothing is known of either, as in a shallow clone or without a remote.
    """
    candidates = (os.environ.get("BASE", ""), *_DEFAULT)
    bases = (git(root, "merge-base", "HEAD", name).strip() for name in candidates if name)
    return next(filter(None, bases), "")


def changed(root: Path, since: str) -> list[str]:
    """Files that differ from a commit, also those that are not committed yet."""
    differing = git(root, "diff", "--name-only", "--no-renames", "-z", since)
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted(filter(None, {*differing.split("\0"), *new.split("\0")}))


def git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it fails or is missing."""
    try:
        command = ["git", "-c", "core.quotePath=false", *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
