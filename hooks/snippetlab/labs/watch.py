"""Which step left something behind: the stage or machine is looked at after each."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.labs.failing import RunError
from snippetlab.labs.steps import Steps
from snippetlab.snippet.command import flatten
from snippetlab.snippet.leaks import CURES, Leak, undeclared
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

_SECONDS = 30.0
"""How long an answer may take."""


@dataclass
class Watch:
    """Asks over a socket what is there; remembers after which step."""

    near: socket.socket
    far: socket.socket
    """The end that is answered from."""
    _seen: list[tuple[Program, int, frozenset[Leak]]] = field(default_factory=list)

    def look(self, steps: Steps, number: int) -> None:
        """A step has ended: the one of this number in its program."""
        try:
            self.near.settimeout(_SECONDS)
            self.near.send(b"?")
            answer = self.near.recv(1 << 18)
        except OSError as error:
            raise LabUnavailableError(f"the lab could not be looked at: {error}") from None
        self._seen.append((steps.program, number, frozenset(read_leaks(answer))))

    def blame(self, leaks: Sequence[Leak], chain: Sequence[Program]) -> RunError:
        """An error at the step since which the first of the leaks was there until the end."""
        leak = leaks[0]
        program, number = self._since(leak) or (chain[-1], -1)
        others = f", and {len(leaks) - 1} more" if len(leaks) > 1 else ""
        declare = Cure(
            "leak-declared",
            "Or declare it in the header, if it is meant to stay for the snippets after this one:"
            f' # leaves = ["{leak.kind}"]',
        )
        return RunError(
            program.path,
            flatten(program.commands)[number].line,
            f"this step leaves a {leak.kind} behind: {leak.what}{others}",
            Cure("leak-ended", CURES[leak.kind]).also(declare),
        )

    def _since(self, leak: Leak) -> tuple[Program, int] | None:
        found = None
        for program, number, there in reversed(self._seen):
            if not any((leak.kind, leak.key) == (other.kind, other.key) for other in there):
                break
            found = program, number
        return found


Run = Callable[[Watch | None], tuple[tuple[Transcript, ...], list[Leak]]]
"""Runs a chain from the beginning; its transcripts, and everything that was left at the end."""


def audited(chain: Sequence[Program], run: Run) -> tuple[Transcript, ...]:
    """Run a chain. Raises RunError if it leaves behind what its snippets do not declare."""
    declared = [program.leaves for program in chain]
    transcripts, found = run(None)
    if not (leaks := undeclared(found, declared)):
        return transcripts
    # Looking after every step takes time; only a chain that leaks pays for it.
    with ExitStack() as stack:
        near, far = map(stack.enter_context, socket.socketpair(type=socket.SOCK_SEQPACKET))
        watch = Watch(near, far)
        _, found = run(watch)
        # Where this time nothing was left, the first run still counts.
        raise watch.blame(undeclared(found, declared) or leaks, chain)


def read_leaks(said: bytes) -> Iterator[Leak]:
    """What the stage or machine sends (see audit.c). It may lie, but only about itself."""
    *words, end = said.removeprefix(b"~").decode("utf-8", "replace").split("\0")
    kinds, keys, whats = words[::3], words[1::3], words[2::3]
    if end or len(kinds) != len(whats) or not set(kinds) <= set(CURES):
        yield Leak("process", "", "one that answers for the lab's own")
        return
    for kind, key, what in zip(kinds, keys, whats, strict=True):
        yield Leak(kind, key, "".join(c if c.isprintable() else "?" for c in what))
