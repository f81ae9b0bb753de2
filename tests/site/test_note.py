"""All that the note was about, from which this site grew, has a place on it."""

import re
import tomllib

import pytest

from tests.support import ROOT

NOTE = tomllib.loads((ROOT / "tests/site/note.toml").read_text(encoding="utf-8"))
PLACES = {**NOTE["headings"], **NOTE["terms"]}


@pytest.mark.parametrize("subject", PLACES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_note_was_about_has_a_section(subject: str, language: str) -> None:
    name, _, anchor = PLACES[subject].partition("#")
    page = ROOT / "docs" / language / name
    assert page.is_file(), f"tests/site/note.toml: {subject}: there is no {page.relative_to(ROOT)}"
    ids = re.findall(r"^#+ .* \{ #([a-z0-9-]+) \}$", page.read_text(encoding="utf-8"), re.M)
    assert anchor in ids, f"tests/site/note.toml: {subject}: no #{anchor} in {name}; it has {ids}"
