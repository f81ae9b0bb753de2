"""Attacks whose witnesses need more than one run, the engine's memory, or a terminal."""

import os
import pty
import select
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from random import randrange
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest

from generated.corpus import Attack, read_corpus
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile import weak
from tests.hostile.caller import Caller
from tests.hostile.kernel import unreclaimable
from tests.hostile.scene import alone
from tests.hostile.test_attacks import needs_root
from tests.hostile.use import running, sampled
from tests.support import ROOT, is_running, lasting, wait_for

HERE = ROOT / "tests/hostile"
CORPUS = read_corpus(HERE)
LEGACY = Path("/proc/sys/dev/tty/legacy_tiocsti")
Test = Callable[[str, Caller, Mapping[str, Any]], bool]


def _program(name: str, code: str) -> Program:
    path = Path(name)
    files = {name: code.encode()} if path.suffix == ".py" else {}
    return Program(
        path, LANGUAGES[path.suffix].commands(path, code), files, 60, leaves=frozenset(CURES)
    )


def next_run(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """What one run writes, the next one finds."""
    # Without a guard it may reach the host, where another worker looks at the same moment.
    code = code.replace("@NAME@", uuid4().hex).replace("@SECRET@", "s3cret")
    code = code.replace("@NUMBER@", str(randrange(1 << 30)))
    with caller.lab(changes, ()) as lab:
        lab.run(_program("x.sh", code))
        transcript, error = lab.run(_program("x.sh", code))
    assert transcript, error
    return b"s3cret" in transcript.steps[0].output


def next_time(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """The time that one run gives to what it touches, the next one finds."""
    with alone(), caller.lab(changes, ()) as lab:
        (first, error), (second, again) = (lab.run(_program("x.sh", code)) for _ in range(2))
    assert first, error
    assert second, again
    return second.steps[0].output == first.steps[1].output


def another_run(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """Two at the same time in one guard; the second finds an argument of the first."""
    with caller.lab(changes, ()) as lab, ThreadPoolExecutor() as pool:
        process = lasting()
        first = pool.submit(lab.run, _program("x.sh", f"bash -c '{process}; :' s3cret\n"))
        with running(process):
            transcript, error = lab.run(_program("y.sh", code))
        assert first.result()[0]
    assert transcript, error
    return b"s3cret" in transcript.steps[0].output


def another_lab(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """Two labs at the same time, each with its guard; the second finds a file of the first."""
    with caller.lab({}, ()) as one, ThreadPoolExecutor() as pool:
        process = lasting()
        first = pool.submit(one.run, _program("x.sh", f"echo s3cret > secret; {process} # ? *\n"))
        with running(process), caller.lab(changes, ()) as other:
            transcript, error = other.run(_program("y.sh", code))
        assert first.result()[0]
    assert transcript, error
    return b"s3cret" in transcript.steps[0].output


def watched(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """One is told what programs another opens, which runs beside it."""
    with caller.lab(changes, ()) as lab, ThreadPoolExecutor() as pool:
        name = f"x{randrange(1 << 30)}.py"
        first = pool.submit(lab.run, _program(name, code))
        wait_for(lambda: is_running(f"python3 {name}"))
        while not first.done():
            assert lab.run(_program("y.sh", "sleep 0.3; factor 15\n"))[0]
        transcript, error = first.result()
    assert transcript, error
    return b"s3cret" in transcript.steps[0].output


def reserve(code: str, caller: Caller, changes: Mapping[str, Any]) -> bool:
    """The kernel takes 30 MB for a run, where all but 10 MB is to be kept."""
    before = [0]

    def left() -> float:
        return float(unreclaimable() < before[0] + 10_000_000)

    little = mock.patch("snippetlab.labs.reserve.available", left)
    with (
        alone(),
        sampled(unreclaimable) as peak,
        caller.lab(changes, ()) as lab,
        nullcontext() if changes else little,
    ):
        before[0] = unreclaimable()
        _, error = lab.run(_program("x.py", code))
        assert changes or "next to no memory" in str(error)
        return peak() > before[0] + 30_000_000


TESTS: Mapping[str, Test] = {
    "next": next_run,
    "next time": next_time,
    "another": another_run,
    "another lab": another_lab,
    "reserve": reserve,
    "watched": watched,
}
ATTACKS = [
    attack
    for attack in CORPUS.attacks
    if attack.values.get("witness") in TESTS and attack.group not in ("machine", "docker")
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_it_is_held(attack: Attack, strongest: Caller) -> None:
    code = (HERE / attack.id).read_text()
    assert not TESTS[attack.values["witness"]](code, strongest, {})


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_without_its_guard_it_gets_through(attack: Attack, strongest: Caller) -> None:
    code = (HERE / attack.id).read_text()
    needs_root(attack)
    weaken = CORPUS.guards[attack.guard].weaken
    assert TESTS[attack.values["witness"]](code, strongest, weaken)


INJECT = (
    "import fcntl; [fcntl.ioctl(0, 0x5412, bytes([b])) for b in b'injected\\n']"
    "  # TIOCSTI, ioctl_tty(2)\n"
)


def _typed_after(laboratory: Laboratory, changes: Mapping[str, Any]) -> bytes:
    """What the terminal's next reader gets after a shell in the lab has tried to type."""
    child, terminal = pty.fork()
    if child == 0:
        try:
            lab = weak.lab(laboratory.image, changes)
            lab.interact()
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(0, os.getpgrp())  # as the shell does from which one starts this
            os.write(1, b"[over]")
            os.write(1, b"[" + os.read(0, 100).split(b"\n")[0] + b"]")
        finally:
            os._exit(0)
    try:
        os.write(terminal, f'python3 -c "{INJECT.split("  #")[0]}"; exit\n'.encode())
        said = _read_until(terminal, b"[over]")
        assert b"[over]" in said, said
        os.write(terminal, b"honest\n")
        rest = said.partition(b"[over]")[2]
        return rest if b"]" in rest else rest + _read_until(terminal, b"]")
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


def _read_until(terminal: int, end: bytes) -> bytes:
    said, until = b"", time.monotonic() + 120
    while end not in said and time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            with suppress(OSError):
                said += os.read(terminal, 4096)
    return said


def test_a_shell_in_the_lab_cannot_type_into_the_terminal(laboratory: Laboratory) -> None:
    assert b"[honest]" in _typed_after(laboratory, {})


@pytest.mark.skipif(
    not LEGACY.is_file() or LEGACY.read_text().strip() != "1",
    reason="this kernel refuses TIOCSTI by itself (dev.tty.legacy_tiocsti)",
)
def test_without_the_filter_it_can(laboratory: Laboratory) -> None:
    changes = CORPUS.guards["seccomp"].weaken
    assert b"[injected]" in _typed_after(laboratory, changes)
