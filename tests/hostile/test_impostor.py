"""Real root in a machine may speak in its agent's place; the engine believes none of it."""

import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from generated.corpus import read_corpus
from snippetlab.labs.failing import RunError
from snippetlab.labs.machine import console
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.snippet import bash
from snippetlab.snippet.program import Program
from tests.hostile import impostor, weak
from tests.support import ROOT

WALLS = read_corpus(ROOT / "tests/hostile").guards
SECONDS = 60
"""A run's time, which only a machine that stays makes it wait for."""
PROGRAM = Program(Path("x.sh"), bash.parse(Path("x.sh"), "true\ntrue\n"), {}, SECONDS)
MANY = 10_000_000
"""Bytes that the engine must not keep of what no snippet prints."""
LONG = 1_000_000
"""The same, of a console."""


def _fault(lab: MachineLab, program: Program = PROGRAM) -> str:
    with pytest.raises(RunError) as caught:
        lab.run([program])
    return str(caught.value)


@pytest.mark.parametrize("name", impostor.FRAMES)
def test_nonsense_is_an_error_at_its_step(name: str, tmp_path: Path) -> None:
    with impostor.lab(tmp_path, impostor.FRAMES[name]) as lab:
        fault = _fault(lab)
    assert fault.startswith("x.sh:1: ")
    assert "Traceback" not in fault
    assert "took longer" not in fault


@pytest.mark.parametrize("name", impostor.LEFT)
def test_nonsense_about_what_is_left_is_an_error_at_a_step(name: str, tmp_path: Path) -> None:
    with impostor.lab(tmp_path, impostor.LEFT[name]) as lab:
        fault = _fault(lab)
    assert fault.startswith(("x.sh:1: this step leaves a ", "x.sh:2: this step leaves a "))
    assert all(character.isprintable() or character == "\n" for character in fault)
    assert len(fault) < 2000


@contextmanager
def grown() -> Iterator[list[int]]:
    """How many bytes this process's objects took more meanwhile, at most.

    Of the process the kernel knows less: what it grows by may have been free in it before.
    """
    peak = [0]
    tracemalloc.start()
    try:
        yield peak
    finally:
        peak[0] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def _kept_of_a_frame(directory: Path, changes: Mapping[str, Any]) -> int:
    with (
        weak.patched(changes),
        impostor.lab(directory, impostor.HUGE, zeros=24) as lab,
        grown() as peak,
    ):
        _fault(lab)
    return peak[0]


def test_a_frame_of_four_gigabytes_is_not_waited_for(tmp_path: Path) -> None:
    assert _kept_of_a_frame(tmp_path, {}) < MANY


def test_without_the_bound_it_is(tmp_path: Path) -> None:
    assert _kept_of_a_frame(tmp_path, WALLS["frames"].weaken) > MANY


def _flooded(directory: Path, changes: Mapping[str, Any]) -> tuple[str, int]:
    """What the engine says when a console was flooded, and how much of it it has kept."""
    made: list[console.Console] = []
    begin = console.Console.begin

    def watched(self: console.Console) -> None:
        made.append(self)
        begin(self)

    with (
        weak.patched(changes),
        mock.patch.object(console.Console, "begin", watched),
        impostor.lab(directory, console=100, line=impostor.PANIC) as lab,
    ):
        fault = _fault(lab)
    return fault, max(len(one.text()) for one in made)


def test_a_console_neither_fills_the_disk_nor_reaches_the_terminal(tmp_path: Path) -> None:
    open_files = _regular_files()
    fault, kept = _flooded(tmp_path, {})
    assert "the kernel of the virtual machine panicked: Kernel panic" in fault
    assert all(character.isprintable() or character == "\n" for character in fault)
    assert len(fault) < 2000
    assert kept < LONG
    assert _regular_files() <= open_files


def test_without_the_bound_all_of_it_is_kept(tmp_path: Path) -> None:
    _, kept = _flooded(tmp_path, WALLS["console"].weaken)
    assert kept > LONG


def test_without_replacing_them_escapes_reach_the_terminal(tmp_path: Path) -> None:
    """The guard is the first of two: errors make printable whatever they say (guard `said`)."""
    with mock.patch("snippetlab.errors.printable", lambda text: text):
        fault, _ = _flooded(tmp_path, WALLS["printable"].weaken)
    assert "\x1b" in fault


def _regular_files() -> int:
    return sum(path.is_file() for path in Path("/proc/self/fd").iterdir())


def test_a_machine_that_stops_in_a_frame_meets_the_deadline(tmp_path: Path) -> None:
    with impostor.lab(tmp_path, impostor.FRAMES["half"], stays=True) as lab:
        fault = _fault(lab, replace(PROGRAM, timeout=3))
    assert "the snippet took longer than 3 s" in fault
