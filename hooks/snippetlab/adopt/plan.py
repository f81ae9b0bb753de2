"""All blocks of a page: which become snippets, and which of them run after which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from snippetlab.adopt.blocks import Block
from snippetlab.adopt.draft import Draft
from snippetlab.adopt.reading import StaysError
from snippetlab.adopt.stage import Chain, Stage
from snippetlab.adopt.trial import Outcome, Quality, linked_chain, together

_PASSES = 3
"""How often what is carried along may let something else be."""


@dataclass(frozen=True)
class Candidate:
    """A block that can be read."""

    block: Block
    draft: Draft


@dataclass(frozen=True)
class Planned:
    """A block that becomes a snippet."""

    block: Block
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
        """Try all that do not stay: alone, and after those above them, as a reader comes there."""
        todo = [one for one in self._candidates if one.block.first not in self.stays]
        outcomes = self._tried([candidate.draft for candidate in todo])
        kept: list[tuple[Block, Draft, bool]] = []
        for candidate in todo:
            found = outcomes[candidate.draft.id]
            best = max(outcome.rank for outcome in found)
            good = [outcome for outcome in found if outcome.rank == best]
            # Of those that do best, what a reader sees who did all above it, in the least of them.
            chosen = next(outcome for outcome in good if outcome.printed == good[-1].printed)
            draft = chosen.draft
            if chosen.quality >= Quality.DIFFERS:
                follows = any(o.draft.after and o.draft.carried == draft.carried for o in good)
                kept.append((candidate.block, draft, follows or not kept))
            elif chosen.fault:
                self.stays[candidate.block.first] = chosen.fault
        return list(_linked(kept))

    def _tried(self, drafts: Sequence[Draft]) -> dict[str, list[Outcome]]:
        """Of each draft what comes of it, from alone to all that a reader has by then."""
        found = {draft.id: [together(self._stage, [draft])[draft.id]] for draft in drafts}
        able = [draft for draft in drafts if found[draft.id][0].quality > Quality.CANNOT]
        self._try(found, able if len(able) > 1 else [])
        told: set[str] = set()
        for _ in range(_PASSES):
            done = {id_ for id_, all_ in found.items() if _does(all_)}
            if done <= told:
                break
            told |= done
            carrying = list(_carrying(able, told))
            if not any(draft.carried for draft in carrying):
                break
            for draft in carrying:
                if draft.carried and draft.reading.suffix == ".py":
                    found[draft.id].append(together(self._stage, [draft])[draft.id])
            self._try(found, carrying)
        return found

    def _try(self, found: dict[str, list[Outcome]], drafts: Sequence[Draft]) -> None:
        for id_, outcome in together(self._stage, drafts).items():
            found[id_].append(outcome)


def _does(outcomes: Sequence[Outcome]) -> bool:
    return any(outcome.quality >= Quality.DIFFERS for outcome in outcomes)


def _carrying(drafts: Sequence[Draft], told: set[str]) -> Iterator[Draft]:
    """With what the blocks above did to their shell, or to their interpreter."""
    known: dict[bool, list[str]] = {True: [], False: []}
    for draft in drafts:
        carried = known[draft.reading.suffix == ".py"]
        yield replace(draft, carried=tuple(carried))
        if draft.id in told:
            carried += draft.carries()


def _linked(kept: Sequence[tuple[Block, Draft, bool]]) -> Iterator[Planned]:
    """Those up to the last that needs another are one chain."""
    last = max((n for n, (_, draft, _) in enumerate(kept) if draft.after), default=-1)
    chain = linked_chain([d for n, (_, d, follows) in enumerate(kept) if n <= last and follows])
    places = {draft.id: n for n, draft in enumerate(chain)}
    for block, draft, _ in kept:
        place = places.get(draft.id)
        yield Planned(block, (replace(draft, after=""),) if place is None else chain[: place + 1])
