"""A run that exceeds its time is tried again alone; then it is a verdict of its own."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import Cure
from snippetlab.labs.failing import OverdueError
from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet


class Crowded:
    """A lab in which some runs are overdue, and that sees who is there at the same time."""

    name = "namespace"
    workers = 8
    weaknesses = ()

    def __init__(self, overdue: str, *, always: bool = False) -> None:
        self._overdue = overdue
        self._always = always
        self._lock, self._company = threading.Lock(), threading.Event()
        self._inside: list[str] = []
        self.together: list[tuple[str, bool, int]] = []
        """Snippet, whether it was to be alone, and how many others were there meanwhile."""

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        name = chain[-1].path.stem
        with self._entered(name, alone):
            if re.fullmatch(self._overdue, name) and (self._always or not alone):
                raise OverdueError(chain[-1].path, 5, "it took longer than 1 s", Cure("x", "Cure."))
            return tuple(Transcript((Step("echo", b"x\n"),)) for _ in chain)

    @contextmanager
    def _entered(self, name: str, alone: bool) -> Iterator[None]:
        with self._lock:
            self._inside.append(name)
            if len(self._inside) > 1:
                self._company.set()
        if not alone:
            assert self._company.wait(120), "no other came"
        with self._lock:
            self.together.append((name, alone, len(self._inside) - 1))
        try:
            yield
        finally:
            with self._lock:
                self._inside.remove(name)

    def check(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...
    def interact(self) -> int:
        return 0


@pytest.fixture
def crowd(project: Project, write: Write) -> Project:
    for number in range(12):
        write(f"snippets/a/s{number}.sh", snippet("echo\n"))
    return project


def results(project: Project, lab: Crowded, laboratory: Laboratory) -> dict[str, Verdict]:
    entries = list(load_library(project).entries.values())
    crowded = Laboratory(lab, laboratory.image, "6.1")
    found = list(run_all({"namespace": crowded}, entries))
    return {r.entry.snippet.id: r.verdict for r in found}


def test_what_was_overdue_is_tried_again_with_nobody_else_there(
    crowd: Project, laboratory: Laboratory
) -> None:
    lab = Crowded("s[1-4]")
    found = results(crowd, lab, laboratory)
    assert set(found.values()) == {Verdict.CHANGED}, (
        "nothing is recorded; what counts is that it ran"
    )
    again = [(name, others) for name, alone, others in lab.together if alone]
    assert sorted(again) == [(f"s{number}", 0) for number in range(1, 5)]
    assert any(others for _, alone, others in lab.together if not alone)


def test_what_is_overdue_also_alone_is_a_verdict_of_its_own(
    crowd: Project, laboratory: Laboratory
) -> None:
    found = results(crowd, Crowded("s1", always=True), laboratory)
    assert found.pop("a/s1") is Verdict.TIMED_OUT
    assert set(found.values()) == {Verdict.CHANGED}


@pytest.fixture
def inside(project: Project, laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


def follow(path: Path, setting: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Do what the message says, as often as a busy machine needs; the first message."""
    first = ""
    while main(["record"]) != 0:
        said = capsys.readouterr().err
        first = first or said
        (advice,) = re.findall(rf"{setting}\d+s?$", said, re.MULTILINE)
        path.write_text(re.sub(rf"{setting}\d+s?", advice, path.read_text()))
    return first


@pytest.mark.cure("allow-more-time")
def test_a_snippet_that_needs_more_time_is_told_where_to_allow_it(
    inside: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("snippets/a/b.sh", snippet("sleep 1.2\n", timeout=1))
    short = path.read_text()
    said = follow(path, "# timeout = ", capsys)
    assert "b.sh:6: the snippet took longer than 1 s, also alone" in said
    assert re.search(r"less busy: its load is \d+\.\d on \d+ processor", said)
    path.write_text(short)
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert "1 timed out" in printed.out
    assert "took longer than 1 s, also alone" in printed.err
    path.write_text(short.replace("# timeout = 1", "# timeout = 60"))
    assert main(["verify"]) == 0


def allow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Of time, to snippets of the namespace lab."""
    other = replace(LABS["namespace"], timeout=seconds, longest=seconds)
    monkeypatch.setitem(LABS, "namespace", other)


@pytest.mark.cure("do-less")
def test_one_that_has_all_the_time_there_is_must_do_less(
    inside: None,
    write: Write,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allow(monkeypatch, 1)
    path = write("snippets/a/b.sh", snippet("sleep 600\n"))
    assert main(["record"]) == 1
    assert "Let it do less: its lab allows 1 s at most." in capsys.readouterr().err
    allow(monkeypatch, 60)  # of use to a busy machine only
    path.write_text(path.read_text().replace("sleep 600", "sleep 0"))
    assert main(["record"]) == 0


@pytest.mark.cure("step-longer")
def test_a_step_that_exceeds_a_limit_of_its_own_is_told_where_to_raise_it(
    inside: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "echo begun\nsleep 1.2 # timeout: 1s\n"
    path = write("snippets/a/b.sh", snippet(code, timeout=60))
    said = follow(path, "# timeout: ", capsys)
    assert "b.sh:7: this step took longer than its limit, 1 s, also alone" in said
    assert "| $ sleep 1.2\n" in said
    assert "1.2\n" in path.with_suffix(".out").read_text(), "readers do not see the comment"


@pytest.mark.cure("settle-longer")
def test_a_command_that_needs_longer_to_succeed_is_told_where_to_allow_it(
    inside: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "(sleep 2.5; touch there) > out 2>&1 &\ntest -e there # settle: 1s\nwait\n"
    path = write("snippets/a/b.sh", snippet(code, timeout=60))
    said = follow(path, "# settle: ", capsys)
    assert "b.sh:7: this step failed with exit status 1 for 1 s, also alone" in said
