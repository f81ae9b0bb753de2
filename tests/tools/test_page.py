"""`make page`: a page in both languages, with its snippet and its place, or nothing at all."""

import re
from pathlib import Path

import pytest
import yaml

from snippetlab.errors import EngineError
from tools.page import begin_page, with_entry

NAV = """\
site_name: Site
# A comment.
nav:
  - Home: index.md
  - A:
      - a/index.md
      - Deep:
          - One: a/deep/one.md
      - Last: a/last.md
  - B:
      - b/index.md
theme: material
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        (tmp_path / name).write_text(NAV)
    (tmp_path / "snippets").mkdir()
    return tmp_path


def everything(root: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}


def test_it_writes_a_snippet_two_pages_and_their_places(root: Path) -> None:
    written = begin_page(root, "a/new", {"ko": "새 것", "en": "New: thing"})
    names = ["docs/en/a/new.md", "docs/ko/a/new.md"]
    names += ["mkdocs.en.yml", "mkdocs.yml", "snippets/a/new.sh"]
    assert sorted(path.relative_to(root).as_posix() for path in written) == names
    for name, title in (("mkdocs.yml", "새 것"), ("mkdocs.en.yml", "New: thing")):
        text = (root / name).read_text(encoding="utf-8")
        assert yaml.safe_load(text)["nav"][1]["A"][-1] == {title: "a/new.md"}
        assert "# A comment." in text
    for language in ("ko", "en"):
        page = (root / f"docs/{language}/a/new.md").read_text(encoding="utf-8")
        assert re.findall("{ #(.*) }", page) == ["new", "what-it-does-not-do", "sources"]
        assert "```snippet\na/new\n```" in page


def test_a_nested_chapter_is_a_chapter(root: Path) -> None:
    text = with_entry(NAV, root / "mkdocs.yml", "a/deep/two", "Two")
    assert yaml.safe_load(text)["nav"][1]["A"][1]["Deep"][-1] == {"Two": "a/deep/two.md"}


def test_the_missing_language_shows_what_the_other_shows(root: Path) -> None:
    page = root / "docs/ko/a/last.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 끝 { #last }\n\n```snippet\na/other\n```\n", encoding="utf-8")
    written = begin_page(root, "a/last", {})
    assert [path.relative_to(root).as_posix() for path in written] == ["docs/en/a/last.md"]
    assert "```snippet\na/other\n```" in written[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("A", "is no id"), ("c/new", "There are: a, a/deep, b."), ("new", "is no id")],
)
def test_what_cannot_be_leaves_nothing_behind(root: Path, wanted: str, said: str) -> None:
    before = everything(root)
    with pytest.raises(EngineError, match=re.escape(said)):
        begin_page(root, wanted, {})
    assert everything(root) == before


def test_a_page_is_never_written_over(root: Path) -> None:
    begin_page(root, "a/new", {})
    before = everything(root)
    with pytest.raises(EngineError, match="exists in both languages"):
        begin_page(root, "a/new", {})
    assert everything(root) == before
