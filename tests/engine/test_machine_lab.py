"""What the machine lab gives a snippet: a kernel of its own, restored for each chain."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippetlab.laboratory import Laboratory
from tests.engine.machines import Runner, machines_of, program, wait_for_machine


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


@pytest.fixture
def run(laboratory: Laboratory) -> Iterator[Runner]:
    yield Runner(laboratory)
    assert machines_of(os.getpid()) == []


def test_a_snippet_finds_what_it_finds_in_other_labs(run: Runner) -> None:
    code = (
        "mkdir d; cd d\npwd\nx=1\nfalse # ? 1\necho $?$x\n"
        "unshare --uts bash <<'jail'\nhostname jail\nhostname\njail\nhostname\n"
        "for i in 1 2; do echo o$i; echo e$i >&2; done\n"
        "cat ~/data.txt\ncat\n(sleep 0.3; echo late) &\necho first\nwait\n"
        "env -u _ -u SHLVL -u PWD -u OLDPWD | sort | head -n 2; id -u; date +%Z\n"
        "ip -brief link | cut -d ' ' -f 1\n"
    )
    steps = run(code)
    inner = [step for step in steps if step.prompt == "jail#"]
    assert [step.output for step in inner] == [b"", b"jail\n"]
    outer = [step.output.decode() for step in steps if step.prompt == "$"]
    assert outer == [
        *("", "/root/d\n", "", "", "11\n", "", "lab\n", "o1\ne1\no2\ne2\n", "data\n", ""),
        *("", "first\n", "late\n", "COLUMNS=80\nHOME=/root\n0\nUTC\n", "lo\n"),
    ]


def test_bytes_come_through_as_they_are(run: Runner) -> None:
    every = bytes(b for b in range(256) if b != 13)
    code = "import sys; sys.stdout.buffer.write(bytes(b for b in range(256) if b != 13) * 999)"
    assert run(f"python3 -c '{code}'\n")[0].output == every * 999


def test_root_is_real_and_the_kernel_its_own(run: Runner, laboratory: Laboratory) -> None:
    code = (
        "uname -r\ncd /sys/fs/cgroup; echo +pids >cgroup.subtree_control; mkdir g\n"
        "echo 5 >g/pids.max; cat g/pids.max\ncd; mknod null c 1 3; echo x >null\n"
        "cat /proc/self/uid_map | tr -s ' '\n"
    )
    outputs = run.outputs(code)
    assert outputs == [f"{laboratory.kernel}\n", "", "5\n", "", " 0 0 4294967295\n"]
    assert laboratory.kernel != os.uname().release


def test_qemu_is_an_ordinary_user_and_ends_with_the_run(run: Runner) -> None:
    thread = threading.Thread(target=lambda: run("sleep 3\n"))
    thread.start()
    owner = (Path("/proc") / str(wait_for_machine(os.getpid()))).stat().st_uid
    thread.join()
    assert owner == (65534 if os.geteuid() == 0 else os.geteuid())


def test_two_restored_machines_know_the_time_and_draw_different_numbers(run: Runner) -> None:
    code = "date +%s\ncat /proc/sys/kernel/random/uuid\n"
    first, second = run.outputs(code), run.outputs(code)
    assert abs(int(second[0]) - time.time()) < 60
    assert first[1] != second[1]


def test_two_machines_at_the_same_time_share_nothing(run: Runner) -> None:
    outputs = dict[int, list[str]]()

    def one(number: int) -> None:
        outputs[number] = run.outputs(f"echo {number} >>/file; sleep 1; cat /file\n")

    threads = [threading.Thread(target=one, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {1: ["1\n"], 2: ["2\n"]}


def test_a_chain_shares_one_machine(laboratory: Laboratory) -> None:
    chain = [program("touch x; y=1\n", name="a/x.sh"), program("ls; echo $y\n", name="b/x.sh")]
    _, second = laboratory.lab.run(chain)
    assert second.steps[0].output == b"data.txt\nx\n\n"


def test_limits_on_cpu_time_do_not_bring_the_kernel_down(run: Runner) -> None:
    """Switching them on and off had it patch its own code, which the emulator got wrong."""
    code = (
        "cd /sys/fs/cgroup; cat cgroup.subtree_control; ls -d lab # ? 2\n"
        "echo +cpu > cgroup.subtree_control; mkdir g; (while sleep 0.001; do :; done) &\n"
        'for _ in $(seq 1500); do echo "50000 100000"; echo max; done > g/cpu.max\n'
        "kill %1; rmdir g\n"
    )
    assert run.outputs(code)[0].startswith("ls: cannot access 'lab'")
