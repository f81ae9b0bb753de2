"""What the machine lab gives a snippet: a kernel of its own, restored for each chain."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.transcript import Step
from tests.engine.machines import Runner, machines_of, program


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


EVERY = bytes(b for b in range(256) if b != 13)
ASKED = (
    # As in other labs.
    "mkdir d; cd d\npwd\nx=1\nfalse # ? 1\necho $?$x\n"
    "unshare --uts bash <<'jail'\nhostname jail\nhostname\njail\nhostname\n"
    "for i in 1 2; do echo o$i; echo e$i >&2; done\n"
    "cat ~/data.txt\ncat\n(sleep 0.3; echo late) &\necho first\nwait\n"
    "env -u _ -u SHLVL -u PWD -u OLDPWD | sort | head -n 2; id -u; date +%Z\n"
    "ip -brief link | cut -d ' ' -f 1\n"
    # Of bytes all but the carriage return, which a terminal interprets.
    "python3 -c 'import sys; sys.stdout.buffer.write(bytes({*range(256)} - {13}) * 999)'\n"
    # Really root, on a kernel of its own.
    "uname -r\ncd /sys/fs/cgroup; echo +pids >cgroup.subtree_control; mkdir g\n"
    "echo 5 >g/pids.max; cat g/pids.max\ncd; mknod null c 1 3; echo x >null\n"
    "cat /proc/self/uid_map | tr -s ' '\n"
)
ALSO = "date +%s\ncat /proc/sys/kernel/random/uuid\necho {number} >>/file; cat /file\n"
SECOND = "ls; echo $x\n"


class Asked:
    """Two machines at the same time, in each of which a chain of two snippets runs."""

    def __init__(self, laboratory: Laboratory) -> None:
        self.outputs, self.owners = dict[int, list[list[str]]](), set[int]()
        self.steps: Sequence[Step] = ()
        self.began = time.time()

        def run(number: int) -> None:
            first = (ASKED if number == 1 else "") + ALSO.format(number=number)
            chain = [program(first, name="a/x.sh"), program(SECOND, name="b/x.sh")]
            transcripts = laboratory.lab.run(chain)
            if number == 1:
                self.steps = transcripts[0].steps[:-3]
            self.outputs[number] = [[s.output.decode() for s in t.steps[-3:]] for t in transcripts]

        threads = [threading.Thread(target=run, args=(number,)) for number in (1, 2)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for machine in machines_of(os.getpid()):
                with contextlib.suppress(FileNotFoundError):
                    self.owners.add(Path(f"/proc/{machine}").stat().st_uid)
            time.sleep(0.05)
        self.left = machines_of(os.getpid())


@pytest.fixture(scope="module")
def asked(laboratory: Laboratory) -> Asked:
    return Asked(laboratory)


def test_a_snippet_finds_what_it_finds_in_other_labs(asked: Asked) -> None:
    inner = [step for step in asked.steps if step.prompt == "jail#"]
    assert [step.output for step in inner] == [b"", b"jail\n"]
    outer = [step.output.decode() for step in asked.steps[:-6] if step.prompt == "$"]
    assert outer == [
        *("", "/root/d\n", "", "", "11\n", "", "lab\n", "o1\ne1\no2\ne2\n", "data\n", ""),
        *("", "first\n", "late\n", "COLUMNS=80\nHOME=/root\n0\nUTC\n", "lo\n"),
    ]


def test_bytes_come_through_as_they_are(asked: Asked) -> None:
    assert asked.steps[-6].output == EVERY * 999


def test_root_is_real_and_the_kernel_its_own(asked: Asked, laboratory: Laboratory) -> None:
    outputs = [step.output.decode() for step in asked.steps[-5:]]
    assert outputs == [f"{laboratory.kernel}\n", "", "5\n", "", " 0 0 4294967295\n"]
    assert laboratory.kernel != os.uname().release


def test_qemu_is_an_ordinary_user_and_ends_with_the_run(asked: Asked) -> None:
    assert asked.owners == {65534 if os.geteuid() == 0 else os.geteuid()}
    assert asked.left == []


def test_two_restored_machines_know_the_time_and_share_neither_numbers_nor_files(
    asked: Asked,
) -> None:
    (first, _), (second, _) = asked.outputs[1], asked.outputs[2]
    assert asked.began - 60 < int(first[0]) < time.time() + 60
    assert first[1] != second[1]
    assert (first[2], second[2]) == ("1\n", "2\n")


def test_a_chain_shares_one_machine_and_no_shell(asked: Asked) -> None:
    assert asked.outputs[1][1] == ["d\ndata.txt\nnull\n\n"]


def test_limits_on_cpu_time_do_not_bring_the_kernel_down(laboratory: Laboratory) -> None:
    """Switching them on and off had it patch its own code, which the emulator got wrong."""
    code = (
        "cd /sys/fs/cgroup; cat cgroup.subtree_control; ls -d lab # ? 2\n"
        "echo +cpu > cgroup.subtree_control; mkdir g; (while sleep 0.001; do :; done) &\n"
        'for _ in $(seq 1500); do echo "50000 100000"; echo max; done > g/cpu.max\n'
        "kill %1; rmdir g\n"
    )
    assert Runner(laboratory).outputs(code)[0].startswith("ls: cannot access 'lab'")
