"""Every lab keeps its promises; what is one lab's own is in that lab's tests."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from snippetlab.errors import LabUnavailableError
from snippetlab.labs.failing import OverdueError, RunError
from snippetlab.registry import BROWSER, DEFAULT, LABS
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript
from tests.engine import contract
from tests.engine.breaches import FAULTS, LEAKS
from tests.engine.contract import program
from tests.support import wait_for

LaboratoryOf = Callable[[str], Laboratory]


class Ran:
    """A chain of two in one instance of a lab, and a third at the same time in another."""

    def __init__(self, laboratory: Laboratory) -> None:
        first, second, other = map(
            contract.code_of, (contract.FIRST, contract.SECOND, contract.OTHER)
        )
        second, other = (f"{code}{contract.CLOCK}" for code in (second, other))
        # Two of the same name, from two chapters.
        chains = {
            "first": [program(first, "a/x.sh"), program(second, "b/x.sh")],
            "other": [program(other)],
        }
        self.began = time.time()
        with ThreadPoolExecutor() as threads:
            running = {name: threads.submit(laboratory.lab.run, chains[name]) for name in chains}
            self.transcripts = {name: future.result() for name, future in running.items()}


@pytest.fixture(scope="module", params=LABS)
def ran(request: pytest.FixtureRequest, laboratory_of: LaboratoryOf) -> Ran:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", "s3cret")
        return Ran(laboratory_of(request.param))


def told(transcript: Transcript) -> list[tuple[str, bytes, int]]:
    return [(step.prompt, step.output, step.status) for step in transcript.steps]


def test_each_step_has_its_prompt_its_output_and_its_status(ran: Ran) -> None:
    assert told(ran.transcripts["first"][0]) == contract.told_of(contract.FIRST)


def test_a_chain_has_one_instance_and_a_shell_for_each(ran: Ran) -> None:
    assert told(ran.transcripts["first"][1])[:-2] == contract.told_of(contract.SECOND)


def test_chains_share_nothing_and_know_the_time(ran: Ran) -> None:
    (_, here), (there,) = ran.transcripts["first"], ran.transcripts["other"]
    assert told(there)[:-2] == contract.told_of(contract.OTHER)
    (clock, one), (other_clock, other) = (t.steps[-2:] for t in (here, there))
    for step in (clock, other_clock):
        assert ran.began - 600 < int(step.output) < time.time() + 600
    assert one.output != other.output


@pytest.mark.parametrize("name", contract.KINDS)
def test_two_terminals_take_turns(name: str, laboratory_of: LaboratoryOf) -> None:
    (transcript,) = laboratory_of(name).lab.run([program(contract.code_of(contract.TURNS))])
    assert told(transcript) == contract.told_of(contract.TURNS)


AT_TERMINAL = [name for name in contract.KINDS if name != BROWSER]


@pytest.mark.parametrize("name", AT_TERMINAL)
def test_at_a_terminal_is_typed_what_a_program_asks_for(
    name: str, laboratory_of: LaboratoryOf
) -> None:
    at_terminal = program(
        contract.script_of(contract.TERMINAL), "a.sh", leaves=["process"], terminal=True
    )
    chain = [at_terminal, program("test -t 1 # ? 1\n", "b.sh")]
    transcript, after = laboratory_of(name).lab.run(chain)
    assert transcript.dumps() == contract.TERMINAL
    assert told(after) == [("$", b"", 1)]


@pytest.mark.parametrize("name", AT_TERMINAL)
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("true\ntrue\n# typed: yes\n", "x.sh:2: nothing in this step asked for 'yes'"),
        ("read -n 1 x\n# typed: yes\n", "x.sh:1: not all that was typed into this step was read"),
        ("true\nyes\n", "x.sh:2: the snippet printed more than 1MB"),
        ("cat\n# typed: ^C\ntrue\n", "x.sh:1: the shell ended in this step (exit status 130)"),
    ],
)
def test_what_is_typed_in_vain_is_named(
    name: str, code: str, said: str, laboratory_of: LaboratoryOf
) -> None:
    assert failure(laboratory_of(name), program(code, terminal=True)).startswith(said)


@pytest.mark.parametrize("name", AT_TERMINAL)
def test_what_waits_for_a_key_that_nobody_types_meets_its_deadline(
    name: str, laboratory_of: LaboratoryOf
) -> None:
    waits = program("read x\n", timeout=4 / LABS[name].patience, terminal=True)
    message = failure(laboratory_of(name), waits)
    assert message.startswith("x.sh:1: the snippet took longer than 4 s: this step waits for input")


MET = [
    (name, fault)
    for name in contract.KINDS
    for fault in FAULTS
    if name == DEFAULT or FAULTS[fault].everywhere
]
"""What all labs share is seen in the fastest."""


@pytest.mark.parametrize(("name", "fault"), MET)
def test_what_a_recording_must_not_hold_is_named_with_its_step(
    name: str, fault: str, laboratory_of: LaboratoryOf
) -> None:
    code, said, also = FAULTS[fault].code, FAULTS[fault].said, FAULTS[fault].also
    message = failure(laboratory_of(name), program(code))
    assert message.startswith(said)
    assert [part for part in also if part not in message] == []
    assert len(message) < 4000


@pytest.mark.parametrize("name", [name for name in contract.KINDS if name != BROWSER])
def test_standard_error_is_told_apart_from_who_asks_for_it(
    name: str, laboratory_of: LaboratoryOf
) -> None:
    """All that a step prints to one, then all that it prints to the other; nothing is lost."""
    code = (
        "echo e1 >&2; echo o1; echo e2 >/dev/stderr; echo o2\n"
        "unshare --uts bash <<'jail'\necho o; nonsense # ? 127\njail\n"
        "yes | head -c 200000 | tee /dev/stderr\n"
    )
    apart, other = replace(program(code), apart=True), program("echo e >&2; echo o\n")
    first, second = laboratory_of(name).lab.run([apart, other])
    assert [(step.output, step.errors) for step in first.steps[:-1]] == [
        (b"o1\no2\n", b"e1\ne2\n"),
        (b"", b""),
        (b"o\n", b"bash: line 1: nonsense: command not found\n"),
    ]
    assert first.steps[-1].output == first.steps[-1].errors == b"y\n" * 100_000
    assert (second.steps[0].output, second.steps[0].errors) == (b"e\no\n", b"")


@pytest.mark.parametrize("name", contract.KINDS)
def test_what_hangs_meets_its_deadline(name: str, laboratory_of: LaboratoryOf) -> None:
    hangs = program("trap '' TERM; sleep 5000\n", "b.sh", 2 / LABS[name].patience)
    message = failure(laboratory_of(name), program("true\ntrue\n", "a.sh"), hangs)
    assert message.startswith("b.sh:1: the snippet took longer than 2 s\n")
    assert "# timeout = " in message


@pytest.mark.parametrize("name", contract.KINDS)
def test_what_runs_is_stopped_and_the_lab_goes_on(name: str, laboratory_of: LaboratoryOf) -> None:
    lab, failures = laboratory_of(name).lab, list[Exception]()

    def run() -> None:
        try:
            lab.run([program("sleep 5000\n")])
        except (RunError, LabUnavailableError) as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()

    def has_ended() -> bool:
        lab.stop()  # before it has begun, that is in vain
        return not thread.is_alive()

    wait_for(has_ended)
    assert [isinstance(failure, OverdueError) for failure in failures] == [False]
    (transcript,) = lab.run([program("echo on\n")])
    assert told(transcript) == [("$", b"on\n", 0)]


LEFT = [
    (name, kind)
    for name in contract.KINDS
    for kind in LEAKS
    if name == DEFAULT or (name != BROWSER and kind == "process")
]
"""The tab looks for nothing; what else is left in a machine test_machine_leaks.py looks for."""


@pytest.mark.parametrize(("name", "kind"), LEFT)
def test_what_is_left_is_named_with_its_step(
    name: str, kind: str, laboratory_of: LaboratoryOf
) -> None:
    code, what = LEAKS[kind]
    leaves = set(CURES) - {kind}
    inside = f"true\nunshare --fork bash <<'in'\n{code}\nin\ntrue\n"
    message = failure(
        laboratory_of(name), program("true\n", "a.sh"), program(inside, leaves=leaves)
    )
    assert message.startswith(f"x.sh:3: this step leaves a {kind} behind: {what}\n")
    assert CURES[kind] in message
    assert f'leaves = ["{kind}"]' in message


@pytest.mark.parametrize("name", [name for name, kind in LEFT if kind == "process"])
def test_what_is_declared_may_be_left(name: str, laboratory_of: LaboratoryOf) -> None:
    code = "".join(f"{code}\n" for code, _ in LEAKS.values())
    laboratory_of(name).lab.run([program(code, leaves=LEAKS)])


def failure(laboratory: Laboratory, *chain: Program) -> str:
    with pytest.raises(RunError) as caught:
        laboratory.lab.run(chain)
    return str(caught.value)
