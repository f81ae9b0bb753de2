"""What a chain leaves behind when it has ended, and what of that its snippets declare."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

CURES = {
    "process": "End it: kill %1; wait",
    "mount": "Take it down: umount",
    "namespace": "Remove it: ip netns delete",
    "port": "End the process that listens: kill %1; wait",
    "file": "Keep files in the working directory, or remove it: rm",
    "cgroup": "Remove it: rmdir",
    "container": "Remove it: docker rm --force",
}
"""Kind of leak, as the tag `leaves` names it → what would have prevented it."""


@dataclass(frozen=True)
class Leak:
    """One thing left behind."""

    kind: str
    key: str
    """What tells it from others during one run, such as a process id."""
    what: str
    """A process with its arguments, a mount point, a path, an address and port."""


def parse_leaves(kinds: object) -> frozenset[str]:
    """Read the tag `leaves`, a list of kinds. Raises ValueError for any other."""
    if not isinstance(kinds, list):
        raise ValueError("the tag `leaves` must be a list")
    for kind in kinds:
        if kind not in CURES:
            nearest = get_close_matches(str(kind), CURES, n=1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else f"known: {', '.join(CURES)}"
            raise ValueError(f"{kind!r} is nothing that can be left behind; {hint}")
    return frozenset(kinds)


def undeclared(leaks: Iterable[Leak], declared: Iterable[frozenset[str]]) -> list[Leak]:
    """The leaks of a chain that none of its snippets declares."""
    allowed = frozenset[str]().union(*declared)
    return [leak for leak in leaks if leak.kind not in allowed]
