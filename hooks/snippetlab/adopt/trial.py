"""One block tried: alone, and after those above it, as a reader comes to it."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from snippetlab.adopt.agreement import Agreement, agreement, printed_lines
from snippetlab.adopt.draft import Draft
from snippetlab.adopt.reading import StaysError
from snippetlab.adopt.stage import Chain, Stage
from snippetlab.snippet.command import flatten
from snippetlab.transcript import Step, Transcript

_LEAVES = re.compile(r"leaves an? (\w+) behind")
_PLACE = re.compile(r"^\S+: line \d+: ")
"""Before what bash says of a script."""


class Quality(IntEnum):
    """What came of a trial; the more the better."""

    CANNOT = 0
    """It could not run."""
    FAILS = 1
    """A command failed, and the page does not show that it does."""
    DIFFERS = 2
    HOLDS = 3


@dataclass(frozen=True)
class Outcome:
    """Of one trial."""

    chain: Chain
    """The draft, with what it comes after; statuses and comments are in it."""
    quality: Quality
    agreements: tuple[Agreement, ...] = ()
    printed: tuple[bytes, ...] = ()
    fault: StaysError | None = None
    """Why it cannot become a snippet, so."""
    follows: bool = True
    """Whether it does as well after the blocks above it."""

    @property
    def draft(self) -> Draft:
        return self.chain[-1]

    @property
    def differing(self) -> int:
        """How many commands print something else than the page shows."""
        return sum(not one.equal for one in self.agreements)


def best(stage: Stage, draft: Draft, before: Chain, carried: Sequence[str]) -> Outcome:
    """What does best of all that a draft can come after.

    Where several do, what the reader has who did all above it; in as little as prints that.
    """
    outcomes = [judge(stage, chain) for chain in _contexts(draft, before, carried)]
    rank = max(map(_rank, outcomes))
    good = [outcome for outcome in outcomes if _rank(outcome) == rank]
    found = next(outcome for outcome in good if outcome.printed == good[-1].printed)
    follows = any(o.draft.after and o.draft.carried == found.draft.carried for o in good)
    return replace(found, follows=follows or not before)


def _rank(outcome: Outcome) -> tuple[Quality, int]:
    return outcome.quality, -outcome.differing


def _contexts(draft: Draft, before: Chain, carried: Sequence[str]) -> list[Chain]:
    """From nothing to all that stands above it in the page."""
    ready = replace(draft, carried=tuple(carried))
    found: list[Chain] = [(draft,)]
    if carried and draft.reading.suffix == ".py":
        found.append((ready,))
    if before:
        found.append(linked_chain((*before, draft)))
        if carried:
            found.append(linked_chain((*before, ready)))
    return found


def linked_chain(chain: Chain) -> Chain:
    """The same drafts, each after the one before it."""
    predecessors = ["", *(draft.id for draft in chain)]
    return tuple(replace(d, after=before) for d, before in zip(chain, predecessors, strict=False))


def judge(stage: Stage, chain: Chain) -> Outcome:
    """Run a chain and hold its last draft against the page."""
    draft, now = chain[-1], time.time()
    try:
        chain = _declaring(stage, chain)
        draft = chain[-1]
        steps = groups(stage, chain, stage.run(chain)[-1])
        commented = _with_comments(draft, steps, now)
    except StaysError as error:
        return Outcome(chain, Quality.CANNOT, fault=error)
    pairs = list(zip(draft.reading.typed, steps, strict=True))
    agreements = agreements_of(draft, steps, now)
    statuses: dict[int, int] = {}
    fault = None
    for number, ((typed, step), one) in enumerate(zip(pairs, agreements, strict=True)):
        if not step.status:
            continue
        statuses[number] = step.status
        if not (draft.reading.shows_output and (one.equal or one.is_near)):
            last = (_PLACE.sub("", line) for line in printed_lines(step)[-1:])
            said = "".join(f": {line}" for line in last)
            reason = f"`{typed.text[0]}` ends with status {step.status}{said}"
            fault = fault or StaysError(typed.line, reason)
    ready = replace(commented, statuses=statuses)
    printed = tuple(step.printed for step in steps)
    if not fault:
        try:
            _ = ready.text
        except StaysError as error:
            return Outcome(chain, Quality.CANNOT, fault=error)
    quality = Quality.HOLDS if all(one.equal for one in agreements) else Quality.DIFFERS
    if fault:
        quality = Quality.FAILS
    return Outcome((*chain[:-1], ready), quality, agreements, printed, fault)


def agreements_of(draft: Draft, steps: Sequence[Step], now: float) -> tuple[Agreement, ...]:
    """Of each command; where the page shows what all of them print together, the last one's."""
    reading = draft.reading
    if reading.shows_output and not reading.apart:
        pairs = zip(reading.typed, steps, strict=True)
        return tuple(agreement(typed, step, now) for typed, step in pairs)
    found = [Agreement(True, printed=len(printed_lines(step))) for step in steps]
    if reading.apart:
        found[-1] = agreement(reading.apart, joined(steps), now)
    return tuple(found)


def _declaring(stage: Stage, chain: Chain) -> Chain:
    """The chain whose last draft declares what it leaves behind."""
    while True:
        try:
            stage.run(chain)
        except StaysError as error:
            found = _LEAVES.search(error.reason)
            if not found or found[1] in chain[-1].leaves:
                raise
            last = replace(chain[-1], leaves=(*chain[-1].leaves, found[1]))
            chain = (*chain[:-1], last)
        else:
            return chain


def groups(stage: Stage, chain: Chain, transcript: Transcript) -> list[Step]:
    """What each command that the page shows printed, nested ones together; none carried along."""
    commands = stage.entries(chain)[-1].program.commands
    steps = iter(transcript.steps)
    together = [joined([next(steps) for _ in command.flat()]) for command in commands]
    assert len(flatten(commands)) == len(transcript.steps)
    return [step for step, command in zip(together, commands, strict=True) if not command.hidden]


def joined(steps: Sequence[Step]) -> Step:
    """All as if they were one."""
    errors = [step for step in steps if step.status]
    output = b"".join(step.output for step in steps)
    return replace(steps[0], output=output, status=errors[0].status if errors else 0)


def _with_comments(draft: Draft, steps: Sequence[Step], now: float) -> Draft:
    """The draft with each comment behind the command that it is about."""
    comments: dict[int, Sequence[str]] = {}
    pending: list[str] = []
    if len(steps) != len(draft.reading.typed):
        line = draft.reading.typed[0].line
        raise StaysError(line, "a line of it is more than one command, or none")
    for number, (typed, step) in enumerate(zip(draft.reading.typed, steps, strict=True)):
        if above := [*pending, *typed.comments]:
            comments[number] = above
        doubtful = typed.doubtful and agreement(typed, step, now).is_comment
        pending = list(typed.doubtful) if doubtful else []
    return replace(draft, comments=comments)
