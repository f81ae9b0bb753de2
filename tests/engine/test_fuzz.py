"""Malformed input gives an error with path and line, or a correct result; never a traceback."""

import re
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from snippetlab.errors import SourceError, SourcesError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import load_library
from tests.support import examples, snippet

WHOLE = snippet("a\nunshare bash <<'jail' # ? 1\nb\njail\ncat <<E\nx\nE\n# hide\nc # settle: 1s\n")
RECORDING = "# recording 2\n# ran b.sh in namespace\n# step 01234567\n#\n"
RECORDING += "$ a\nout\\x41 (esc)\n? 3\njail# b\n> c\n"
PAGE = "---\ntitle: T\nhide: [toc]\n---\n\n# T\n\n"
PAGE += "```snippet\na/b\nfold: 3\n```\n\nText [](value:a/b#x).\n"
PIECES = ["# /// snippet", "# ///", "# lab = ", '"', "'", "\n", "<<", "<<'jail'", "jail", "(", ")"]
PIECES += ["{", "}", "# ? ", "# ? 999", "\\", "$ ", "> ", "? 1", "```", "~~~", "snippet", "fold:"]
PIECES += ["# recording 2", "# step ", "# ran ", "# after ", "# limits ", "# file ", "\n#\n"]
PIECES += ["---", "title: ", "description: ", "hide: [", "- ", "&a ", "*a", "````", "x: 2026-11-31"]
PIECES += ["<!--", "-->", "<script>", "{ #t }", "=== ", "!!! note", "    ", "a/b", "settle: 1s"]
PIECES += [
    "\0",
    "\r",
    "\x85",
    "\u2028",
    "한",
    "\ufeff",
    "[](value:",
    "#",
    " ",
    "\t",
    " (esc)",
    "&",
    ";",
]


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with a few pieces put in, cut out or doubled."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 12)))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=4))
        text = text[:start] + piece + draw(st.sampled_from(["", text[start:stop]])) + text[stop:]
    return text


def check(name: str, content: bytes) -> None:
    """Load a checkout in which one file is malformed."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        texts = {"snippets/a/b.sh": snippet("a\n"), "docs/ko/x.md": "# T\n", "mkdocs.yml": ""}
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        (root / name).write_bytes(content)
        project = Project(root)
        try:
            library = load_library(project)
            Pages(library, find_pages(project.docs)).references()
            Pages(library, find_pages(project.docs)).check_quotations()
        except (SourceError, SourcesError) as error:
            found = re.findall(r"(?m)^(\S.+?):(\d+): .", str(error))
            assert found
            for name_, line in found:
                faulty = Path(name_).resolve()
                assert faulty.is_relative_to(root.resolve())
                lines = re.split(b"\r\n|\r|\n", faulty.read_bytes())
                assert 1 <= int(line) <= len(lines) + 1
        else:
            for entry in library.entries.values():
                assert entry.state
                assert entry.program.commands


@examples(100, 1000)
@given(mutated(WHOLE))
@example("# /// snippet")
@example("")
def test_snippets(text: str) -> None:
    check("snippets/a/b.sh", text.encode("utf-8", "surrogatepass"))


@examples(75, 1000)
@given(mutated(RECORDING))
@example("")
def test_recordings(text: str) -> None:
    check("snippets/a/b.out", text.encode("utf-8", "surrogatepass"))


@examples(75, 1000)
@given(mutated(PAGE))
def test_pages(text: str) -> None:
    check("docs/ko/x.md", text.encode("utf-8", "surrogatepass"))


@examples(25, 300)
@given(st.binary(max_size=200))
def test_noise(content: bytes) -> None:
    for name in ("snippets/a/b.sh", "snippets/a/b.out", "docs/ko/x.md"):
        check(name, content)
