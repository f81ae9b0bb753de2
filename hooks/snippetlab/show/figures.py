"""What pages quote: the values of recordings, and figures of all snippets together."""

from collections.abc import Mapping
from functools import cached_property

from snippetlab.errors import EngineError
from snippetlab.run.verification import read_verification
from snippetlab.snippet.library import Library

VERIFICATION = "verification"
"""What pages quote figures of all snippets from, as if it were one; no id looks like that."""


class Figures:
    """Those of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def value(self, id_: str, name: str) -> str:
        """A value of a recording, or of all verification. Raises EngineError for an unknown one."""
        values = self.all if id_ == VERIFICATION else self._library.find(id_).values
        if name not in values:
            raise EngineError(f"{id_} has no value {name!r}; there are: {', '.join(values)}")
        return values[name]

    @cached_property
    def all(self) -> Mapping[str, str]:
        """Those of all snippets together."""
        run = [entry.snippet for entry in self._library.entries.values() if entry.snippet.runs]
        dates = read_verification(self._library.project.snippets / "verification.json").values()
        return {
            "snippets": str(len(self._library.entries)),
            "run": str(len(run)),
            "labs": str(len({snippet.lab for snippet in run})),
            "date": max((verified.date for verified in dates), default="—"),
        }
