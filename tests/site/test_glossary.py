"""A mistake in `docs/glossary.yml` is said with its line and what mends it, which does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reading.glossary import read_glossary
from snippetlab.errors import SourceError

pytestmark = pytest.mark.pageless

Try = Callable[[str], str]
DOOR = "- ko: 문\n  en: door\n"


@pytest.fixture
def attempt(tmp_path: Path) -> Try:
    """Read a glossary whose second term, on line 3, is this; what is wrong with it, or nothing."""
    path = tmp_path / "glossary.yml"

    def attempt(term: str) -> str:
        path.write_text(f"- ko: 집\n  en: house\n{term}", encoding="utf-8")
        try:
            read_glossary(path, tmp_path)
        except SourceError as error:
            place, _, said = str(error).partition(": ")
            assert place.startswith(str(path))
            return f"{place.removeprefix(str(path))}: {said}"
        return ""

    return attempt


@pytest.mark.cure("glossary-yaml")
def test_no_yaml(attempt: Try) -> None:
    said = attempt("- ko: 문\n  en: door: open\n")
    assert said.startswith(":4: this is no YAML: ")
    assert "the text in quotes where it has a colon" in said
    assert not attempt('- ko: 문\n  en: "door: open"\n')
    # What has no end is said where it begins.
    assert attempt("- ko: 문\n  en door\n  says:\n").startswith(":4: this is no YAML: ")
    assert attempt('- ko: 문\n  en: "door\n- ko: 창\n').startswith(":4: this is no YAML: ")


@pytest.mark.cure("glossary-list")
def test_no_list(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text("ko: 집\nen: house\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r":1: this is no list of terms\n +Begin .* `- ko: `"):
        read_glossary(path)
    path.write_text("- ko: 집\n  en: house\n", encoding="utf-8")
    assert read_glossary(path)


@pytest.mark.cure("term-mapping")
def test_no_term(attempt: Try) -> None:
    said = attempt("- 문\n")
    assert said == ":3: this is no term\n    Give it, each on a line: ko, en, aliases, says, page."
    assert not attempt(DOOR)


@pytest.mark.cure("term-part")
def test_an_unknown_part(attempt: Try) -> None:
    said = attempt(f"{DOOR}  alias: [gate]\n")
    assert said == ":3: a term has no `alias`\n    Did you mean `aliases`?"
    assert not attempt(f"{DOOR}  aliases: [gate]\n")


@pytest.mark.cure("term-name")
def test_a_name_that_is_missing(attempt: Try) -> None:
    said = attempt("- ko: 문\n")
    assert said == ":3: the term has no `en`\n    Add a line `en: NAME`."
    assert not attempt("- ko: 문\n  en: door\n")


SAYS = "says:\n    ko: 연다.\n    en: Opens."


@pytest.mark.cure("term-form")
@pytest.mark.parametrize(
    ("wrong", "said", "cure", "right"),
    [
        ("en: on", "`en` cannot be True", "in quotes", 'en: "on"'),
        (
            "aliases: gate\n  en: x",
            "`aliases` cannot be 'gate'",
            "list",
            "aliases: [gate]\n  en: x",
        ),
        ("en: x\n  says: Opens.", "`says` cannot be 'Opens.'", "two lines", f"en: x\n  {SAYS}"),
        ("says:\n  en: x", "`says` cannot be None", "two lines", f"en: x\n  {SAYS}"),
    ],
)
def test_a_part_of_another_form(attempt: Try, wrong: str, said: str, cure: str, right: str) -> None:
    found = attempt(f"- ko: 문\n  {wrong}\n")
    assert found.startswith(f":3: {said}\n")
    assert cure in found
    assert not attempt(f"- ko: 문\n  {right}\n")


@pytest.mark.cure("term-says")
def test_a_meaning_in_one_language(attempt: Try) -> None:
    said = attempt(f"{DOOR}  says:\n    ko: 연다.\n")
    assert said.startswith(":3: `says` needs ko and en")
    assert not attempt(f"{DOOR}  says:\n    ko: 연다.\n    en: Opens.\n")


@pytest.mark.cure("term-twice")
def test_a_name_twice(attempt: Try) -> None:
    said = attempt(f"{DOOR}  aliases: [House]\n")
    assert said == ":3: 'House' stands on line 1 too\n    Take it out here, or on line 1."
    assert not attempt(DOOR)


@pytest.mark.cure("term-page")
def test_a_page_that_is_not_there(attempt: Try) -> None:
    said = attempt(f"{DOOR}  page: a/door.md\n")
    assert said.startswith(":3: there is no page ko/a/door.md\n    Begin it: make page ID=a/door ")
    assert not attempt(DOOR)
