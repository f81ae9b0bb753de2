"""What pages have made of the code: each in the place of a comment such as `<!-- made: kinds -->`.

What is made is Markdown. A long list would cost Markdown more than all other pages together: in its
place there is another comment, and the list, as HTML, is put in when the page is complete.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.errors import Cure, SourceError

PLACE = re.compile(r"^<!-- made: (.*?) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Made:
    """One thing that is made of the code."""

    markdown: str
    late: Mapping[str, str] = field(default_factory=dict)
    """Comment in it → the HTML that takes its place at last."""


Maker = Callable[[], Made]


def fill_places(
    path: Path, markdown: str, makers: Mapping[str, Maker]
) -> tuple[str, dict[str, str]]:
    """The page with all that is made in its place, and what is to be put in late.

    Raises SourceError for a place of which nothing is known.
    """
    late: dict[str, str] = {}

    def made(found: re.Match[str]) -> str:
        if found[1] not in makers:
            text = path.read_text(encoding="utf-8")
            line = text.count("\n", 0, text.find(found[0])) + 1
            cure = Cure("made-place", f"Write one of: {', '.join(sorted(makers))}.")
            raise SourceError(path, line, f"nothing is made of {found[1]!r}", cure)
        one = makers[found[1]]()
        late.update(one.late)
        return one.markdown

    return PLACE.sub(made, markdown), late


def complete(html: str, late: Mapping[str, str]) -> str:
    """The page's HTML with what was left for the end."""
    for comment, text in late.items():
        html = html.replace(comment, text)
    return html
