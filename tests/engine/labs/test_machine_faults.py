"""Machines that go down, or are ended from outside."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippetlab.errors import LabUnavailableError
from snippetlab.labs.failing import RunError
from snippetlab.labs.machine import qemu
from snippetlab.labs.steps import Steps
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.engine.machines import Runner, machines_of, wait_for_machine
from tests.support import Write, snippet, wait_for


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


@pytest.fixture
def run(laboratory: Laboratory) -> Iterator[Runner]:
    yield Runner(laboratory)
    assert machines_of(os.getpid()) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("echo o >/proc/sysrq-trigger; sleep 50", "the virtual machine was powered off"),
        ("echo c >/proc/sysrq-trigger", "the kernel of the virtual machine panicked"),
    ],
    ids=["power", "panic"],
)
def test_a_fault_is_named_with_its_step(run: Runner, code: str, message: str) -> None:
    assert run.fault(f"true\n{code}\ntrue\n").startswith(f"x.sh:2: {message}")


def test_a_qemu_that_is_killed_is_a_clear_fault(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = Steps.reported

    def killed(steps: Steps, report: str) -> str:
        """When the first step has ended."""
        os.kill(wait_for_machine(os.getpid()), signal.SIGKILL)
        return reported(steps, report)

    monkeypatch.setattr(Steps, "reported", killed)
    assert "killed by SIGKILL" in run.fault("true\nsleep 5000\n")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_an_interrupted_command_leaves_no_machine(
    laboratory: Laboratory, write: Write, project: Project, how: signal.Signals
) -> None:
    write("snippets/a/x.sh", snippet("sleep 50\n").replace("namespace", laboratory.lab.name))
    command = [sys.executable, "-m", "snippetlab", "run", "a/x"]
    with subprocess.Popen(command, cwd=project.root, stderr=subprocess.PIPE, text=True) as process:
        machine = wait_for_machine(process.pid)
        process.send_signal(how)
        _, errors = process.communicate(timeout=120)
    wait_for(lambda: not Path(f"/proc/{machine}").exists())
    assert "Traceback" not in errors


def test_stopping_ends_what_is_being_started(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = qemu.Qemu.__enter__

    def enter(machine: qemu.Qemu) -> qemu.Qemu:
        run.lab.stop()
        return entered(machine)

    monkeypatch.setattr(qemu.Qemu, "__enter__", enter)
    with pytest.raises((RunError, LabUnavailableError)) as caught:
        run("sleep 5000\n")
    assert "took longer" not in str(caught.value)
