"""Values of the tag `values`, as they stand in a transcript."""

from collections.abc import Mapping

from snippetlab import sgr
from snippetlab.compare.pattern import Pattern
from snippetlab.transcript import Transcript

UNKNOWN = "?"
"""A value that has yet to be recorded, in a preview."""


def extract(patterns: Mapping[str, str], transcript: Transcript) -> dict[str, str]:
    """The value of each pattern: its first group, or all that it matches first.

    Raises ValueError, with the name, for a pattern that matches nothing, and SlowPatternError.
    """
    output = b"".join(step.printed for step in transcript.steps).decode("utf-8", "replace")
    output = sgr.without(output)
    values = {}
    for name, pattern in patterns.items():
        compiled = Pattern(pattern, multiline=True)
        if not (found := compiled.search(output)):
            raise ValueError(f"the value `{name}` is not in the output: {pattern}")
        values[name] = found[1] if compiled.groups else found[0]
    return values
