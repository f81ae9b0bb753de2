"""What a recording must not hold is a fault at its step."""

from pathlib import Path

import pytest

from snippetlab import bash
from snippetlab.laboratory import Laboratory
from snippetlab.labs.steps import RunError
from snippetlab.program import Program
from tests.engine.runners import Runner


def test_a_failing_step_is_named_with_its_output(run: Runner) -> None:
    message = run.fault("echo fine\necho why >&2; (exit 3)\necho never\n")
    assert message.startswith("x.sh:2: this step failed with exit status 3\n")
    assert "| $ echo why >&2; (exit 3)\n    | why\n" in message
    assert "# ? 3" in message


def test_an_expected_failure_that_does_not_come_is_a_fault(run: Runner) -> None:
    assert "exit status 0 instead of 1" in run.fault("true # ? 1\n")


def test_a_hanging_snippet_meets_its_deadline(run: Runner) -> None:
    message = run.fault("true\ntrap '' TERM; sleep 600\n", timeout=1)
    assert message.startswith("x.sh:2: the snippet took longer than 1 s")
    assert "# timeout = 2" in message


def test_endless_output_is_cut_off(run: Runner) -> None:
    message = run.fault("cat /dev/zero\n", timeout=600)
    assert "printed more than 1MB" in message
    assert len(message) < 4000


@pytest.mark.parametrize("code", ["kill -9 $$\n", "exit 3\n", "exec true\n", "set -e; false\n"])
def test_a_snippet_that_ends_its_own_shell_is_a_fault(code: str, run: Runner) -> None:
    message = run.fault(f"true\n{code}true\n")
    assert message.startswith("x.sh:2: the shell ended in this step")


def test_a_nested_shell_that_does_not_start_is_a_fault(run: Runner) -> None:
    message = run.fault("true\nunshare --nonsense bash <<'jail'\ntrue\njail\n")
    assert message.startswith("x.sh:2: the shell of this step did not start")
    assert "--nonsense" in message


@pytest.mark.parametrize(
    "code",
    ["echo x >&9\n", "exec 9>&-\n", "echo 'done 0 0' >&9\n"],
    ids=["noise", "close", "forge"],
)
def test_meddling_with_the_labs_descriptor_is_a_fault(code: str, run: Runner) -> None:
    assert run.fault(code + "true\n").startswith("x.sh:1: ")


def test_a_fault_in_a_chain_names_its_own_file(laboratory: Laboratory) -> None:
    programs = [
        Program(Path(name), bash.parse(Path(name), code), {}, timeout)
        for name, code, timeout in (("a.sh", "true\n", 60), ("b.sh", "true\nsleep 9\n", 1))
    ]
    with pytest.raises(RunError, match=r"^b\.sh:2: the snippet took longer than 1 s"):
        laboratory.lab.run(programs)
