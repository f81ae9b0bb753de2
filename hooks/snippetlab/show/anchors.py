"""Where on a page transcripts, their parts and their notes stand: ids, to which links lead."""

import re
from collections.abc import Sequence

from snippetlab.snippet.snippet import OF


def anchor(ids: Sequence[str]) -> str:
    """Where on a page a fence stands that shows these snippets, one or two."""
    names = (id_.rpartition("/")[2] for id_ in ids[1:])
    return "-".join((re.sub("[/@]", "-", ids[0]), *names))


def part_anchor(run: str, start: str) -> str:
    """Where a part of a run stands that begins with that step, or else with the run."""
    return f"{run}-from-{start}" if start else run


def note_anchor(id_: str, step: str) -> str:
    """Where on a page the note stands that it has for this step of a snippet.

    Of `STEP@VERSION` it is where the transcript of that version has the step.
    """
    name, _, version = step.partition(OF)
    return f"{anchor([f'{id_}{OF}{version}' if version else id_])}-{name}-note"
