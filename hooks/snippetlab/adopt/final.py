"""Planned snippets run as they will be written: thrice, so that what varies is known."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from snippetlab.adopt.agreement import Agreement, moving_kinds
from snippetlab.adopt.blocks import Block
from snippetlab.adopt.draft import Draft
from snippetlab.adopt.plan import Planned
from snippetlab.adopt.reading import StaysError
from snippetlab.adopt.stage import Chain, Stage
from snippetlab.adopt.trial import agreements_of, groups
from snippetlab.compare.flaky import Runs
from snippetlab.compare.kinds import parse_volatile
from snippetlab.snippet.entry import Entry
from snippetlab.toml import parse_toml
from snippetlab.transcript import Transcript

_RUNS = 3
"""What is in any order may be in the same one twice."""


@dataclass(frozen=True)
class Adopted:
    """A block with the snippet that it becomes."""

    block: Block
    draft: Draft
    entry: Entry
    transcript: Transcript
    agreements: tuple[Agreement, ...]

    @property
    def differs(self) -> bool:
        """Whether it prints something else than the page shows."""
        return not all(one.equal for one in self.agreements)

    @property
    def fold(self) -> int:
        """Lines of an output that are shown at once: as many as the page does; 0 for all."""
        if not any(one.shown for one in self.agreements):
            return 0
        whole = (one.printed for one in self.agreements if not one.shown)
        most = max((*(one.shown for one in self.agreements), *whole))
        return most if any(one.printed > most for one in self.agreements) else 0


def settle(stage: Stage, planned: Sequence[Planned]) -> tuple[list[Adopted], StaysError | None]:
    """All of them; or the first that cannot be recorded, and why."""
    chains = [one.chain for one in planned]
    inner = {draft.id for chain in chains for draft in chain[:-1]}
    settled: dict[str, tuple[Draft, Entry, Transcript]] = {}
    for chain in chains:
        if chain[-1].id in inner:
            continue
        try:
            settled |= _settled(stage, chain)
        except StaysError as error:
            return [], error
    return [
        Adopted(one.block, draft, entry, transcript, _agreements(draft, entry, transcript))
        for one in planned
        for draft, entry, transcript in [settled[one.chain[-1].id]]
    ], None


def _settled(stage: Stage, chain: Chain) -> Mapping[str, tuple[Draft, Entry, Transcript]]:
    now = time.time()
    first, *others = (stage.run_again(chain) for _ in range(_RUNS))
    drafts: list[Draft] = []
    rows = zip(chain, stage.entries(chain), first, *others, strict=True)
    for draft, entry, one, *more in rows:
        line = draft.reading.typed[0].line
        try:
            kinds = {kind for step in one.steps for kind in moving_kinds(step, now)}
        except ValueError as error:
            raise StaysError(line, str(error)) from None
        let = {kind for found in _agreements(draft, entry, one) for kind in found.kinds}
        volatile = [f'"{kind}"' for kind in sorted(kinds | let)]
        rules = parse_volatile(parse_toml(f"k = [{', '.join(volatile)}]")["k"])
        runs = Runs((one, *more), rules)
        proposed = runs.propose()
        if proposed is None:
            fault = runs.faults()[0]
            reason = f"it prints something else at every run: {fault.message}"
            raise StaysError(line, reason)
        drafts.append(replace(draft, volatile=(*volatile, *proposed)))
    read = zip(drafts, stage.entries(tuple(drafts)), first, strict=True)
    return {draft.id: (draft, entry, transcript) for draft, entry, transcript in read}


def _agreements(draft: Draft, entry: Entry, transcript: Transcript) -> tuple[Agreement, ...]:
    return agreements_of(draft, groups(entry, transcript), time.time())
