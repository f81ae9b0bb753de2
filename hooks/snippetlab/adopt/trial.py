"""Blocks tried in one chain: what each prints there, held against the page."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from snippetlab.adopt.agreement import Agreement, agreement, printed_lines
from snippetlab.adopt.draft import Draft
from snippetlab.adopt.reading import StaysError, Typed
from snippetlab.adopt.stage import Chain, Stage
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry
from snippetlab.transcript import Step, Transcript

_LEAVES = re.compile(r"leaves an? (\w+) behind")
_LACKS = re.compile(
    r": (?:command not found|not found|No such file or directory|Permission denied)$"
    r"|Operation not permitted|Temporary failure in name resolution|Network is unreachable"
)
"""What a lab has not, or does not let a program do, rather than what the page shows."""
_PLACE = re.compile(r"^\S+: line \d+: ")
"""Before what bash says of a script."""
_MOST = 5
"""Lines that are told of where the page shows none."""


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

    draft: Draft
    """With what it comes after; statuses and comments are in it."""
    quality: Quality
    agreements: tuple[Agreement, ...] = ()
    printed: tuple[bytes, ...] = ()
    fault: StaysError | None = None
    """Why it cannot become a snippet, so."""

    @property
    def rank(self) -> tuple[Quality, int]:
        """The more the better: what differs less is better, too."""
        return self.quality, -sum(not one.equal for one in self.agreements)


def together(stage: Stage, drafts: Sequence[Draft]) -> dict[str, Outcome]:
    """What comes of each in one chain with those before it, by id.

    One that cannot run there is left out of it.
    """
    members, outcomes = list(drafts), {}
    while members:
        chain = linked_chain(members)
        try:
            entries, transcripts = stage.entries(chain), stage.run(chain)
        except StaysError as error:
            place = next((n for n, d in enumerate(chain) if d.id == error.id), len(chain) - 1)
            draft = members[place]
            found = _LEAVES.search(error.reason)
            if found and found[1] not in draft.leaves:
                members[place] = replace(draft, leaves=(*draft.leaves, found[1]))
            else:
                outcomes[draft.id] = Outcome(draft, Quality.CANNOT, fault=error)
                del members[place]
            continue
        for draft, entry, transcript in zip(chain, entries, transcripts, strict=True):
            outcomes[draft.id] = _judged(draft, entry, transcript)
        break
    return outcomes


def linked_chain(drafts: Sequence[Draft]) -> Chain:
    """The same drafts, each after the one before it, which leaves it its files."""
    linked: list[Draft] = []
    there: set[str] = set()
    for draft in drafts:
        files = {name: text for name, text in draft.files.items() if name not in there}
        there |= files.keys()
        linked.append(replace(draft, after=linked[-1].id if linked else "", files=files))
    return tuple(linked)


def _judged(draft: Draft, entry: Entry, transcript: Transcript) -> Outcome:
    """What it printed, held against the page."""
    now = time.time()
    try:
        steps = groups(entry, transcript)
        commented = _with_comments(draft, steps, now)
    except StaysError as error:
        return Outcome(draft, Quality.CANNOT, fault=error)
    agreements = agreements_of(draft, steps, now)
    statuses = {number: step.status for number, step in enumerate(steps) if step.status}
    ready, printed = replace(commented, statuses=statuses), tuple(step.printed for step in steps)
    shows = draft.reading.shows_output
    for number, (typed, step, one) in enumerate(
        zip(draft.reading.typed, steps, agreements, strict=True)
    ):
        is_meant = shows and (one.equal or one.is_near)
        lacks = not (shows and one.equal) and _lacking(step)
        if (number in statuses and not is_meant) or lacks:
            return Outcome(ready, Quality.FAILS, agreements, printed, _failed(typed, step))
    try:
        _ = ready.text
    except StaysError as error:
        return Outcome(draft, Quality.CANNOT, fault=error)
    quality = Quality.HOLDS if all(one.equal for one in agreements) else Quality.DIFFERS
    return Outcome(ready, quality, agreements, printed)


def _failed(typed: Typed, step: Step) -> StaysError:
    said = _lacking(step) or next(iter(printed_lines(step)[-1:]), "")
    ends = f"ends with status {step.status}" if step.status else "says"
    what = f": {_PLACE.sub('', said)}" if said else ""
    return StaysError(typed.line, f"`{typed.text[0]}` {ends}{what}")


def _lacking(step: Step) -> str:
    """The line by which a program says that it lacks something; empty if none does."""
    return next((line for line in printed_lines(step) if _LACKS.search(line)), "")


def agreements_of(draft: Draft, steps: Sequence[Step], now: float) -> tuple[Agreement, ...]:
    """Of each command; where the page shows what all of them print together, the last one's."""
    reading = draft.reading
    if reading.shows_output and not reading.apart:
        pairs = zip(reading.typed, steps, strict=True)
        return tuple(agreement(typed, step, now) for typed, step in pairs)
    found = [_unshown(printed_lines(step)) for step in steps]
    if reading.apart:
        found[-1] = agreement(reading.apart, joined(steps), now)
    return tuple(found)


def _unshown(lines: Sequence[str]) -> Agreement:
    """Where the page shows nothing of what it printed."""
    diff = [*lines[:_MOST]]
    if left := len(lines) - len(diff):
        diff.append(f"… {left} more")
    return Agreement(True, printed=len(lines), diff=tuple(diff))


def groups(entry: Entry, transcript: Transcript) -> list[Step]:
    """What each command that the page shows printed, nested ones together; none carried along."""
    commands = entry.program.commands
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
