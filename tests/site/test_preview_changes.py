"""What the preview makes anew first when something was saved."""

from pathlib import Path

import pytest

from preview.changes import concerned
from preview.language import LANGUAGES

pytestmark = pytest.mark.pageless

KO, EN = LANGUAGES


def test_pages_that_name_a_snippet_come_first(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / "docs" / language.name).mkdir(parents=True)
    shows, quotes, neither = (tmp_path / "docs/en" / f"{name}.md" for name in "abc")
    shows.write_text("```snippet\nx/one\n```\n")
    quotes.write_text("[](value:x/one#size)\n")
    neither.write_text("```snippet\nx/one-more\na/x/one\n```\n")
    (tmp_path / "docs/ko/a.md").write_text("Nothing.\n")
    script = tmp_path / "snippets/x/one.sh"
    assert concerned([script], tmp_path) == {KO: None, EN: {shows, quotes}}
    assert concerned([script, neither], tmp_path) == {KO: None, EN: {shows, quotes, neither}}
    # What all pages may be made from.
    for name in ("snippets/verification.json", "docs/glossary.yml", "snippets/x/no.sh"):
        assert concerned([script, tmp_path / name], tmp_path) == {KO: None, EN: None}
