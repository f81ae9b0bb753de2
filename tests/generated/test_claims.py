"""Claims of snippets come through to the page on verification as they are."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated.verification import verification_page
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.snippet.library import load_library
from snippetlab.snippet.snippet import read_snippet
from tests.generated.tables import tables, text
from tests.support import HEADER
from tests.words import templates_of


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> "Claims":
    return Claims(tmp_path_factory.mktemp("claims"))


class Claims:
    """A library of one snippet, whose claim can be anything."""

    def __init__(self, root: Path) -> None:
        (root / "snippets/a").mkdir(parents=True)
        self._project = Project(root)

    def shown(self, claim: str) -> str:
        """What the page's row shows for it."""
        path = self._project.snippets / "a/b.sh"
        header = HEADER.format(extra="").replace('"A test."', json.dumps(claim))
        path.write_text(header + "echo\n", encoding="utf-8")
        assert read_snippet(path, self._project.snippets).proves == {"": claim}
        library = load_library(self._project)
        [row] = tables(verification_page(library, {}, Lock(), {}, templates_of("en")))["chapter-a"]
        assert len(row) == 6
        return text(row[1])


@pytest.mark.parametrize(
    "claim",
    [
        "a | b || c",
        "`code` and `` | `` and an odd `",
        "<b>bold</b> &amp; <script>alert(1)</script> <!-- -->",
        "*one* **two** _three_ CAP_SYS_ADMIN __four__",
        "[link](https://example.org) ![](x) [](value:a/b#c) [^1] <https://example.org>",
        "{ .class } {: #id }",
        r"\| \` \\ \*",
        "2>&1 ; a && b: # ~~x~~ ==y== ^z^",
        "컨테이너는 `chroot`가 | 아니다",
    ],
)
def test_a_claim_is_shown_as_it_is(claim: str, claims: Claims) -> None:
    assert claims.shown(claim) == claim


@given(st.text(st.sampled_from("|`<>*_[](){}\\&#!:;-+~^=$ \"'ab한.1"), min_size=1))
def test_any_claim_is_shown_as_it_is(claims: Claims, claim: str) -> None:
    shown = " ".join(f"x{claim}x".split())
    assert claims.shown(f"x{claim}x") == shown


def test_a_claim_of_several_lines_stays_one_row(claims: Claims) -> None:
    assert claims.shown("one\n\n two") == "one two"
