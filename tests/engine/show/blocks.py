"""Transcripts to be shown, made of a few lines, and markup that must nest."""

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from snippetlab.compare.elision import parse_elisions
from snippetlab.compare.kinds import Volatile
from snippetlab.run.lock import Lock
from snippetlab.show.block import Block, Frame
from snippetlab.snippet.bash import parse
from snippetlab.snippet.command import flatten
from snippetlab.snippet.snippet import Snippet
from snippetlab.transcript import Step, Transcript
from tests.words import ENGLISH


def block(
    code: str,
    *outcomes: tuple[bytes, int],
    fold: int | None = None,
    name: str = "b",
    elided: Sequence[str] = (),
) -> Block:
    """A snippet whose steps printed this and ended so."""
    path = Path(f"snippets/a/{name}.sh")
    rules = Volatile(elided=parse_elisions(list(elided)))
    snippet = Snippet(
        f"a/{name}", path, "namespace", {"en": "x"}, "", 10, {}, rules, {}, (), {}, "", code
    )
    commands = parse(path, code)
    steps = (
        Step(command.text, output, status, command.prompt)
        for command, (output, status) in zip(flatten(commands), outcomes, strict=True)
    )
    frame = Frame(ENGLISH, f"{name}.sh", Lock(), {}, fold)
    return Block(snippet, commands, Transcript(tuple(steps)), frame)


class Checker(HTMLParser):
    """Fails on markup that does not nest; remembers the elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
