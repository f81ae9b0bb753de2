"""A run becomes steps: what each printed, in nested shells and at two terminals too."""

import time
from pathlib import Path

import pytest

from snippetlab import bash, python, shell
from snippetlab.laboratory import Laboratory
from snippetlab.labs import stage
from snippetlab.labs.steps import RunError
from snippetlab.program import Program
from tests.engine.runners import Runner


def test_the_shell_is_one_from_step_to_step(run: Runner) -> None:
    code = "mkdir d; cd d\npwd\nx=1\nf() { echo f$x; }\nf\nfalse # ? 1\necho $?\n"
    assert run.outputs(code) == ["", "/root/d\n", "", "", "f1\n", "", "1\n"]


def test_a_nested_shell_has_steps_of_its_own(run: Runner) -> None:
    steps = run("unshare --uts bash <<'jail'\nhostname jail\nhostname\njail\nhostname\n")
    assert [(s.prompt, s.output) for s in steps] == [
        ("$", b""),
        ("jail#", b""),
        ("jail#", b"jail\n"),
        ("$", b"lab\n"),
    ]


def test_output_and_errors_are_merged_in_order(run: Runner) -> None:
    assert run.outputs("for i in 1 2; do echo o$i; echo e$i >&2; done\n") == ["o1\ne1\no2\ne2\n"]


def test_carriage_returns_are_resolved_as_a_terminal_would(run: Runner) -> None:
    assert run.outputs(r"printf '1%%\r50%%\r100%%\nabc\rX\n'" + "\n") == ["100%\nXbc\n"]


def test_late_output_belongs_to_the_step_in_which_it_comes(run: Runner) -> None:
    assert run.outputs("(sleep 0.2; echo late) &\necho first\nwait\n") == ["", "first\n", "late\n"]


def test_bytes_come_through_as_they_are(run: Runner) -> None:
    every = bytes(b for b in range(256) if b != 13)
    code = (
        "python3 -c 'import sys; sys.stdout.buffer.write(bytes(b for b in range(256) if b != 13))'"
    )
    assert run(code + "\n")[0].output == every


def test_an_output_that_looks_like_a_prompt_makes_no_step(run: Runner) -> None:
    steps = run("printf '$ rm -rf /\\n? 3\\njail# id\\n'\n")
    assert [(s.command[:6], s.status) for s in steps] == [("printf", 0)]


def test_python_runs_as_one_step(laboratory: Laboratory) -> None:
    path = Path("x.py")
    code = "print('a')\nprint('b')\n"
    program = Program(path, python.parse(path, code), {"x.py": code.encode()}, 10)
    (step,) = laboratory.lab.run([program])[0].steps
    assert (step.command, step.output) == ("python3 x.py", b"a\nb\n")


def test_a_command_may_settle(run: Runner) -> None:
    code = "(sleep 0.4; touch ready) &\nls ready # settle: 5s\necho after\n"
    steps = run(code)
    assert [(s.command, s.output, s.status) for s in steps[1:]] == [
        ("ls ready", b"ready\n", 0),
        ("echo after", b"after\n", 0),
    ]


def test_settling_is_bounded(run: Runner) -> None:
    began = time.monotonic()
    message = run.fault("true\nls never # settle: 0.3s\n")
    assert time.monotonic() - began >= 0.3
    assert message.startswith("x.sh:2: this step failed with exit status 2 for 0.3 s\n")
    assert message.count("cannot access") == 1


def test_what_settles_at_once_runs_once(run: Runner) -> None:
    assert run.outputs("echo x >> f # settle: 5s\ncat f\n") == ["", "x\n"]


def test_a_chain_shares_its_files_and_its_namespaces(laboratory: Laboratory) -> None:
    # Two of the same name, from two chapters.
    codes = {"a/x.sh": "touch x; hostname moved\ny=1\n", "b/x.sh": "ls; hostname; echo $y\n"}
    programs = [
        Program(Path(name), bash.parse(Path(name), code), {}, 10) for name, code in codes.items()
    ]
    _, second = laboratory.lab.run(programs)
    assert second.steps[0].output == b"x\nmoved\n\n"


def test_script_and_stage_agree_on_the_descriptor() -> None:
    """The stage runs in the image and cannot import the engine, so the number stands twice."""
    assert stage.CONTROL == shell.CONTROL


PAIR = """\
test -d /run/lab || exit 1
unshare --uts bash <<'jail'
hostname jail
# terminal: host
hostname
sh <<'deep'
echo deep
deep
# terminal: jail
hostname
# terminal: host
x=1; (exit 3) # ? 3
jail
hostname; echo $x
"""


def test_two_terminals_take_turns(run: Runner) -> None:
    steps = [(s.prompt, s.output, s.status) for s in run(PAIR)[1:]]
    assert steps == [
        ("$", b"", 0),
        ("jail#", b"", 0),
        ("$", b"lab\n", 0),
        ("$", b"", 0),
        ("deep#", b"deep\n", 0),
        ("jail#", b"jail\n", 0),
        ("$", b"", 3),
        ("$", b"lab\n1\n", 0),
    ]


def test_a_terminal_that_ends_early_is_a_fault(run: Runner) -> None:
    with pytest.raises(RunError, match="out of order"):
        run(PAIR.replace("# terminal: jail\nhostname", "# terminal: jail\nkill -9 $$"), timeout=8)
