"""Both trees mirror each other: what must be the same on a page in Korean and in English."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT
from tools.parity import ASPECTS, Item, difference, headings, questions, snippets, values

TREES = {name: ROOT / "docs" / name for name in ("ko", "en")}
PAGES = sorted({page.relative_to(tree) for tree in TREES.values() for page in tree.rglob("*.md")})


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect.__name__)
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_both_languages_have_the_same(page: Path, aspect: Callable[[Path], list[Item]]) -> None:
    for tree in TREES.values():
        assert (tree / page).is_file(), f"docs/{tree.name}/{page} is missing; write it"
    if found := difference(TREES["ko"] / page, TREES["en"] / page, aspect):
        pytest.fail(found, pytrace=False)


PAGE = """# Title { #title }

Some [](value:a/b#one "number"), [](value:a/b#two), [](note:a/b#one).

```snippet
a/b
to: one
note one: What it says: [](value:a/b#four).
```

## More { #more }

??? question "Why?"

    [](value:a/b#three "bytes")

```text
## not a heading { #none }
??? question "not a question"
[](value:a/b#none)
```
"""


NOTE = "note one: What it says: [](value:a/b#four).\n"
FENCE = f"\n```snippet\na/b\nto: one\n{NOTE}```\n"


@pytest.mark.parametrize(
    ("old", "new", "aspect", "said"),
    [
        ("{ #more }", "{ #other }", headings, "11: heading ## other"),
        ("## More", "### More", headings, "11: heading ### more"),
        ("## More { #more }", "", headings, "en.md:1: lacks the heading ## more"),
        (FENCE, "", snippets, "en.md:1: lacks the snippet a/b"),
        ("\na/b\n", "\na/c\n", snippets, "6: snippet a/c"),
        ("\na/b\n", "\na/b\nfold: 5\n", snippets, "6: snippet a/b fold 5 to one"),
        ("to: one", "to: two", snippets, "6: snippet a/b to two"),
        ("to: one", "from: one", snippets, "6: snippet a/b from one"),
        (NOTE, "", snippets, "en.md:6: lacks the note one of a/b"),
        ("note one", "note two", snippets, "8: note two of a/b"),
        ("#four", "#five", values, "8: value a/b#five as text in section title"),
        ("note:a/b#one", "note:a/b#two", values, "3: link to the note two of a/b in section title"),
        ("#two", "#three", values, "3: value a/b#three as text in section title"),
        ('"bytes"', '"number"', values, "15: value a/b#three as number in section more"),
        ('??? question "Why?"\n', "", questions, "en.md:1: lacks the question in section more"),
    ],
)
def test_a_difference_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, aspect: Callable[[Path], list[Item]], said: str
) -> None:
    korean, english = tmp_path / "ko.md", tmp_path / "en.md"
    korean.write_text(PAGE, encoding="utf-8")
    english.write_text(PAGE.replace(old, new, 1), encoding="utf-8")
    assert [difference(korean, korean, of) for of in ASPECTS] == [None] * len(ASPECTS)
    found = difference(korean, english, aspect)
    assert found
    assert said in found
    assert re.search(rf", (?:where|which is at) {re.escape(str(korean))}:\d+\b", found)


def test_what_only_one_page_has_is_named_where_it_is(tmp_path: Path) -> None:
    korean, english = tmp_path / "ko.md", tmp_path / "en.md"
    korean.write_text(PAGE, encoding="utf-8")
    english.write_text(PAGE + "\n```snippet\na/c\n```\n", encoding="utf-8")
    assert difference(korean, english, snippets) == (
        f"{english}:24: snippet a/c, which {korean} lacks"
    )
    assert difference(english, korean, snippets) == (
        f"{korean}:8: lacks the snippet a/c, which is at {english}:24"
    )


def test_order_within_a_section_is_each_languages_own(tmp_path: Path) -> None:
    korean, english = tmp_path / "ko.md", tmp_path / "en.md"
    korean.write_text(PAGE, encoding="utf-8")
    line = 'Some [](value:a/b#two), [](note:a/b#one), [](value:a/b#one "number").'
    english.write_text(re.sub("Some .*", line, PAGE), encoding="utf-8")
    assert difference(korean, english, values) is None
