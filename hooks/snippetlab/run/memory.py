"""A run that held is remembered: under a key over all that can change it.

`snippetlab verify --write` notes the keys in snippets/verification.json. The tests run again
only what has no such key, and besides a tenth, by seconds; `verify` itself runs everything.

Only keys count that the default branch had when this one left it (the merge base): a change
cannot bring its own.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from snippetlab.run.basis import basis, name_of
from snippetlab.run.engine import engine_digest
from snippetlab.run.history import git, merge_base
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.verification import Verified, parse_verification
from snippetlab.snippet.entry import Entry

_FILE = "snippets/verification.json"
_SHARE = 10
"""Of what is remembered, runs that take one in so many seconds are repeated."""
_LEAST = 0.1
"""No run counts for fewer seconds, or nobody would see how many short ones there are."""


def key_of(entry: Entry, laboratory: Laboratory, variant: str) -> str:
    """A name for a run of the entry there, and for its being found as it must be.

    Another name for all that could come out otherwise: with another snippet, chain, recording or
    rule of comparison, another lab, kernel, machine or emulator, another engine.
    """
    engine = engine_digest(laboratory.lab.name)
    return name_of(variant, basis(entry), laboratory.identity, engine)


@dataclass(frozen=True)
class Memory:
    """The runs that held, as a commit tells; nothing, if there is no commit."""

    commit: str = ""
    """Whose verification.json it is."""
    head: str = ""
    """The commit that is checked out."""
    verified: Mapping[str, Verified] = field(default_factory=dict)

    def knows(self, id_: str, variant: str, key: str) -> bool:
        """Whether this very run has been seen to hold."""
        known = self.verified.get(id_)
        return bool(key and known and known.held.get(variant) == key)

    def repeats(self, id_: str, variant: str) -> bool:
        """Whether it is run even so, at this commit."""
        return (id_, variant) in self.tenth

    @cached_property
    def tenth(self) -> frozenset[tuple[str, str]]:
        """Runs that take a tenth of the seconds of all, of each variant: others at each commit.

        Nobody chooses them, and no commit has to repeat many long ones.
        """
        variants = {variant for row in self.verified.values() for variant in row.held}
        return frozenset((id_, each) for each in variants for id_ in self._tenth_of(each))

    def _tenth_of(self, variant: str) -> Iterator[str]:
        held = {
            id_: max(row.seconds, _LEAST)
            for id_, row in self.verified.items()
            if variant in row.held
        }
        left = sum(held.values()) / _SHARE
        for id_ in sorted(held, key=lambda id_: rank(self.head, id_, variant)):
            if left <= 0:
                return
            left -= held[id_]
            yield id_


def rank(commit: str, *names: str) -> int:
    """A number that depends on the commit and the names, and follows no rule."""
    return int(hashlib.sha256("\0".join((commit, *names)).encode()).hexdigest(), 16)


def read_memory(root: Path) -> Memory:
    """What the merge base with the default branch tells, or the revision BASE in its place.

    Where neither is known, the commit itself. Without git, and with FRESH=1 in the environment,
    nothing is remembered.
    """
    head = git(root, "rev-parse", "--verify", "HEAD").strip()
    if not head or os.environ.get("FRESH", "0") not in ("", "0"):
        return Memory(head=head)
    commit = merge_base(root) or head
    try:
        verified = parse_verification(git(root, "show", f"{commit}:./{_FILE}") or "{}")
    except ValueError:
        verified = {}  # what nobody can read tells nothing
    return Memory(commit, head, verified)
