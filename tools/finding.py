"""What a check finds: where, what is wrong, and the cure."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import SourceError

ROOT = Path(__file__).parent.parent
"""This checkout."""
BIN = Path(sys.executable).parent
"""Where this virtual environment keeps its commands."""


@dataclass(frozen=True)
class Finding:
    """Printed as two lines, in the form of the engine's own errors."""

    place: str
    """`path:line`, the path relative to the checkout."""
    message: str
    cure: str
    is_hint: bool = False
    """Said, and no fault."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}\n    {self.cure}"


def as_finding(error: SourceError, root: Path) -> Finding:
    """What the engine found."""
    path = error.path.relative_to(root) if error.path.is_relative_to(root) else error.path
    return Finding(f"{path}:{error.line}", error.message, error.cure)


def line_of(path: Path, text: str) -> int:
    """The first line that holds the text; 1 if none does."""
    if not text or not path.is_file():
        return 1
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def output_of(*command: str, root: Path = ROOT, faults: int = 1) -> tuple[str, bool]:
    """What a tool of this environment prints, and whether it found faults.

    Raises RuntimeError with its complaint for another exit status than 0 and `faults`.
    """
    arguments = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(arguments, cwd=root, capture_output=True, text=True)
    if done.returncode not in (0, faults):
        raise RuntimeError(f"{' '.join(command[:2])} failed: {done.stderr or done.stdout}")
    return done.stdout, done.returncode == faults


def tracked(*patterns: str, root: Path = ROOT) -> list[str]:
    """The checkout's files that match, new ones too, without what git ignores or has lost."""
    return [name for name in known(*patterns, root=root) if (root / name).is_file()]


def known(*patterns: str, root: Path = ROOT) -> list[str]:
    """The same with what is lost, or is no file; names as they are, whatever is in them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return [os.fsdecode(name) for name in dict.fromkeys(done.stdout.split(b"\0")) if name]
