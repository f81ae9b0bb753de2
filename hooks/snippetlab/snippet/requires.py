"""What a snippet requires of the machine that it runs on: the tag `requires`.

Labs bring all else themselves, so these two are all that can be lacking. Why a snippet is skipped
is therefore said by the engine, never by its author.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches


@dataclass(frozen=True)
class Requires:
    """Each is empty where any will do."""

    kernel: str = ""
    """The first release with what it needs: `5.13`."""
    architecture: str = ""
    """As `uname --machine` says it: `x86_64`."""

    def lacking(self, kernel: str, architecture: str) -> str:
        """What a machine with that kernel lacks; empty if nothing."""
        if self.architecture not in ("", architecture):
            return f"needs {self.architecture}, and this is {architecture}"
        if _numbers(kernel) < _numbers(self.kernel):
            return f"needs Linux {self.kernel}, and this is {kernel}"
        return ""


NOTHING = Requires()


def parse_requires(table: object) -> Requires:
    """Read the tag. Raises ValueError for what no machine could have."""
    if not isinstance(table, Mapping):
        raise ValueError("the tag `requires` must be a table")
    names = [field.name for field in fields(Requires)]
    for name, value in table.items():
        if name not in names:
            nearest = get_close_matches(str(name), names, n=1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else f"known: {', '.join(names)}"
            raise ValueError(f"nothing called `{name}` can be required; {hint}")
        form = r"\d+\.\d+(\.\d+)?" if name == "kernel" else r"\w+"
        if not (isinstance(value, str) and re.fullmatch(form, value)):
            raise ValueError(f"the tag `requires` cannot have {value!r} as `{name}`")
    return Requires(**table) if table else NOTHING


def _numbers(release: str) -> tuple[int, ...]:
    """The first three; zeros in the place of those that it lacks."""
    found = re.match(r"\d+(\.\d+)*", release)
    return (*map(int, found[0].split(".") if found else ()), 0, 0, 0)[:3]
