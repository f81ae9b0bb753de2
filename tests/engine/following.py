"""Doing what a message advises, as its reader would, and what that needs."""

import re
import subprocess
from pathlib import Path

from snippetlab.project import Project


def follow(cure: str, said: str, directory: Path) -> None:
    """Run the command that a message names."""
    (command,) = re.findall(rf"{cure}: (.+)$", said, re.MULTILINE)
    subprocess.run(["sh", "-c", command], cwd=directory, check=True)


def commit(project: Project) -> None:
    """Make the checkout a repository."""
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -q -m x"):
        subprocess.run(["git", *command.split()], cwd=project.root, check=True)
