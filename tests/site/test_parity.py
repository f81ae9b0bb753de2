"""Both trees mirror each other: what must be the same on a page in Korean and in English.

Sentences differ. Heading ids, snippets, quoted values and questions do not. A figure may
move within its section, since the order of words differs between the languages.
"""

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from snippetlab.fence import find_references
from snippetlab.values import find_quotations
from tests.support import ROOT

Item = tuple[int, str]
"""The line it is on, from 1, and what it is."""

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")


def _prose(page: Path) -> Iterator[Item]:
    """The page's lines that are not code."""
    mark = ""
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        if found := _FENCE.match(line):
            mark = "" if mark and found[1].startswith(mark) else mark or found[1]
        elif not mark:
            yield number, line


def headings(page: Path) -> list[Item]:
    """Level and id of each."""
    found = ((n, re.match(r"(#+) .* \{ #([a-z0-9-]+) \}$", line)) for n, line in _prose(page))
    return [(number, f"heading {match[1]} {match[2]}") for number, match in found if match]


def snippets(page: Path) -> list[Item]:
    """Ids and options of each."""
    fences = ((r.line, r.fence.ids, r.fence.fold) for r in find_references(page))
    return [
        (line, " ".join(["snippet", *ids]) + (f" fold {fold}" if fold else ""))
        for line, ids, fold in fences
    ]


def values(page: Path) -> list[Item]:
    """In the order of their names within a section."""
    found = [
        (_section(page, q.line), f"value {q.id}#{q.name} as {q.format}", q.line)
        for q in find_quotations(page)
    ]
    return [(line, f"{text} in section {section[1]}") for section, text, line in sorted(found)]


def questions(page: Path) -> list[Item]:
    """By section: their words are each language's own."""
    return [
        (number, f"question in section {_section(page, number)[1]}")
        for number, line in _prose(page)
        if line.startswith("??? question ")
    ]


def _section(page: Path, line: int) -> tuple[int, str]:
    """Number and id of the section that a line is in."""
    above = [text.split()[-1] for number, text in headings(page) if number <= line]
    return len(above), above[-1] if above else "none"


def difference(one: Path, other: Path, of: Callable[[Path], list[Item]]) -> str | None:
    """Where the second page first parts from the first, as `path:line: what`."""
    for here, there in zip_longest(of(one), of(other)):
        if not here or not there or here[1] != there[1]:
            return f"{_at(other, there)}, where {_at(one, here)}"
    return None


def _at(page: Path, item: Item | None) -> str:
    name = page.relative_to(ROOT) if page.is_relative_to(ROOT) else page
    return f"{name}:{item[0]}: {item[1]}" if item else f"{name}: nothing more"


TREES = {name: ROOT / "docs" / name for name in ("ko", "en")}
PAGES = sorted({page.relative_to(tree) for tree in TREES.values() for page in tree.rglob("*.md")})
ASPECTS = [headings, snippets, values, questions]


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect.__name__)
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_both_languages_have_the_same(page: Path, aspect: Callable[[Path], list[Item]]) -> None:
    for tree in TREES.values():
        assert (tree / page).is_file(), f"docs/{tree.name}/{page} is missing; write it"
    if found := difference(TREES["ko"] / page, TREES["en"] / page, aspect):
        pytest.fail(found, pytrace=False)


PAGE = """# Title { #title }

Some [](value:a/b#one "number") and [](value:a/b#two).

```snippet
a/b
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


@pytest.mark.parametrize(
    ("old", "new", "aspect", "said"),
    [
        ("{ #more }", "{ #other }", headings, "9: heading ## other"),
        ("## More", "### More", headings, "9: heading ### more"),
        ("## More { #more }", "", headings, "en.md: nothing more"),
        ("\na/b\n", "\na/c\n", snippets, "6: snippet a/c"),
        ("\na/b\n", "\na/b\nfold: 5\n", snippets, "6: snippet a/b fold 5"),
        ("#two", "#three", values, "3: value a/b#three as text in section title"),
        ('"bytes"', '"number"', values, "13: value a/b#three as number in section more"),
        ('??? question "Why?"\n', "", questions, "en.md: nothing more"),
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
    assert f", where {korean}:" in found


def test_order_within_a_section_is_each_languages_own(tmp_path: Path) -> None:
    korean, english = tmp_path / "ko.md", tmp_path / "en.md"
    korean.write_text(PAGE, encoding="utf-8")
    line = 'Some [](value:a/b#two) and [](value:a/b#one "number").'
    english.write_text(re.sub("Some .*", line, PAGE), encoding="utf-8")
    assert difference(korean, english, values) is None
