"""A run becomes steps; that each lab tells them apart, test_contract.py shows."""

import math
from pathlib import Path

from snippetlab.labs import plan
from snippetlab.labs.steps import Steps
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program
from tests.engine.contract import program


def test_python_runs_as_one_step(laboratory: Laboratory) -> None:
    path = Path("x.py")
    code = "print('a')\nprint('b')\n"
    program = Program(path, LANGUAGES[".py"].commands(path, code), {"x.py": code.encode()}, 10)
    (step,) = laboratory.lab.run([program])[0].steps
    assert (step.command, step.output) == ("python3 x.py", b"a\nb\n")


def test_the_time_limit_of_a_step_is_that_of_no_other() -> None:
    """Nor of the shell around it, nor of the end, when what still runs is waited for."""
    code = "true # timeout: 2s\nunshare bash <<'jail'\ntrue # timeout: 3s\njail\ntrue\n"
    steps = Steps(program(code))
    allowed = [steps.step_seconds]
    for kind, number in plan.events(steps.program.commands):
        steps.reported(f"{kind} {number} 0")
        allowed.append(steps.step_seconds)
    assert allowed == [2, math.inf, 3, math.inf, math.inf, math.inf]


def test_a_step_that_meets_its_own_limit_waiting_for_a_key_says_so() -> None:
    steps = Steps(program("read x # timeout: 2s\n", terminal=True))
    longer = "this step took longer than its limit, 2 s"
    assert f"{longer}\n" in str(steps.step_overdue())
    assert steps.reported("asks") == ""
    assert f"{longer}: this step waits for input" in str(steps.step_overdue())
