"""The reference of the engine, docs/*/reference/snippets.md, has a row for all that there is."""

import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from benchmarks.compared.peer import PEERS
from benchmarks.compared.tool import FEATURES
from generated.compared import read_compared
from snippetlab.cli import main
from snippetlab.compare.kinds import KINDS
from snippetlab.hosts.mkdocs import Options
from snippetlab.limits import Limits
from snippetlab.registry import LABS
from snippetlab.run.output import Drifted, Found, Listed
from snippetlab.run.runner import Verdict
from snippetlab.run.verification import Verified
from snippetlab.show import chart, fence
from snippetlab.show.page import KINDS as FENCES
from snippetlab.show.values import FORMATS
from snippetlab.snippet import annotation, experiment
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.recording import State
from snippetlab.snippet.snippet import NOT_RUN
from snippetlab.snippet.tags import TAGS
from tests.support import ROOT
from tests.words import LANGUAGES as SPOKEN
from tests.words import words_of
from tools import quickstart

PAGES = [ROOT / f"docs/{language}/reference/snippets.md" for language in ("ko", "en")]
WORKFLOWS = ROOT / ".github/workflows"
WRITTEN = (Listed, Found, Drifted, Verified)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parts[-3])


def part(page: Path, id_: str) -> str:
    """A section, with those within it."""
    found = re.search(rf"^(#+) .* {{ #{id_} }}$", text := page.read_text("utf-8"), re.MULTILINE)
    assert found, f"{page}: no section #{id_}"
    return re.split(rf"^#{{1,{len(found[1])}}} ", text[found.end() :], flags=re.MULTILINE)[0]


def rows(page: Path, id_: str) -> set[str]:
    """What stands between backquotes in the first cells of the tables of a section."""
    cells = re.findall(r"^\| (`.*?) \| ", part(page, id_), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def named(page: Path, id_: str) -> set[str]:
    return set(re.findall(r"[\w.-]+", part(page, id_)))


@each_page
@pytest.mark.parametrize(
    ("section", "all_"),
    [
        ("header", TAGS),
        ("volatile", KINDS),
        ("page", (*FENCES, "python")),
        ("experiment", experiment.KEYS),
        ("plugin", Options()),
        ("languages", [f"NAME{suffix}" for suffix in LANGUAGES]),
        ("json", [name for type_ in WRITTEN for name in get_type_hints(type_)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_has_a_row_and_no_row_is_of_another(
    page: Path, section: str, all_: Iterable[str]
) -> None:
    assert rows(page, section) == set(all_)


@each_page
@pytest.mark.parametrize(
    ("section", "all_"),
    [
        ("header", (*LABS, NOT_RUN, *CURES, *(field.name for field in fields(Limits)))),
        ("page", (*fence.OPTIONS, *chart.OPTIONS, *FORMATS)),
        ("json", [word for name in (*State, *Verdict) for word in name.split()]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_value_is_named(page: Path, section: str, all_: Iterable[str]) -> None:
    assert set(all_) - named(page, section) == set()


@each_page
def test_each_comment_for_the_engine_is_named(page: Path) -> None:
    kinds = (*annotation.AFTER, *annotation.BEFORE, *annotation.BELOW)
    text = part(page, "comments")
    for kind in kinds:
        assert any(example in text for example in kind.examples), kind.examples


@each_page
def test_each_command_has_a_row(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = rows(page, "commands")
    for words in ((), ("lab",)):
        main([*words, "--help"])
        names = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE)
        assert names
        for name in names:
            command = " ".join((*words, name))
            assert name == "lab" or any(row.split(" [")[0].startswith(command) for row in listed)


@each_page
@pytest.mark.parametrize("made", ["limits", "ceilings", "commands"])
def test_what_is_made_of_the_code_is_asked_for(page: Path, made: str) -> None:
    """What it then says is tested in tests/generated/test_made.py."""
    assert f"\n<!-- made: {made} -->\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", SPOKEN)
def test_what_was_tried_of_peers_is_what_the_page_shows(language: str) -> None:
    """Where not, once more: python -m benchmarks.compared."""
    known = read_compared(ROOT / "docs")
    assert known.features == FEATURES
    assert set(words_of(language)["features"]) == set(FEATURES)
    assert [tool.name for tool in known.tools] == ["snippetlab", *PEERS]


def test_the_picture_of_the_quick_start_is_what_was_recorded() -> None:
    for language in quickstart.WORDS:
        drawn = quickstart.path_of(language).read_text(encoding="utf-8")
        assert drawn == quickstart.picture(language), "anew: python -m tools.quickstart"


def test_the_workflow_for_others_pins_what_ours_do() -> None:
    used = [
        re.findall(r"uses: (\S+@\S+ # \S+)", path.read_text()) for path in WORKFLOWS.glob("*.yml")
    ]
    others = re.findall(r"uses: (\S+.*)", (ROOT / "docs/ci.yml").read_text())
    assert others
    assert set(others) <= {action for actions in used for action in actions}
