"""Runs of single snippets in the namespace lab, for tests."""

from pathlib import Path

import pytest

from snippetlab.labs.failing import RunError
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.program import Program
from snippetlab.transcript import Step


class Runner:
    def __init__(self, laboratory: Laboratory) -> None:
        self._lab = laboratory.lab

    def __call__(self, code: str, timeout: float = 10, leaves: str = "") -> tuple[Step, ...]:
        path = Path("x.sh")
        program = Program(
            path,
            bash.parse(path, code),
            {"data.txt": b"data\n"},
            timeout,
            leaves=frozenset(leaves.split()),
        )
        return self._lab.run([program])[0].steps

    def outputs(self, code: str) -> list[str]:
        return [step.output.decode() for step in self(code)]

    def fault(self, code: str, timeout: float = 10) -> str:
        with pytest.raises(RunError) as caught:
            self(code, timeout)
        return str(caught.value)
