"""Where the fences of a page are, by the rules by which they are rendered: SuperFences' own.

A reader of our own would take for a fence what is shown as text, or the other way round.
"""

from collections.abc import Sequence
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesBlockPreprocessor, SuperFencesCodeExtension


class _Finder(SuperFencesBlockPreprocessor):  # type: ignore[misc] # it ships no types
    """Notes each fence instead of putting its HTML in its place."""

    found: list[tuple[int, int, str, list[str]]]

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:  # noqa: ARG002
        body = self.rebuild_block(self.code).split("\n") if self.code else []
        self.found.append((start, end, self.lang or "", body))
        self.clear()


def find(lines: Sequence[str], names: Sequence[str]) -> list[tuple[int, int, str, list[str]]]:
    """Each fence: its first line from 0, the line after its last, its language and its body.

    `names` are those of the fences that have a formatter of their own.
    """
    custom = [{"name": name, "class": name, "format": _nothing} for name in names]
    extension = SuperFencesCodeExtension(custom_fences=custom)
    markdown = Markdown(extensions=[extension, "attr_list"])
    finder = _Finder(markdown)
    finder.config = extension.getConfigs()
    finder.extension = extension
    finder.found = []
    # As Markdown's first preprocessor does it.
    plain = (line.replace("\x02", "").replace("\x03", "") for line in lines)
    finder.run([line.expandtabs(markdown.tab_length) if line.strip() else "" for line in plain])
    return finder.found


def _nothing(*_: Any, **__: Any) -> str:
    return ""
