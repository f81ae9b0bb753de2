"""Rules of comparison as JSON for the reader's tab (docs/overrides/assets/machine/compare.mjs)."""

from typing import Any

from snippetlab.ecmascript import translate
from snippetlab.errors import Cure, SourceError
from snippetlab.kinds import Kind, Volatile, measure
from snippetlab.snippet import Snippet

_MEASURED = ("duration", "n", "percentage", "size")
"""Built-in kinds that have a measure; the page knows each by its name."""


def rules_of(snippet: Snippet) -> dict[str, Any]:
    """The kinds, the specific ones first, and the bounds.

    Raises SourceError for a pattern that JavaScript cannot express.
    """
    try:
        return described(snippet.volatile)
    except ValueError as error:
        text = "Write the pattern in another way, or remove the tag `browser`."
        cure = Cure("browser-pattern", text)
        line = snippet.line_of("volatile")
        raise SourceError(snippet.path, line, f"`volatile`: {error}", cure) from None


def described(rules: Volatile) -> dict[str, Any]:
    """The same of rules alone. Raises ValueError."""
    bounds = [
        {"kind": b.kind, "operator": b.operator, "limit": b.limit, "text": b.text}
        for b in rules.bounds
    ]
    return {"kinds": [_kind(kind) for kind in rules.kinds], "bounds": bounds}


def _kind(kind: Kind) -> dict[str, Any]:
    parser = "any" if kind.parse is measure else kind.name if kind.name in _MEASURED else ""
    return {
        "name": kind.name,
        "pattern": translate(kind.pattern),
        "identifies": kind.identifies,
        "domain": kind.domain,
        "measure": parser,
    }
