"""What a chain leaves behind in a machine is an error at its step, as in the namespace lab."""

import re
from collections.abc import Callable

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.labs.progress import RunError
from snippetlab.leaks import CURES
from snippetlab.program import Program
from tests.engine.machines import program

_LISTEN = "import socket, time; s = socket.create_server(('', 80)); time.sleep(60)"
LEAKS = {
    "process": ("sleep 60 &", "sleep 60"),
    "mount": ("mkdir m; mount -t tmpfs tmpfs m", "tmpfs on /root/m"),
    "namespace": ("ip netns add web", "/run/netns/web"),
    "cgroup": ("mkdir /sys/fs/cgroup/demo", "/sys/fs/cgroup/demo"),
    "port": (
        f'python3 -c "{_LISTEN}" & until ss -tln | grep -q :80; do sleep 0.1; done',
        "tcp port 80",
    ),
    "file": ("touch /etc/x", "/etc/x"),
}
"""Kind → what leaves one behind, and what it is called."""
EVERYTHING = "".join(f"{code}\n" for code, _ in LEAKS.values())


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


def _fault(laboratory: Laboratory, *chain: Program) -> str:
    with pytest.raises(RunError) as caught:
        laboratory.lab.run(chain)
    return str(caught.value)


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_is_an_error_at_its_step_unless_declared(kind: str, laboratory: Laboratory) -> None:
    fault = _fault(laboratory, program(EVERYTHING, leaves=set(LEAKS) - {kind}))
    line = list(LEAKS).index(kind) + 1
    assert fault.startswith(f"x.sh:{line}: this step leaves a {kind} behind: {LEAKS[kind][1]}")
    assert CURES[kind] in fault
    assert f'leaves = ["{kind}"]' in fault


def test_what_is_declared_is_no_error(laboratory: Laboratory) -> None:
    steps = laboratory.lab.run([program(EVERYTHING, leaves=LEAKS)])[0].steps
    assert len(steps) == len(LEAKS)


def test_what_is_taken_down_is_no_leak(laboratory: Laboratory) -> None:
    code = (
        "sleep 60 &\nkill %1\nmkdir m; mount -t tmpfs tmpfs m\numount m\n"
        "ip netns add web\nip netns delete web\nmkdir /sys/fs/cgroup/demo\n"
        "rmdir /sys/fs/cgroup/demo\ntouch /tmp/x\nrm /tmp/x\n"
        # What is the working directory's own, what others make and never remove, what ends soon.
        "mkdir d; touch d/x ~/x\niptables --list >/dev/null\nsleep 0.2 &\n"
    )
    laboratory.lab.run([program(code, leaves=())])


def test_the_snippet_of_a_chain_that_leaks_is_named(laboratory: Laboratory) -> None:
    code = "true\nunshare --fork bash <<'in'\nsetsid -f sleep 60\nin\n"
    chain = [program("true\n", name="a.sh", leaves=()), program(code, name="up.sh", leaves=())]
    fault = _fault(laboratory, *chain, program("true\n", leaves=()))
    assert fault.startswith("up.sh:3: this step leaves a process behind: sleep 60\n")


def test_a_mount_over_proc_hides_nothing(laboratory: Laboratory) -> None:
    code = "true\nsleep 60 &\nmount -t tmpfs tmpfs /proc\n"
    fault = _fault(laboratory, program(code, leaves={"mount"}))
    assert fault.startswith("x.sh:2: this step leaves a process behind: sleep 60\n")


def test_a_running_container_is_one_leak(laboratory_of: Callable[[str], Laboratory]) -> None:
    code = (
        "docker run --detach --name gone --publish 8081:80 busybox sleep 1000\n"
        "docker run --detach --name web --publish 8080:80 --memory 64m busybox sleep 1000\n"
        "docker rm --force gone\ntrue\n"
    )
    fault = _fault(laboratory_of("docker"), program(code, 300, leaves=()))
    expected = r"x\.sh:2: this step leaves a container behind: [0-9a-f]{12} \(sleep 1000\)\n"
    assert re.match(expected, fault), fault
    assert 'leaves = ["container"]' in fault


def test_what_an_engine_keeps_is_no_leak(laboratory_of: Callable[[str], Laboratory]) -> None:
    """Images, stopped containers, volumes and networks, and what it makes at its first build."""
    code = (
        "printf 'FROM busybox\\nRUN true\\n' | docker build --quiet -\n"
        "docker run --volume data:/data busybox true\ndocker network create mine\n"
        "docker --context containerd run --rm --network none busybox true\n"
        "docker run --detach --name web busybox sleep 1000\ndocker stop --time 0 web\n"
        "printf 'FROM busybox\\nRUN true\\n' | DOCKER_BUILDKIT=0 docker build --quiet -\n"
    )
    laboratory_of("docker").lab.run([program(code, 300, leaves=())])


@pytest.mark.cure("leak-ended")
def test_what_is_left_in_a_machine_is_ended_as_advised(laboratory: Laboratory) -> None:
    code = "mkdir /sys/fs/cgroup/x\n"
    said = _fault(laboratory, program(code, leaves=()))
    (end,) = re.findall(r"Remove it: (rmdir)$", said, re.MULTILINE)
    laboratory.lab.run([program(f"{code}{end} /sys/fs/cgroup/x\n", leaves=())])
