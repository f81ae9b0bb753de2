"""What a chain leaves behind in a machine, all of it at once.

That images, stopped containers, volumes and whatever an engine makes at its first build are no
leaks, the recordings in snippets/docker/ show: each is run with what it may leave behind.
"""

import re
import socket
from collections.abc import Callable, Iterable, Sequence

import pytest

from snippetlab.labs.failing import RunError
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.labs.watch import Watch
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.leaks import CURES, Leak, undeclared
from snippetlab.snippet.program import Program
from tests.engine import breaches
from tests.engine.machines import program

LEAKS = breaches.LEAKS | {
    "cgroup": ("mkdir /sys/fs/cgroup/demo", "/sys/fs/cgroup/demo"),
    "file": ("touch /etc/x", "/etc/x"),
}
"""Kind → what leaves one behind, and what it is called."""
TAKEN_DOWN = (
    "sleep 6000 &\nkill %1\nmkdir n; mount -t tmpfs tmpfs n\numount n\n"
    "ip netns add gone\nip netns delete gone\nmkdir /sys/fs/cgroup/gone\n"
    "rmdir /sys/fs/cgroup/gone\ntouch /tmp/x\nrm /tmp/x\n"
    # What is the working directory's own, what others make and never remove, what ends soon.
    "mkdir d; touch d/x ~/x\niptables --list >/dev/null\nsleep 0.2 &\n"
)
EVERYTHING = "".join(f"{code}\n" for code, _ in LEAKS.values())
NESTED = "true\nunshare --fork bash <<'in'\nsetsid -f sleep 6001\nin\n"
COVERED = "sleep 6002 &\nmount -t tmpfs tmpfs /proc\n"


class Left:
    """What a chain has left, and how it would be complained of."""

    def __init__(self, laboratory: Laboratory, *chain: Program) -> None:
        lab = laboratory.lab
        assert isinstance(lab, MachineLab)
        near, far = socket.socketpair(type=socket.SOCK_SEQPACKET)
        self._chain, self._watch = chain, Watch(near, far)
        with near, far:
            _, self.found = lab._run(chain, self._watch)

    def fault(self, name: str = "") -> str:
        """What is said of those of that kind or name, as if the others were not there."""
        leaks = [leak for leak in self.found if name in ("", leak.kind, leak.what)]
        return str(self._watch.blame(leaks, self._chain))

    def undeclared(self, declared: Iterable[str]) -> Sequence[Leak]:
        return undeclared(self.found, [frozenset(declared) for _ in self._chain])


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


def test_a_leak_is_an_error_at_its_step_unless_declared(laboratory: Laboratory) -> None:
    """All of them in one machine, after whatever is none."""
    chain = [program(TAKEN_DOWN, name="down.sh"), program(EVERYTHING)]
    chain += [program(NESTED, name="up.sh"), program(COVERED, name="covered.sh")]
    left = Left(laboratory, *chain)
    named = {kind: left.fault(kind) for kind in LEAKS}
    for line, (kind, (_, what)) in enumerate(LEAKS.items(), 1):
        assert named[kind].startswith(f"x.sh:{line}: this step leaves a {kind} behind: {what}")
        assert CURES[kind] in named[kind]
        assert f'leaves = ["{kind}"]' in named[kind]
    processes = ["sleep 6000", f"python3 -c {breaches.LISTEN}", "sleep 6001", "sleep 6002"]
    mounts = ["tmpfs on /root/m", "tmpfs on /proc"]
    expected = {kind: [what] for kind, (_, what) in LEAKS.items()}
    expected |= {"process": processes, "mount": mounts}
    found = {kind: [leak.what for leak in left.found if leak.kind == kind] for kind in LEAKS}
    assert found == expected, "neither what was taken down nor anything twice"
    # In a nested shell of a later snippet, and where a mount covers /proc.
    inner, covered = map(left.fault, processes[2:])
    assert inner.startswith("up.sh:3: this step leaves a process behind: sleep 6001\n")
    assert covered.startswith("covered.sh:1: this step leaves a process behind: sleep 6002\n")
    for kind in LEAKS:
        assert {leak.kind for leak in left.undeclared(set(LEAKS) - {kind})} == {kind}
    assert not left.undeclared(LEAKS)


def test_a_running_container_is_one_leak(laboratory_of: Callable[[str], Laboratory]) -> None:
    code = (
        "docker run --detach --name gone --publish 8081:80 busybox sleep 9999\n"
        "docker run --detach --name web --publish 8080:80 --memory 64m busybox sleep 9999\n"
        "docker rm --force gone; docker network create mine\ntrue\n"
    )
    left = Left(laboratory_of("docker"), program(code))
    expected = r"x\.sh:2: this step leaves a container behind: [0-9a-f]{12} \(sleep 9999\)\n"
    assert re.match(expected, left.fault()), left.found
    assert 'leaves = ["container"]' in left.fault()


@pytest.mark.cure("leak-ended")
def test_what_is_left_in_a_machine_is_ended_as_advised(laboratory: Laboratory) -> None:
    code = "mkdir /sys/fs/cgroup/x\n"
    with pytest.raises(RunError) as caught:
        laboratory.lab.run([program(code, leaves=())])
    (end,) = re.findall(r"Remove it: (rmdir)$", str(caught.value), re.MULTILINE)
    laboratory.lab.run([program(f"{code}{end} /sys/fs/cgroup/x\n", leaves=())])
