"""Drawings: each page of the subject has one, in the words of its language."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from snippetlab.project import Project
from snippetlab.snippet.library import read_library
from tests.support import ROOT

TREES = {name: ROOT / "docs" / name for name in ("ko", "en")}
WITHOUT = {
    *("index.md", "contributing.md", "writing.md", "reference/claims.md", "reference/snippets.md"),
    *("engine/api.md", "engine/ci.md", "engine/comparison.md", "engine/formats.md"),
    *("engine/labs.md", "engine/values.md", "docker/versions.md"),
}
"""Pages without a mechanism to draw: the doors, how to contribute, lists to look things up in."""
PAGES = sorted(
    path.relative_to(TREES["ko"])
    for path in TREES["ko"].rglob("*.md")
    if str(path.relative_to(TREES["ko"])) not in WITHOUT
)
DRAWINGS = sorted(path.name for path in (TREES["ko"] / "assets/images").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_shows_the_mechanism(page: Path) -> None:
    shown = {name: _shown(tree / page) for name, tree in TREES.items()}
    assert shown["ko"], f"docs/ko/{page}:1: no drawing; add one below docs/ko/assets/images"
    assert shown["ko"] == shown["en"]


def _shown(page: Path) -> list[str]:
    """Names of the drawings on a page; each has a text alternative of a sentence or more.

    And those of the pictures that step, which have theirs in docs/pictures.
    """
    written = page.read_text("utf-8")
    found = re.findall(r"^!\[(.*)\]\(\S*?([\w-]+\.svg)\)$", written, re.M)
    assert all(len(text) > 30 for text, _ in found), f"{page}: say what the drawing shows"
    return [name for _, name in found] + re.findall(r"^```picture\n(.+)\n```$", written, re.M)


def test_both_languages_have_the_same_drawings() -> None:
    assert DRAWINGS
    assert sorted(p.name for p in (TREES["en"] / "assets/images").glob("*.svg")) == DRAWINGS


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_languages_differ_in_words_only(name: str) -> None:
    """What is drawn, and where, is the same: an edit of one file belongs in the other, too."""
    shapes = [
        [
            (element.tag, element.attrib)
            for element in ET.parse(tree / "assets/images" / name).iter()
            if element.tag in (f"{SVG}rect", f"{SVG}path", f"{SVG}circle")
        ]
        for tree in TREES.values()
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", TREES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_tells_what_it_shows(name: str, language: str) -> None:
    path = TREES[language] / "assets/images" / name
    root = ET.parse(path).getroot()
    assert root.get("lang") == language, f"{path}: lang is not {language}"
    for tag in ("title", "desc"):
        assert root.findtext(f"{SVG}{tag}"), f"{path}: no <{tag}>"
    assert root.find(f".//{SVG}script") is None, f"{path}: a drawing runs no script"
    assert "prefers-color-scheme:dark" in path.read_text("utf-8"), f"{path}: no dark colours"
    assert int(root.get("width", "999")) <= 460, f"{path}: too wide for a phone"


def test_the_numbers_of_users_are_the_recorded_ones() -> None:
    """What users 0 and 33 of a container are on the host, in each of the three models."""
    entries = read_library(Project(ROOT)).entries
    remapped = int(entries["docker/userns-remap"].values["first"])
    rootless = entries["docker/rootless-docker"].values
    recorded = ["0", "33", str(remapped), str(remapped + 33), rootless["own"], rootless["shifted"]]
    for tree in TREES.values():
        root = ET.parse(tree / "assets/images/uid-models.svg").getroot()
        # Below the rows of what is inside, where each is 0 or 33, and above that of the daemons.
        below = [
            element.text
            for element in root.iter(f"{SVG}text")
            if 140 < float(element.get("y", "0")) < 210 and element.get("class") is None
        ]
        assert below == recorded, f"{tree}/assets/images/uid-models.svg shows other numbers"
