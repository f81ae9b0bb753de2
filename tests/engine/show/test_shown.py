"""What the engine finds in a page is what its reader sees, or an error names the line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymdownx.superfences import SuperFencesException

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.show.fence import find_references
from snippetlab.show.figures import Figures
from snippetlab.show.shown import faults
from snippetlab.show.words import english
from tests.engine.pages import COUNT, page_at, rendered, transcripts, write_library
from tests.support import examples

CONTEXTS = {
    "plain": ("", ""),
    "list": ("- item\n\n", "    "),
    "numbered": ("1. item\n\n", "    "),
    "nested list": ("- item\n\n    - inner\n\n", "        "),
    "quotation": ("", "> "),
    "list in a quotation": ("> - item\n>\n", ">     "),
    "quotation in a list": ("- item\n\n", "    > "),
    "nested quotation": ("", "> > "),
    "admonition": ("!!! note\n\n", "    "),
    "details": ('??? question "Why?"\n\n', "    "),
    "admonition in a list": ("- item\n\n    !!! note\n\n", "        "),
    "footnote": ("See[^1].\n\n[^1]:\n    It is.\n\n", "    "),
    "definition": ("Term\n\n:   It is.\n\n", "    "),
    "HTML with Markdown": ("<div markdown>\n\n", ""),
    "indented code": ("Text.\n\n", "    "),
    "too far in a list": ("- item\n\n", "        "),
    "comment": ("<!--\n", ""),
    "HTML": ("<div>\n", ""),
    "after inline code": ("```bash```\n\n", ""),
    "after a mark in code": ("Text.\n\n    ```\n\nText.\n\n", ""),
}
AFTER = {"comment": "-->\n", "HTML": "</div>\n", "HTML with Markdown": "\n</div>\n"}
INFOS = [
    "snippet",
    " snippet",
    "{ .snippet }",
    " { .snippet #x }",
    ".snippet",
    "snippet ",
    "snippet x",
]


@st.composite
def fence(draw: st.DrawFn, id_: str) -> str:
    """A fence somewhere on a page, more or less as it should be."""
    context = draw(st.sampled_from(sorted(CONTEXTS)))
    before, prefix = CONTEXTS[context]
    mark = draw(st.sampled_from(["```", "~~~", "````"]))
    info = draw(st.sampled_from(["snippet"] * 30 + INFOS))
    often = [""] * 8
    closing = draw(st.sampled_from([mark] * 8 + [mark + mark[0], mark[:3], "~~~", ""]))
    shifts = [draw(st.sampled_from([*often, " ", "\t", "<"])) for _ in range(2)]
    lines = [mark + info]
    for text, shift in zip((id_, closing), shifts, strict=True):
        lines.append(text if shift == "<" else f"{prefix}{shift}{text}")
    lines[0] = prefix + lines[0]
    if draw(st.booleans()):
        lines.insert(2, prefix.rstrip())
    return before + "\n".join(lines) + "\n" + AFTER.get(context, "")


@st.composite
def page(draw: st.DrawFn) -> str:
    ids = [f"a/b{number}" for number in range(draw(st.integers(1, 3)))]
    text = "\n".join(f"Paragraph.\n\n{draw(fence(id_))}" for id_ in ids)
    text = draw(st.sampled_from(["", "", "", "\ufeff"])) + text
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])))


class Site:
    """A checkout with one page."""

    def __init__(self, project: Project) -> None:
        self.library = write_library(project)

    def look(self, text: str) -> tuple[list[SourceError], list[str]]:
        """What is said of the page, and which snippets its reader sees."""
        path = page_at(self.library.project, text)
        try:
            html = rendered(text, self.library)
        except SuperFencesException:  # which the engine must have foreseen
            html = ""
        try:
            list(find_references(path))
            return list(faults(path, html, Figures(self.library), english())), transcripts(html)
        except SourceError as error:
            return [error], transcripts(html)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("checkout")
    (root / "mkdocs.yml").touch()
    return Site(Project(root))


@examples(75, 500)
@given(text=page())
def test_what_is_found_is_what_is_seen(site: Site, text: str) -> None:
    said, seen = site.look(text)
    meant = [f"b{number}" for number in range(COUNT) if f"a/b{number}" in text]
    lines = len(re.split("\r\n|\r|\n", text))
    assert all(1 <= error.line <= lines for error in said)
    if not said:
        assert sorted(seen) == meant
    elif sorted(seen) == meant:
        assert "on its info line" in str(said[0])  # `{ .snippet }` is seen, and refused
