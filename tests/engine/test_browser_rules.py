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

from snippetlab.browser_rules import described, rules_of
from snippetlab.ecmascript import translate
from snippetlab.errors import SourceError
from snippetlab.kinds import KINDS, Volatile, parse_volatile
from snippetlab.labs.terminal import resolve_carriage_returns
from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.snippet import read_snippet
from snippetlab.transcript import Step, Transcript
from snippetlab.volatile.compare import compare
from tests.engine.models import OWN, Model, Names, models, namings, render
from tests.support import ROOT, Write, examples, snippet

RULES = parse_volatile(["pid", "container-id", "ipv4", "size < 9MB", "duration", OWN])
LIBRARY = load_library(Project(ROOT))
Place = tuple[int, int, int]


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
        question = {"recorded": list(map(_steps, old)), "now": list(map(_steps, new))}
        faults = self.ask(question | {"rules": list(map(described, rules))})
        return [(fault["snippet"], fault["step"], fault["line"]) for fault in faults]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    page = Page()
    yield page
    with page.process:
        page.process.kill()


def _steps(transcript: Transcript) -> list[dict[str, object]]:
    return [
        {
            "prompt": step.prompt,
            "command": step.command,
            "status": step.status,
            "output": base64.b64encode(step.output).decode(),
        }
        for step in transcript.steps
    ]


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
    _agree(page, [render(before, old)], [render(after, new, ("9.5MB", "3 MB"))], [RULES])


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


@pytest.mark.parametrize("id_", [id_ for id_, entry in LIBRARY.entries.items() if entry.recording])
def test_every_recording_is_read_alike(page: Page, id_: str) -> None:
    """As recorded, with its digits changed one to one, and with two numbers made one."""
    entry = LIBRARY.entries[id_]
    assert entry.recording
    rules = Volatile(entry.snippet.volatile.kinds, entry.snippet.volatile.bounds)
    old = entry.recording.transcript
    table = bytes.maketrans(b"23456789", b"34567892")
    for change in (lambda o: o, lambda o: o.translate(table), lambda o: re.sub(rb"[3-6]", b"7", o)):
        steps = (Step(s.command, change(s.output), s.status, s.prompt) for s in old.steps)
        _agree(page, [old], [Transcript(tuple(steps))], [rules])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_finds_the_same_values(page: Page, kind: str) -> None:
    rules = parse_volatile([kind])
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
    ],
)
def test_pids_by_hand(page: Page, recorded: str, now: str) -> None:
    old, new = (Transcript((Step("x", text.encode()),)) for text in (recorded, now))
    _agree(page, [old], [new], [parse_volatile(["pid"])])


def test_ids_of_two_lengths(page: Page) -> None:
    rules = parse_volatile(["container-id"])

    def transcript(long: str, short: str) -> Transcript:
        return Transcript((Step("x", f"{long}\n{short}\n".encode()),))

    a, b = "0123456789ab" * 5 + "0123", "ba9876543210" * 5 + "3210"
    assert not _agree(page, [transcript(a, a[:12])], [transcript(b, b[:12])], [rules])
    assert _agree(page, [transcript(a, a[:12])], [transcript(b, "ab" * 6)], [rules])


@given(st.binary(max_size=40) | st.text(alphabet="aé한\r\n😀", max_size=20).map(str.encode))
def test_bytes_become_the_same_text(page: Page, output: bytes) -> None:
    text = resolve_carriage_returns(output).decode("utf-8", "surrogateescape")
    assert page.ask({"decode": base64.b64encode(output).decode()}) == list(map(ord, text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("9MB", ["size < 9MB"]),
        ("9.1 MB", ["size < 9MB"]),
        ("4.0K", ["size == 4KiB"]),
        ("About a minute", ["duration > 59s"]),
        ("Less than a second", ["duration < 1s"]),
        ("1m30s", ["duration >= 90s"]),
        ("2 days, 3 hours ago", ["duration > 2 days"]),
        ("99.5%", ["percentage <= 99%"]),
        ("1,234", ["n > 1000"]),
        ("-3", ["n < 0"]),
    ],
)
def test_bounds(page: Page, text: str, parts: list[str]) -> None:
    transcript = Transcript((Step("x", f"{text}\n".encode()),))
    _agree(page, [transcript], [transcript], [parse_volatile(parts)])


def test_what_javascript_cannot_say_names_the_snippet(write: Write) -> None:
    own = '# volatile = [{ name = "x", pattern = "a++b" }]'
    text = snippet("true\n", browser=True).replace("# browser", f"{own}\n# browser")
    path = write("snippets/a/b.sh", text.replace("True", "true"))
    with pytest.raises(SourceError, match=r"b\.sh:4: .*JavaScript has no"):
        rules_of(read_snippet(path, path.parent.parent))


@pytest.mark.parametrize("pattern", ["a++b", "(?>a)b", "(a)?(?(1)b|c)"])
def test_possessive_and_conditional_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="JavaScript has no"):
        translate(pattern)
