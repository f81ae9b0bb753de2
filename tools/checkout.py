"""What must not be handed to a tool that follows links, or reads on for ever."""

from collections.abc import Iterator
from pathlib import Path

from snippetlab.checkout import faults
from tools.finding import Finding, as_finding, known


def files(root: Path) -> Iterator[Finding]:
    """Links, devices and pipes, files that are too large, names that cannot be printed."""
    yield from (as_finding(fault, root) for fault in faults(root, known(root=root)))
