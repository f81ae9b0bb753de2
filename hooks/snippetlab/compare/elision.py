"""Lines whose number and content vary: left out of what is compared and shown (tag `elide`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby

from snippetlab import sgr
from snippetlab.compare.pattern import Pattern
from snippetlab.transcript import Transcript


@dataclass(frozen=True)
class Elision:
    """Every line in which its pattern matches something; a match may go over several lines."""

    pattern: str

    @cached_property
    def regex(self) -> Pattern:
        return Pattern(self.pattern, multiline=True)

    def lines(self, text: str) -> Iterator[int]:
        """The indexes of its lines. Raises SlowPatternError."""
        position, line, counted = 0, 0, 0
        while position <= len(text) and (found := self.regex.search(text, position)):
            line += text.count("\n", counted, found.start())
            last = line + text.count("\n", found.start(), max(found.end() - 1, found.start()))
            yield from range(line, last + 1)
            counted, position = found.start(), max(found.end(), found.start() + 1)


def parse_elisions(patterns: object) -> tuple[Elision, ...]:
    """Read the tag `elide`. Raises ValueError for what is no regular expression."""
    if not isinstance(patterns, list) or not all(isinstance(p, str) and p for p in patterns):
        raise ValueError("the tag `elide` must be a list of patterns")
    elisions = tuple(map(Elision, patterns))
    for elision in elisions:
        try:
            _ = elision.regex
        except ValueError as error:
            message = f"the pattern {elision.pattern!r} is no regular expression: {error}"
            raise ValueError(message) from None
    return elisions


def elided(text: str, elisions: Sequence[Elision]) -> Iterator[tuple[bool, str]]:
    """The lines of an output, those that are left out together as one, and whether they are."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    plain = sgr.without(text)
    out = {index for elision in elisions for index in elision.lines(plain)}
    for left_out, group in groupby(enumerate(lines), key=lambda item: item[0] in out):
        if left_out:
            yield True, "".join(line for _, line in group)
        else:
            yield from ((False, line) for _, line in group)


def compared(transcript: Transcript, elisions: Sequence[Elision]) -> Transcript:
    """Without the lines that are left out.

    Raises ValueError where there are none, or nothing else, and SlowPatternError.
    """
    if not elisions:
        return transcript
    texts = [
        tuple(part.decode("utf-8", "surrogateescape") for part in (step.output, step.errors))
        for step in transcript.steps
    ]
    for elision in elisions:
        if not any(True for text in chain(*texts) for _ in elision.lines(sgr.without(text))):
            raise ValueError(f"`elide` finds no line to leave out: {elision.pattern}")
    steps = []
    for number, (step, text) in enumerate(zip(transcript.steps, texts, strict=True), 1):
        output, errors = (
            "".join(line for left_out, line in elided(part, elisions) if not left_out)
            for part in text
        )
        if any(text) and not (output or errors):
            raise ValueError(f"`elide` leaves out all that step {number} printed")
        left = [part.encode("utf-8", "surrogateescape") for part in (output, errors)]
        steps.append(replace(step, output=left[0], errors=left[1]))
    return Transcript(tuple(steps))
