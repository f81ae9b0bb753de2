"""What a snippet prints neither becomes a part of the page nor falsifies its steps."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from generated.corpus import Attack, read_corpus
from snippetlab.run.lock import Lock
from snippetlab.show.block import Block, Frame
from snippetlab.show.render import render
from snippetlab.show.templates import Templates
from snippetlab.show.words import english
from snippetlab.snippet.program import compile_snippet
from snippetlab.snippet.snippet import read_snippet
from snippetlab.transcript import Transcript
from tests.hostile import weak
from tests.hostile.caller import Caller, Outcome
from tests.support import ROOT, Write, snippet

HERE = ROOT / "tests/hostile"
CORPUS = read_corpus(HERE)
ATTACKS = [attack for attack in CORPUS.attacks if attack.group == "reader"]
UNSEEN = {*map(chr, range(32)), "\x7f", "\u202e", "\u2066"} - {"\n", "\t"}


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.steps = html.count('<li class="step"')
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


def _run(attack: Attack, caller: Caller, write: Write, changes: Mapping[str, Any]) -> Outcome:
    code = (HERE / attack.id).read_text().replace("@NONCE@", weak.NONCE)
    path = write("snippets/a/x.sh", snippet(code))
    with caller.lab(changes, ()) as lab:
        return lab.run(compile_snippet(read_snippet(path, path.parent.parent)))


def _breached(attack: Attack, caller: Caller, write: Write, changes: Mapping[str, Any]) -> bool:
    transcript, error = _run(attack, caller, write, changes)
    if attack.values["witness"] == "marker":
        return transcript is not None  # with a step that never ran
    assert transcript, error
    path = write("snippets/a/x.sh", snippet((HERE / attack.id).read_text()))
    read = read_snippet(path, path.parent.parent)
    with weak.patched(changes):
        recorded = Transcript.loads(transcript.dumps())
        if attack.values["witness"] == "steps":
            return len(recorded.steps) != 1
        frame = Frame(Templates(english()), "x.sh", Lock({}), {})
        page = Page(render(Block(read, compile_snippet(read).commands, recorded, frame)))
    assert page.steps == 1
    opened = [name for name in page.elements if not name.startswith("/")]
    return (
        bool(UNSEEN & set(page.text)) or "script" in opened or len(opened) * 2 != len(page.elements)
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_it_is_held(attack: Attack, strongest: Caller, write: Write) -> None:
    assert not _breached(attack, strongest, write, {})


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_without_its_guard_it_gets_through(attack: Attack, strongest: Caller, write: Write) -> None:
    assert _breached(attack, strongest, write, CORPUS.guards[attack.guard].weaken)
