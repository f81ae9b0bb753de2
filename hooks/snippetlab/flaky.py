"""Finding what differs between runs of one snippet, and what would make them equal."""

from collections.abc import Sequence
from dataclasses import replace

from snippetlab.kinds import KINDS, Volatile, ranked
from snippetlab.transcript import Transcript
from snippetlab.volatile.compare import compare
from snippetlab.volatile.renaming import Fault


def differing(runs: Sequence[Transcript], rules: Volatile) -> tuple[Fault, ...]:
    """The faults of the later runs against the first."""
    return tuple(fault for run in runs[1:] for fault in compare([runs[0]], [run], [rules]).faults)


def propose(runs: Sequence[Transcript], rules: Volatile) -> list[str] | None:
    """Built-in kinds that, added to the rules, make all runs equal; None if none do.

    The most specific kinds that help come first, so that as little as possible is let through.
    """
    proposed: list[str] = []
    left = len(differing(runs, rules))
    while left:
        trials = {
            name: (len(differing(runs, _with(rules, name))), _with(rules, name))
            for name in KINDS
            if KINDS[name] not in rules.kinds
        }
        # `min` takes the first of equals, and KINDS begins with the most specific.
        name = min(trials, key=lambda kind: trials[kind][0])
        faults, better = trials[name]
        if faults >= left:
            return None
        proposed.append(name)
        left, rules = faults, better
    return proposed


def _with(rules: Volatile, name: str) -> Volatile:
    return replace(rules, kinds=ranked((*rules.kinds, KINDS[name])))
