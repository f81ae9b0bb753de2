"""What the machine lab gives a snippet, and what becomes of faults."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippetlab import bash, shell
from snippetlab.errors import LabUnavailableError
from snippetlab.laboratory import Laboratory
from snippetlab.labs import agent, frames
from snippetlab.labs.image import read_recipe
from snippetlab.labs.machine import MachineLab
from snippetlab.labs.progress import RunError
from snippetlab.labs.qemu import find_processor
from snippetlab.labs.snapshot import Snapshot, find_snapshot
from snippetlab.program import Program
from snippetlab.project import Project
from snippetlab.transcript import Step
from tests.support import Write, snippet


def program(code: str, timeout: float = 60, name: str = "x.sh") -> Program:
    return Program(Path(name), bash.parse(Path(name), code), {"data.txt": b"data\n"}, timeout)


class Runner:
    def __init__(self, laboratory: Laboratory) -> None:
        self.lab = laboratory.lab

    def __call__(self, code: str, timeout: float = 60) -> tuple[Step, ...]:
        return self.lab.run([program(code, timeout)])[0].steps

    def outputs(self, code: str, timeout: float = 60) -> list[str]:
        return [step.output.decode() for step in self(code, timeout)]

    def fault(self, code: str, timeout: float = 60) -> str:
        with pytest.raises(RunError) as caught:
            self(code, timeout)
        return str(caught.value)


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


@pytest.fixture
def run(laboratory: Laboratory) -> Iterator[Runner]:
    yield Runner(laboratory)
    assert machines_of(os.getpid()) == []


def machines_of(parent: int) -> list[int]:
    """The process ids of the QEMUs that a process has started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(parent)], capture_output=True, text=True
    )
    lines = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, command, *_ in lines if command.startswith("qemu-system")]


def wait_for_machine(parent: int) -> int:
    for _ in range(300):
        if found := machines_of(parent):
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no machine came up")


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


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("echo o >/proc/sysrq-trigger; sleep 50", "the virtual machine was powered off"),
        ("echo c >/proc/sysrq-trigger", "the kernel of the virtual machine panicked"),
        ("kill -9 $$", "the shell ended in this step (exit status 137)"),
        ("(exit 3)", "this step failed with exit status 3"),
        ("echo x >&9", "a report of this step cannot be read"),
        ("head -c 100M /dev/zero", "the snippet printed more than 1MB"),
    ],
    ids=["power", "panic", "kill", "fail", "forge", "flood"],
)
def test_a_fault_is_named_with_its_step(run: Runner, code: str, message: str) -> None:
    assert run.fault(f"true\n{code}\ntrue\n").startswith(f"x.sh:2: {message}")


def test_a_hanging_snippet_meets_its_deadline(run: Runner) -> None:
    began = time.monotonic()
    message = run.fault("true\ntrap '' TERM; sleep 60\n", timeout=3)
    assert message.startswith("x.sh:2: the snippet had not ended after 3 s")
    assert time.monotonic() - began < 30


def test_a_qemu_that_is_killed_is_a_clear_fault(run: Runner) -> None:
    faults = list[str]()
    thread = threading.Thread(target=lambda: faults.append(run.fault("true\nsleep 50\n")))
    thread.start()
    machine = wait_for_machine(os.getpid())
    time.sleep(3)
    os.kill(machine, signal.SIGKILL)
    thread.join()
    assert "killed by SIGKILL" in faults[0]


def test_stopping_ends_what_runs(run: Runner) -> None:
    failures = list[BaseException]()

    def one() -> None:
        try:
            run("sleep 50\n")
        except (RunError, LabUnavailableError) as error:
            failures.append(error)

    thread = threading.Thread(target=one)
    thread.start()
    wait_for_machine(os.getpid())
    began = time.monotonic()
    run.lab.stop()
    thread.join()
    assert time.monotonic() - began < 15
    assert len(failures) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_an_interrupted_command_leaves_no_machine(
    laboratory: Laboratory, write: Write, project: Project, how: signal.Signals
) -> None:
    write("snippets/a/x.sh", snippet("sleep 50\n").replace("namespace", laboratory.lab.name))
    command = [sys.executable, "-m", "snippetlab", "run", "a/x"]
    with subprocess.Popen(command, cwd=project.root, stderr=subprocess.PIPE, text=True) as process:
        machine = wait_for_machine(process.pid)
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
    for _ in range(100):
        if not Path(f"/proc/{machine}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{machine}").exists()
    assert "Traceback" not in errors


def test_a_truncated_state_is_refused(
    laboratory: Laboratory, repository: Project, tmp_path: Path
) -> None:
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    snapshot = find_snapshot(recipe, image, find_processor(image))
    assert snapshot
    copy = tmp_path / "state"
    shutil.copytree(snapshot.directory, copy)
    tmp_path.chmod(0o755)
    (copy / "memory").chmod(0o644)
    os.truncate(copy / "memory", 1 << 20)
    lab = MachineLab("machine", image, Snapshot(copy, snapshot.processor), recipe.machine)
    with pytest.raises(LabUnavailableError, match="snippetlab lab build machine --fresh"):
        lab.check()


def test_a_truncated_image_is_refused(
    laboratory: Laboratory, repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    processor = find_processor(image)
    snapshot = find_snapshot(recipe, image, processor)
    assert snapshot
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    assert find_snapshot(recipe, image, processor) is None
    copy = tmp_path / "machines" / snapshot.directory.name
    copy.mkdir(parents=True)
    disk = tmp_path / "disk.raw"
    disk.write_bytes(b"cut off")
    (copy / "sizes.json").write_text(f'{{"{disk}": 6442450944}}')
    with pytest.raises(LabUnavailableError, match=r"disk\.raw is damaged"):
        find_snapshot(recipe, image, processor)


def test_a_full_disk_is_noticed_before_anything_is_made(repository: Project) -> None:
    code = (
        'set -e; d=$(mktemp -d); mount -t tmpfs -o size=64M tmpfs "$d"'
        f'; export SNIPPETLAB_CACHE="$d"; "{sys.executable}" -m snippetlab lab build machine'
        ' && exit 9; ls "$d"'
    )
    command = ["unshare", "--mount", "sh", "-c", code]
    if os.geteuid() != 0:
        command[1:1] = ["--map-root-user"]
    done = subprocess.run(command, cwd=repository.root, capture_output=True, text=True)
    assert "MiB free; the machine lab needs 3072 MiB" in done.stderr
    assert done.stdout.split() == ["machine.lock"]


def test_script_and_agent_agree_on_the_descriptor() -> None:
    """The agent runs in the image and cannot import the engine, so the number stands twice."""
    assert agent.CONTROL == shell.CONTROL


def test_frames_survive_any_division() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for letter in b"O" + (5).to_bytes(4, "big") + b"abcdeX" + (1).to_bytes(4, "big") + b"0":
            theirs.send(bytes([letter]))
        theirs.close()
        assert list(frames.receive(ours)) == [(b"O", b"abcde"), (b"X", b"0")]
