"""What the namespace lab gives a snippet, and what it keeps from it."""

import os
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab import bash, python, shell
from snippetlab.laboratory import Laboratory
from snippetlab.labs import stage
from snippetlab.labs.namespace import NamespaceLab
from snippetlab.labs.progress import RunError
from snippetlab.program import Program
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


@pytest.fixture
def run(laboratory: Laboratory) -> Runner:
    return Runner(laboratory)


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


def test_the_environment_is_fixed(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "s3cret")
    (output,) = run.outputs("env -u _ -u SHLVL -u PWD | sort; date +%Z; hostname; id -u; pwd\n")
    assert output.split("\n") == [
        "COLUMNS=80",
        "HOME=/root",
        "LC_ALL=C.UTF-8",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "TZ=UTC",
        "USER=root",
        "UTC",
        "lab",
        "0",
        "/root",
        "",
    ]


def test_a_step_has_no_standard_input(run: Runner) -> None:
    assert run.outputs("cat\nread -r x || echo end\n") == ["", "end\n"]


def test_files_of_the_snippet_are_there(run: Runner) -> None:
    assert run.outputs("ls\ncat data.txt\n") == ["data.txt\n", "data\n"]


def test_root_inside_is_an_ordinary_user_outside(run: Runner) -> None:
    process = threading.Thread(target=lambda: run("sleep 1.5 # ? *\n"))
    process.start()
    time.sleep(0.7)
    found = subprocess.run(["ps", "-eo", "uid=,args="], capture_output=True, text=True).stdout
    process.join()
    owners = {line.split()[0] for line in found.splitlines() if line.endswith(" sleep 1.5")}
    assert owners == {"65534" if os.geteuid() == 0 else str(os.geteuid())}


def test_the_image_cannot_be_written_or_loosened(run: Runner) -> None:
    code = "mount -o remount,rw,bind / # ? 32\ntouch /usr/x # ? 1\numount /usr # ? 32\n"
    assert [step.status for step in run(code)] == [32, 1, 32]


def test_there_is_no_network(run: Runner) -> None:
    assert run.outputs("ip -brief link | cut -d ' ' -f 1\nip route\n") == ["lo\n", ""]


def test_the_host_is_not_there(run: Runner, repository: object) -> None:
    path = Path(__file__).resolve()
    assert run(f"test -e {path} # ? 1\ntest -e /proc/{os.getpid()}/exe # ? *\n")[0].status == 1


def test_nothing_survives_a_run(run: Runner) -> None:
    run(
        "(trap '' TERM HUP; exec -a left-behind sleep 60) &\nsetsid -f sleep 61\n", leaves="process"
    )
    left = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True).stdout
    assert "left-behind" not in left
    assert "sleep 61" not in left


def test_two_runs_share_nothing(run: Runner) -> None:
    run("touch /tmp/x /root/x /run/x\n", leaves="file")
    assert run.outputs("ls -A /tmp /root/x /run/x 2>&1 | grep -c 'No such'\n") == ["2\n"]


def test_python_runs_as_one_step(laboratory: Laboratory) -> None:
    path = Path("x.py")
    code = "print('a')\nprint('b')\n"
    program = Program(path, python.parse(path, code), {"x.py": code.encode()}, 10)
    (step,) = laboratory.lab.run([program])[0].steps
    assert (step.command, step.output) == ("python3 x.py", b"a\nb\n")


def test_a_failing_step_is_named_with_its_output(run: Runner) -> None:
    message = run.fault("echo fine\necho why >&2; (exit 3)\necho never\n")
    assert message.startswith("x.sh:2: this step failed with exit status 3\n")
    assert "| $ echo why >&2; (exit 3)\n    | why\n" in message
    assert "# ? 3" in message


def test_an_expected_failure_that_does_not_come_is_a_fault(run: Runner) -> None:
    assert "exit status 0 instead of 1" in run.fault("true # ? 1\n")


def test_a_hanging_snippet_meets_its_deadline(run: Runner) -> None:
    began = time.monotonic()
    message = run.fault("true\ntrap '' TERM; sleep 60\n", timeout=1)
    assert time.monotonic() - began < 3
    assert message.startswith("x.sh:2: the snippet had not ended after 1 s")
    assert "`timeout`" in message


def test_endless_output_is_cut_off(run: Runner) -> None:
    began = time.monotonic()
    message = run.fault("head -c 100M /dev/zero\n")
    assert time.monotonic() - began < 3
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


def test_many_runs_side_by_side_do_not_mix(laboratory: Laboratory) -> None:
    """Descriptor numbers differ from run to run; the lab once closed its own when it was 9."""
    run, outputs = Runner(laboratory), dict[int, list[str]]()

    def one(number: int) -> None:
        outputs[number] = run.outputs(f"echo {number}\n")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {n: [f"{n}\n"] for n in range(40)}


def test_stopping_ends_what_runs(laboratory: Laboratory) -> None:
    run, faults = Runner(laboratory), list[str]()
    thread = threading.Thread(target=lambda: faults.append(run.fault("sleep 30\n", 60)))
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    laboratory.lab.stop()
    thread.join()
    assert time.monotonic() - began < 2
    assert "the shell ended in this step" in faults[0]


def test_the_guard_outlives_the_thread_that_started_it(laboratory: Laboratory) -> None:
    """The kernel's parent-death signal comes when the parent's *thread* ends."""
    lab = NamespaceLab(laboratory.image)
    run = Runner(replace(laboratory, lab=lab))
    thread = threading.Thread(target=lambda: run("true\n"))
    thread.start()
    thread.join()
    time.sleep(0.2)
    assert run.outputs("echo still there\n") == ["still there\n"]
    lab.close()


def test_a_guard_that_was_killed_is_replaced(laboratory: Laboratory) -> None:
    lab = NamespaceLab(laboratory.image)
    run = Runner(replace(laboratory, lab=lab))
    run("true\n")
    lab.close()
    assert run.outputs("echo again\n") == ["again\n"]
    lab.close()


def test_a_chain_shares_its_files_and_its_namespaces(laboratory: Laboratory) -> None:
    # Two of the same name, from two chapters.
    codes = {"a/x.sh": "touch x; hostname moved\ny=1\n", "b/x.sh": "ls; hostname; echo $y\n"}
    programs = [
        Program(Path(name), bash.parse(Path(name), code), {}, 10) for name, code in codes.items()
    ]
    _, second = laboratory.lab.run(programs)
    assert second.steps[0].output == b"x\nmoved\n\n"


def test_a_fault_in_a_chain_names_its_own_file(laboratory: Laboratory) -> None:
    programs = [
        Program(Path(name), bash.parse(Path(name), code), {}, timeout)
        for name, code, timeout in (("a.sh", "true\n", 60), ("b.sh", "true\nsleep 9\n", 1))
    ]
    with pytest.raises(RunError, match=r"^b\.sh:2: the snippet had not ended after 1 s"):
        laboratory.lab.run(programs)


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
    assert 0.3 <= time.monotonic() - began < 2
    assert message.startswith("x.sh:2: this step failed with exit status 2")
    assert "tried for 0.3 s" in message
    assert message.count("cannot access") == 1


def test_what_settles_at_once_runs_once(run: Runner) -> None:
    assert run.outputs("echo x >> f # settle: 5s\ncat f\n") == ["", "x\n"]


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
