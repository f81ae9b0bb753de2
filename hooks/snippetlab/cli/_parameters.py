"""What several commands take."""

import contextlib
from pathlib import Path
from typing import Any

import click

from snippetlab.errors import Cure, EngineError
from snippetlab.project import Project
from snippetlab.snippet.tree import read_tree

_MOST = 1000
"""How often anything can be asked for."""


class Times(click.IntRange):
    """How often something is to be done."""

    def __init__(self, least: int) -> None:
        super().__init__(least, _MOST)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            cure = Cure("number-in-range", f"write a number from {self.min} to {self.max}")
            self.fail(f"it cannot be {value!r}: {cure}", param, ctx)


def _completed(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    with contextlib.suppress(EngineError):  # outside a checkout there is nothing to offer
        snippets = Project.find(Path.cwd()).snippets
        sources = (path.relative_to(snippets) for path in read_tree(snippets).sources)
        ids = (path.with_suffix("").as_posix() for path in sources)
        return [id_ for id_ in ids if id_.startswith(begun)]
    return []


snippet_id = click.argument("id_", metavar="ID", shell_complete=_completed)
"""Whether there is such a snippet is found out when it is read."""
snippet_ids = click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=_completed)
