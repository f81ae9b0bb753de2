"""The page compares as the engine does: one corpus, two implementations."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetlab.compare.compare import compare
from snippetlab.compare.kinds import KINDS, Kind, Volatile, parse_volatile
from snippetlab.labs.browser.lines import lines_of
from snippetlab.labs.terminal import as_left
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.transcript import Step, Transcript
from tests.engine.models import Model, Names, Piece, namings, render
from tests.engine.models import models as anything
from tests.support import ROOT, examples

RULES = parse_volatile(["pid", "port", "ipv4"])
COLUMNS = KINDS["columns"]
NAMES = [kind for kind in KINDS.values() if kind.identifies and kind.name != "container-id"]
NAMES += [COLUMNS]
"""What a snippet with the tag `browser` may call volatile."""
LIBRARY = load_library(Project(ROOT))
RECORDED = [i for i, e in LIBRARY.entries.items() if e.recording and not e.snippet.terminal]
"""The tab has no terminal for a snippet."""
Place = tuple[int, int, int]


def _known(piece: Piece) -> Piece:
    """A value of a kind that the rules have not becomes a PID."""
    return ("pid", piece[1]) if isinstance(piece, tuple) and piece[0] != "ipv4" else piece


models = anything.map(lambda model: [[list(map(_known, line)) for line in step] for step in model])


class Page:
    """The page's comparison, in node."""

    def __init__(self) -> None:
        modules = ROOT / "docs/overrides/assets/machine"
        self.process = subprocess.Popen(
            ["node", str(ROOT / "tests/engine/compare.mjs"), str(modules)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: object) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(question), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def compare(
        self, old: Sequence[Transcript], new: Sequence[Transcript], rules: Sequence[Volatile]
    ) -> list[Place]:
        pairs = zip(old, rules, strict=True)
        recorded = [
            [_head(step) | {"lines": lines_of(step, kinds)} for step in transcript.steps]
            for transcript, kinds in pairs
        ]
        now = [
            [
                _head(step) | {"output": base64.b64encode(step.output).decode()}
                for step in transcript.steps
            ]
            for transcript in new
        ]
        faults = self.ask({"recorded": recorded, "now": now})
        return [(fault["snippet"], fault["step"], fault["line"]) for fault in faults]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    page = Page()
    yield page
    with page.process:
        page.process.kill()


def _head(step: Step) -> dict[str, object]:
    return {"prompt": step.prompt, "command": step.command, "status": step.status}


def _agree(
    page: Page, old: Sequence[Transcript], new: Sequence[Transcript], rules: Sequence[Volatile]
) -> list[Place]:
    found = [(f.snippet, f.step, f.line) for f in compare(old, new, rules).faults]
    assert sorted(page.compare(old, new, rules)) == sorted(found)
    return found


@given(models, namings(), namings())
@examples(75, 500)
def test_a_renaming_is_one_for_both(page: Page, model: Model, old: Names, new: Names) -> None:
    assert not _agree(page, [render(model, old)], [render(model, new)], [RULES])


@given(models, models, namings(), namings())
@examples(75, 500)
def test_a_difference_is_one_for_both(
    page: Page, before: Model, after: Model, old: Names, new: Names
) -> None:
    _agree(page, [render(before, old)], [render(after, new, ("9.5MB", "3 MB", "1"))], [RULES])


@given(models, namings(), st.data())
@examples(75, 500)
def test_a_changed_character_is_one_for_both(
    page: Page, model: Model, names: Names, data: st.DataObject
) -> None:
    old = render(model, names)
    step = data.draw(st.sampled_from(old.steps))
    position = data.draw(st.integers(0, len(step.output)))
    added = data.draw(st.sampled_from([b"1", b"a", b" ", b"\n", b"\xff", b".", b":", b"\xc3\xa9"]))
    output = step.output[:position] + added + step.output[position + 1 :]
    new = [Step(s.command, output if s is step else s.output) for s in old.steps]
    _agree(page, [old], [Transcript(tuple(new))], [RULES])


@pytest.mark.parametrize("id_", RECORDED)
def test_every_recording_is_read_alike(page: Page, id_: str) -> None:
    """As recorded, with its digits changed one to one, and with two numbers made one."""
    entry = LIBRARY.entries[id_]
    assert entry.recording
    rules = Volatile(tuple(kind for kind in entry.snippet.volatile.kinds if kind in NAMES))
    old = entry.recording.transcript
    table = bytes.maketrans(b"23456789", b"34567892")
    for change in (lambda o: o, lambda o: o.translate(table), lambda o: re.sub(rb"[3-6]", b"7", o)):
        steps = (Step(s.command, change(s.output), s.status, s.prompt) for s in old.steps)
        _agree(page, [old], [Transcript(tuple(steps))], [rules])


@pytest.mark.parametrize("kind", NAMES, ids=lambda kind: kind.name)
def test_every_kind_finds_the_same_values(page: Page, kind: Kind) -> None:
    rules = Volatile((kind,))
    for entry in LIBRARY.entries.values():
        if entry.recording:
            steps = entry.recording.transcript.steps
            whole = Step("all", b"".join(step.output for step in steps))
            changed = Step("all", whole.output.replace(b"4", b"9").replace(b"e", b"f"))
            _agree(page, [Transcript((whole,))], [Transcript((changed,))], [rules])


@pytest.mark.parametrize(
    ("recorded", "now"),
    [
        ("12 20 12\n", "13 21 13\n"),
        ("12 20 12\n", "13 21 14\n"),
        ("12 20\n", "13 13\n"),
        ("é 12 ١٢\n", "é 13 ١٣\n"),
        ("  12  x\n", " 123  x\n"),
        ("aufs12 12µ 12\n", "aufs12 12µ 13\n"),
        ("no newline", "no newline\n"),
        ("1 80\n", "3 80\n"),
        ("12 x 12\n", "13  x 13\n"),
        ("12 x 12\n", "123  x 12\n"),
        ("\x1b[31m12\x1b[m x\n", "\x1b[31m13\x1b[m x\n"),
        ("\x1b[31m12\x1b[m x\n", "\x1b[32m13\x1b[m x\n"),
        ("\x1b[31mx\x1b[m\n", "\x1b[31mx\n"),
        ("  12\n", "1234\n"),
        ("12 \n", "123\n"),
        (f"3-{'a' * 64}\n", f"3-{'1' * 64}\n"),
        (f"3-{'a' * 64}\n", f"3-{'b' * 64}\n"),
    ],
)
def test_by_hand(page: Page, recorded: str, now: str) -> None:
    old, new = (Transcript((Step("x", text.encode()),)) for text in (recorded, now))
    _agree(page, [old], [new], [parse_volatile(["pid", "port", "sha256"])])


@pytest.mark.parametrize(
    ("recorded", "now"),
    [
        ("    PID COMMAND\n", "  PID COMMAND\n"),
        ("      1 ps\n", "    1 ps\n"),
        ("      12 ps\n", "   123 ps\n"),
        ("      1 ps\n", "    2 ps\n"),
        ("12 20\n", "13   13\n"),
        ("a b\n", "ab\n"),
        ("a b\n", "a  b \n"),
        ("a\tb\n", "a  b\n"),
        ("12\tb c\n", "123 \tb c\n"),
        (" \n", "  \n"),
    ],
)
def test_columns_may_stand_further_apart(page: Page, recorded: str, now: str) -> None:
    old, new = (Transcript((Step("x", text.encode()),)) for text in (recorded, now))
    _agree(page, [old], [new], [parse_volatile(["pid", "columns"])])


PRINTED = [
    *"aé한😀0 ;m\t\r\b\n\u0301\u200d",
    "ab",
    "한글",
    "\udcff",
    "\x07",
    "\x1b",
    "\x1b]0;t\x07",
]
PRINTED += [f"\x1b[{n}{final}" for n in ("", "1", "2", "3;2") for final in "@ABCDEFGHJKLMPXade`fsu"]
PRINTED += [f"\x1b{final}" for final in "78DEMc"] + [
    "\x1b]0;t\x07",
    "\x1b[?25l",
    "\x1b[99C",
    "\x1b[1;2;3r",
]
PRINTED += [f"\x1b[{sgr}m" for sgr in ("", "0", "1;31", "38;5;208", "38:2::1:2:3", "22;39", "4:0")]
"""What programs print at terminals, in pieces."""


@given(st.binary(max_size=40).map(lambda output: output.decode("utf-8", "surrogateescape")))
@examples(75, 500)
def test_bytes_become_the_same_text(page: Page, output: str) -> None:
    _left_alike(page, output)


@given(st.lists(st.sampled_from(PRINTED), max_size=25).map("".join))
@examples(300, 5000)
def test_a_terminal_leaves_the_same(page: Page, output: str) -> None:
    _left_alike(page, output)


def _left_alike(page: Page, output: str) -> None:
    raw = output.encode("utf-8", "surrogateescape")
    found = "".join(map(chr, page.ask({"decode": base64.b64encode(raw).decode()})))
    assert found.encode("utf-8", "surrogateescape") == as_left(raw)
