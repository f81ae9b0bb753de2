"""All blocks of a page: which become snippets, and which of them run after which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from snippetlab.adopt.blocks import Block
from snippetlab.adopt.draft import Draft
from snippetlab.adopt.reading import StaysError
from snippetlab.adopt.stage import Chain, Stage
from snippetlab.adopt.trial import Outcome, Quality, best, linked_chain


@dataclass(frozen=True)
class Candidate:
    """A block that can be read."""

    block: Block
    draft: Draft


@dataclass(frozen=True)
class Planned:
    """A block that becomes a snippet."""

    block: Block
    outcome: Outcome
    chain: Chain
    """As it will be written, after what it needs."""


class Plan:
    """One chain a page at most: a reader has one machine."""

    def __init__(self, stage: Stage, candidates: Sequence[Candidate]) -> None:
        self._stage = stage
        self._candidates = candidates
        self.stays: dict[int, StaysError] = {}
        """First line of a block → why it stays."""

    def make(self) -> list[Planned]:
        """Try all that do not stay."""
        kept: list[tuple[Candidate, Outcome]] = []
        for candidate in self._candidates:
            if candidate.block.first in self.stays:
                continue
            before, carried = _before(kept), _carried(kept, candidate.draft)
            outcome = best(self._stage, candidate.draft, before, carried)
            if outcome.quality >= Quality.DIFFERS:
                kept.append((candidate, outcome))
            elif outcome.fault:
                self.stays[candidate.block.first] = outcome.fault
        return list(self._linked(kept))

    def _linked(self, kept: Sequence[tuple[Candidate, Outcome]]) -> Iterable[Planned]:
        """Those up to the last that needs another are one chain."""
        last = max((n for n, (_, o) in enumerate(kept) if o.draft.after), default=-1)
        members = [o.draft for n, (_, o) in enumerate(kept) if n <= last and o.follows]
        chain = linked_chain(tuple(members))
        places: Mapping[str, int] = {draft.id: n for n, draft in enumerate(chain)}
        for candidate, outcome in kept:
            place = places.get(outcome.draft.id)
            own = (replace(outcome.draft, after=""),) if place is None else chain[: place + 1]
            yield Planned(candidate.block, outcome, own)


def _before(kept: Sequence[tuple[Candidate, Outcome]]) -> Chain:
    return tuple(outcome.draft for _, outcome in kept if outcome.follows)


def _carried(kept: Sequence[tuple[Candidate, Outcome]], draft: Draft) -> list[str]:
    python = draft.reading.suffix == ".py"
    drafts = (o.draft for _, o in kept if (o.draft.reading.suffix == ".py") == python)
    return [text for each in drafts for text in each.carries()]
