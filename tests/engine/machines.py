"""Runs of single snippets in the machine lab, for tests, and the machines that they leave."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from snippetlab.labs.failing import RunError
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from snippetlab.transcript import Step
from tests.support import wait_for


def program(
    code: str, timeout: float = 1800, name: str = "x.sh", leaves: Iterable[str] = CURES
) -> Program:
    """What it leaves behind is no matter, unless `leaves` says what may be."""
    path, files = Path(name), {"data.txt": b"data\n"}
    return Program(path, bash.parse(path, code), files, timeout, leaves=frozenset(leaves))


class Runner:
    def __init__(self, laboratory: Laboratory) -> None:
        self.lab = laboratory.lab

    def __call__(self, code: str, timeout: float = 1800) -> tuple[Step, ...]:
        return self.lab.run([program(code, timeout)])[0].steps

    def outputs(self, code: str, timeout: float = 1800) -> list[str]:
        return [step.output.decode() for step in self(code, timeout)]

    def fault(self, code: str, timeout: float = 1800) -> str:
        with pytest.raises(RunError) as caught:
            self(code, timeout)
        return str(caught.value)


def machines_of(parent: int) -> list[int]:
    """The process ids of the QEMUs that a process has started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(parent)], capture_output=True, text=True
    )
    lines = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, command, *_ in lines if command.startswith("qemu-system")]


def wait_for_machine(parent: int) -> int:
    """The one that is started there; one that only says its version has no machine."""
    found: list[int] = []

    def look() -> bool:
        found[:] = [one for one in machines_of(parent) if b"-incoming" in _arguments(one)]
        return bool(found)

    wait_for(look)
    return found[0]


def _arguments(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
