"""Doing what a message advises, as its reader would, and what that needs."""

import re
import subprocess
from pathlib import Path

from snippetlab.project import Project

WHO = ("-c", "user.name=a", "-c", "user.email=b")
"""Options of git with which it can commit."""


def follow(cure: str, said: str, directory: Path) -> None:
    """Run the command that a message names."""
    (command,) = re.findall(rf"{cure}: (.+)$", said, re.MULTILINE)
    subprocess.run(["sh", "-c", command], cwd=directory, check=True)


def commit(project: Project) -> None:
    """Make the checkout a repository."""
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -q -m x"):
        subprocess.run(["git", *command.split()], cwd=project.root, check=True)


def git(root: Path, *arguments: str) -> str:
    """What git prints there."""
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()
