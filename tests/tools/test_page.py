"""`make page`: a page in both languages, with its snippet and its place, or nothing at all."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from snippetlab.errors import EngineError
from tests.support import ROOT
from tools.page import begin_page, main, with_entry
from tools.parity import ASPECTS, difference
from tools.translation import structure

pytestmark = pytest.mark.pageless

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
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        text = (root / name).read_text(encoding="utf-8")
        assert yaml.safe_load(text)["nav"][1]["A"][-1] == "a/new.md"
        assert "# A comment." in text
    for language in ("ko", "en"):
        page = (root / f"docs/{language}/a/new.md").read_text(encoding="utf-8")
        assert re.findall("{ #(.*) }", page) == ["new", "what-it-does-not-do", "sources"]
        assert "```snippet\na/new\n```" in page


def test_a_page_begins_its_snippet_s_twin(root: Path) -> None:
    twins = root / "tests/snippets/without.toml"
    twins.parent.mkdir(parents=True)
    twins.write_text('"a/a" = ["x", ""]\n"a/z" = ["x", ""]\n')
    assert twins in begin_page(root, "a/new", {})
    assert '\n"a/new" = ["TODO' in twins.read_text()


def test_a_nested_chapter_is_a_chapter(root: Path) -> None:
    text = with_entry(NAV, root / "mkdocs.yml", "a/deep/two")
    assert yaml.safe_load(text)["nav"][1]["A"][1]["Deep"][-1] == "a/deep/two.md"


KOREAN = """\
---
title: 끝
description: 열 글자가 넘는 설명이 여기에 있다.
hide: toc
---

# 끝: 둘 { #last }

문장 [](value:a/b#one "number")과
[](value:a/b#two), 그리고 `[](value:a/b#none)`.

```snippet
a/other
fold: 10
```

```text
그림
```

- 항목

    ~~~snippet
    a/c
    ~~~

## 더 보기 { #more }

??? question "왜?"
    그래서 [](value:a/b#three "bytes").

```chart
caption: 크기
format: bytes
하나: a/b#one
둘: a/b#two
```

## 출처 { #sources }

- [출처](https://example.org/), 1판: 말
"""
ENGLISH = """\
---
title: TODO 끝
description: TODO 열 글자가 넘는 설명이 여기에 있다.
hide: toc
---

# TODO 끝: 둘 { #last }

TODO [](value:a/b#one "number") [](value:a/b#two)

```snippet
a/other
fold: 10
```

- TODO

    ~~~snippet
    a/c
    ~~~

## TODO 더 보기 { #more }

??? question "TODO 왜?"
    TODO [](value:a/b#three "bytes")

```chart
caption: TODO 크기
format: bytes
TODO 하나: a/b#one
TODO 둘: a/b#two
```

## TODO 출처 { #sources }

- TODO [출처](https://example.org/), 1판: 말
"""


@pytest.fixture
def korean(root: Path) -> Path:
    page = root / "docs/ko/a/last.md"
    page.parent.mkdir(parents=True)
    page.write_text(KOREAN, encoding="utf-8")
    return page


def test_the_missing_language_has_the_structure_of_the_other(root: Path, korean: Path) -> None:
    written = begin_page(root, "a/last", {})
    assert [path.relative_to(root).as_posix() for path in written] == ["docs/en/a/last.md"]
    assert written[0].read_text(encoding="utf-8") == ENGLISH
    assert [difference(korean, written[0], of) for of in ASPECTS] == [None] * len(ASPECTS)


def test_a_title_given_is_that_of_the_missing_language(root: Path, korean: Path) -> None:
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        (root / name).write_text(NAV.replace("      - Last: a/last.md\n", ""))
    begin_page(root, "a/last", {"en": 'Last: "two"'})
    text = (root / "docs/en/a/last.md").read_text(encoding="utf-8")
    assert yaml.safe_load(text.split("---")[1])["title"] == 'Last: "two"'
    assert '# Last: "two" { #last }' in text
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        entries = yaml.safe_load((root / name).read_text(encoding="utf-8"))["nav"][1]["A"]
        assert "a/last.md" in entries


def test_a_translation_without_snippets_begins_none(root: Path, korean: Path) -> None:
    korean.write_text("# 끝 { #last }\n\n문장.\n", encoding="utf-8")
    begin_page(root, "a/last", {})
    assert (root / "docs/en/a/last.md").read_text(encoding="utf-8") == (
        "# TODO 끝 { #last }\n\nTODO\n"
    )
    assert not list((root / "snippets").iterdir())


@pytest.mark.pages("*")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_any_page_of_this_site_begins_in_agreement(language: str, tmp_path: Path) -> None:
    begun = tmp_path / "begun.md"
    for page in (ROOT / "docs" / language).rglob("*.md"):
        begun.write_text(structure(page), encoding="utf-8")
        found = [difference(page, begun, of) for of in ASPECTS]
        assert found == [None] * len(ASPECTS), page


def test_it_ends_with_the_address_of_the_page(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.page.ROOT", root)
    monkeypatch.setattr("tools.page.BIN", Path("/bin"))
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess("", 0))
    assert main(["a/deep/new"]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last.split()[-1] == "http://127.0.0.1:8000/en/a/deep/new/"
    assert "http://127.0.0.1:8000/a/deep/new/ " in last


def test_where_nothing_can_be_recorded_the_page_is_begun_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a Mac, where `snippetlab record` says why and what to do."""
    monkeypatch.setattr("tools.page.ROOT", root)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess("", 1))
    assert main(["a/deep/new"]) == 0
    assert "no recording yet" in capsys.readouterr().out
    assert (root / "docs/en/a/deep/new.md").is_file()


@pytest.mark.cure("page-id", "page-chapter", "page-there")
@pytest.mark.parametrize(
    ("wanted", "cure", "name"),
    [
        ("A", r"ID=isolation(/\S+)", "a{}"),
        ("new", r"ID=isolation(/\S+)", "a{}"),
        ("c/new", r"There are: a, (a/deep), b\.", "{}/new"),
        ("a/there", r"make page ID=(\S+)", "{}"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind_and_says_what_can(
    root: Path, wanted: str, cure: str, name: str
) -> None:
    begin_page(root, "a/there", {})
    before = everything(root)
    with pytest.raises(EngineError) as refused:
        begin_page(root, wanted, {})
    assert everything(root) == before
    (advised,) = re.findall(cure, str(refused.value))
    assert begin_page(root, name.format(advised), {})
