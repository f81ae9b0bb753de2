"""Finding what differs between runs of one snippet, and what would make them equal."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from snippetlab.compare.compare import compare
from snippetlab.compare.elision import elided
from snippetlab.compare.kinds import KINDS, Kind, Volatile, ranked
from snippetlab.compare.own_kind import own_kinds, written
from snippetlab.compare.renaming import Fault
from snippetlab.transcript import Transcript

_TALK: Mapping[str, str] = {
    "container-id": r"docker|podman|nerdctl|\bctr\b|runc|crun|container|image",
    "inode": r"inode|\bino\b|st_ino|\bstat\b|\bls\b.* -\w*i|--inode",
    "kernel": r"kernel|linux|uname|release",
    "pid": r"\bp?pids?\b|process|\bps\b|pgrep|pidof|\bkill|\$\$|\$!|\bjobs\b|/proc/|getpid|\[\d+\]",
    "port": r"\bports?\b|listen|tcp|udp|socket|\bss\b|\bbind|(?:\d|\]|\*|localhost):\d|'\S+', \d",
    "version": r"version|-V\b|\bv\d|release|dpkg|apt",
}
"""What a step or its line says where a value of that kind may stand; others speak for themselves.

A number alone could be anything: what the text around it does not name is not proposed.
"""


@dataclass(frozen=True)
class Runs:
    """Several runs of one snippet, with its rules."""

    transcripts: Sequence[Transcript]
    rules: Volatile
    names: Sequence[str] = ()
    """Of its steps."""

    def faults(self, *more: Kind) -> list[Fault]:
        """Where the later ones differ from the first, with more kinds than the rules have."""
        rules = replace(self.rules, kinds=ranked((*self.rules.kinds, *more)))
        first, *later = self.transcripts
        compared = (compare([first], [run], [rules], [self.names]) for run in later)
        return [fault for comparison in compared for fault in comparison.faults]

    def left(self, *more: Kind) -> int:
        """How many lines are at or below a difference: of a step only the first one is known."""
        return sum(
            max(1, len(self._lines(0, fault.step)) - fault.line + 1) for fault in self.faults(*more)
        )

    def propose(self) -> list[str] | None:
        """What, added to the tag `volatile`, makes all runs equal; None if nothing does.

        The most specific kinds that help come first, so that as little as possible is let through.
        """
        chosen: list[Kind] = []
        left = self.left()
        while left:
            trials = ((self.left(*chosen, *more), more) for more in self._candidates(chosen))
            # `min` takes the first of equals, and the most specific come first.
            best, more = min(trials, key=lambda trial: trial[0], default=(left, ()))
            if best >= left:
                return None
            chosen += more
            left = best
        return [written(kind) for kind in chosen]

    def _candidates(self, chosen: Sequence[Kind]) -> Iterator[tuple[Kind, ...]]:
        """Built-in kinds, one or two at a time; then own ones, made from what differs."""
        faults = self.faults(*chosen)
        texts = ["\n".join(self._talk(fault)) for fault in faults]
        plausible = [
            kind
            for kind in KINDS.values()
            if kind not in (*self.rules.kinds, *chosen)
            and all(re.search(_TALK.get(kind.name, ""), text, re.IGNORECASE) for text in texts)
        ]
        number = KINDS["n"]
        single = [(kind,) for kind in plausible if kind is not number]
        yield from single
        yield from itertools.combinations([kind for (kind,) in single], 2)
        first = faults[0]
        lines = [self._lines(n, first.step) for n in range(len(self.transcripts))]
        at = first.line - 1
        samples = [found[at] for found in lines if 0 <= at < len(found)]
        known = (*self.rules.kinds, *chosen)
        if len(samples) == len(lines):
            yield from ((kind,) for kind in own_kinds(samples, known))
        if number in plausible:
            yield (number,)

    def _talk(self, fault: Fault) -> Iterator[str]:
        """What is said where a difference lies: the command, and the line."""
        yield self.transcripts[0].steps[fault.step].command
        yield from self._lines(0, fault.step)[max(fault.line - 1, 0) : fault.line]

    def _lines(self, run: int, step: int) -> list[str]:
        steps = self.transcripts[run].steps
        if step >= len(steps):
            return []
        printed = steps[step].output, steps[step].errors
        texts = (part.decode("utf-8", "surrogateescape") for part in printed)
        lines = (line for text in texts for _, line in elided(text, self.rules.elided))
        return [line.removesuffix("\n") for line in lines]
