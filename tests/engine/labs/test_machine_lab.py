"""What the machine lab has of its own: root is real, on a kernel that is not the host's."""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.run.laboratory import Laboratory
from tests.engine.machines import Runner, machines_of


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


ASKED = (
    "uname -r\ncd /sys/fs/cgroup; echo +pids >cgroup.subtree_control; mkdir g\n"
    "echo 5 >g/pids.max; cat g/pids.max\ncd; mknod null c 1 3; echo x >null\n"
    "cat /proc/self/uid_map | tr -s ' '\n"
)


class Asked:
    """A machine, and what the host sees of it."""

    def __init__(self, laboratory: Laboratory) -> None:
        self.outputs, self.owners = list[str](), set[int]()

        def run() -> None:
            self.outputs = Runner(laboratory).outputs(ASKED)

        thread = threading.Thread(target=run)
        thread.start()
        while thread.is_alive():
            for machine in machines_of(os.getpid()):
                with contextlib.suppress(FileNotFoundError):
                    self.owners.add(Path(f"/proc/{machine}").stat().st_uid)
            time.sleep(0.05)
        self.left = machines_of(os.getpid())


@pytest.fixture(scope="module")
def asked(laboratory: Laboratory) -> Asked:
    return Asked(laboratory)


def test_root_is_real_and_the_kernel_its_own(asked: Asked, laboratory: Laboratory) -> None:
    assert asked.outputs == [f"{laboratory.kernel}\n", "", "5\n", "", " 0 0 4294967295\n"]
    assert laboratory.kernel != os.uname().release


def test_qemu_is_an_ordinary_user_and_ends_with_the_run(asked: Asked) -> None:
    assert asked.owners == {65534 if os.geteuid() == 0 else os.geteuid()}
    assert asked.left == []


def test_limits_on_cpu_time_do_not_bring_the_kernel_down(laboratory: Laboratory) -> None:
    """Switching them on and off had it patch its own code, which the emulator got wrong."""
    code = (
        "cd /sys/fs/cgroup; cat cgroup.subtree_control; ls -d lab # ? 2\n"
        "echo +cpu > cgroup.subtree_control; mkdir g; (while sleep 0.001; do :; done) &\n"
        'for _ in $(seq 1500); do echo "50000 100000"; echo max; done > g/cpu.max\n'
        "kill %1; rmdir g\n"
    )
    assert Runner(laboratory).outputs(code)[0].startswith("ls: cannot access 'lab'")
