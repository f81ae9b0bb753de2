"""Guards that this machine lacks: labs run without them, but hold no untrusted code.

What is not named here cannot be missing: without user namespaces, the filter, quotas, a tree of
its own or a bubblewrap that is new enough, no stage is made, and the lab does not work at all.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from snippetlab.errors import Cure
from snippetlab.labs.cgroup import FILES, NETWORK, OWN_GROUP, PER_PROCESS, Cgroups

_STARTED = Path("/proc/cmdline")
"""What the kernel was told; see its documentation, "The kernel's command-line parameters"."""
_SWAPS = Path("/proc/swaps")


class Weakness(NamedTuple):
    """One guard that is missing."""

    what: str
    cure: Cure


def of_groups(groups: Cgroups | None) -> Iterator[Weakness]:
    """What control groups do not count here."""
    if not groups:
        yield Weakness(PER_PROCESS, OWN_GROUP)
        return
    left_out = re.search(r"\bcgroup\.memory=(\S+)", _read(_STARTED))
    if left_out and {"nokmem", "nosocket"} & {*left_out[1].split(",")}:
        yield Weakness(
            f"memory: this kernel was told not to count its own ({left_out[0]})",
            Cure("count-kernel", f"Start it without {left_out[0]}."),
        )
    files = groups.files()
    if groups.version == 1 and NETWORK not in files:
        yield Weakness(
            "memory: what waits in sockets of TCP and UDP has no limit",
            Cure("count-sockets", "Start the kernel with systemd.unified_cgroup_hierarchy=1."),
        )
    swaps = _read(_SWAPS).splitlines()[1:]
    if swaps and FILES[groups.version].swap not in files:
        yield Weakness(
            "memory: what is swapped out has no limit",
            Cure("count-swap", "sudo swapoff --all; or start the kernel with swapaccount=1."),
        )


def _read(path: Path) -> str:
    """Its text; none of what this kernel does without."""
    with suppress(FileNotFoundError):
        return path.read_text()
    return ""
