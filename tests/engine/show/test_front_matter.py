"""Front matter that would be shown as text, or mean nothing: the line, and the cure."""

import pytest

from snippetlab.show.front_matter import KEYS
from snippetlab.snippet.library import Library
from tests.engine.pages import (
    FENCE,
    Edit,
    after,
    before,
    case,
    complaint,
    edited,
    follow,
    offered,
    page_at,
    put,
    without,
)
from tools.translation import title_of

cure = pytest.mark.cure


CURES = [
    case(cure("front-matter-yaml"), "---\ntitle: UTS: two\n---\nText.\n", 2, offered, "a colon"),
    case(cure(), '---\ntitle: "UTS\ndescription: x\n---\nText.\n', 2, offered, "an open quote"),
    case(cure(), "---\n title: A\nhide: [toc]\n---\nText.\n", 3, put(" hide: [toc]"), "columns"),
    case(cure(), "---\ntitle:\tA\n---\nText.\n", 2, offered, "a tab"),
    case(cure(), "---\ntitle: C #2\n---\nText.\n", 2, offered, "a comment"),
    case(cure(), "---\ntitle: !x y\n---\nText.\n", 2, offered, "a tag"),
    case(cure(), "---\ntitle: a\0b\n---\nText.\n", 2, put("title: ab"), "a control character"),
    case(cure(), "---\ntitle: @x\n---\nText.\n", 2, offered, "a reserved sign"),
    case(
        cure("front-matter-mapping"),
        "---\nUTS namespaces\n---\nText.\n",
        1,
        lambda lines, at, _: lines.__setitem__(at + 1, "title: UTS namespaces"),
        "no mapping",
    ),
    case(cure(), "---\n---\nText.\n", 1, lambda lines, *_: lines.__delitem__(slice(2)), "empty"),
    case(
        cure("front-matter-key"),
        "---\ntitel: X\n---\nText.\n",
        2,
        edited("titel", "title"),
        "a key",
    ),
    case(cure(), "---\ntags: [x]\ntitle: X\n---\nText.\n", 2, without("tags: [x]"), "unknown"),
    case(
        cure("front-matter-twice"),
        "---\ntitle: X\ntitle: Y\n---\nText.\n",
        3,
        lambda lines, at, _: lines.__delitem__(at),
        "twice",
    ),
    case(cure("front-matter-text"), "---\ntitle: 404\n---\nText.\n", 2, offered, "a number"),
    case(cure(), "---\ntitle: No\n---\nText.\n", 2, offered, "a truth"),
    case(
        cure("front-matter-hide"),
        "---\nhide: toc\n---\nText.\n",
        2,
        put("hide: [toc]"),
        "no list",
    ),
    case(cure(), "---\nhide: [tocs]\n---\nText.\n", 2, edited("tocs", "toc"), "nothing to hide"),
    case(
        cure("front-matter-end"),
        "---\ntitle: X\n\nText.\n",
        1,
        after(2, "---"),
        "front without end",
    ),
    case(
        cure("front-matter-first"),
        "\n---\ntitle: X\n---\nText.\n",
        2,
        lambda lines, *_: lines.__delitem__(0),
        "a blank line first",
    ),
    case(cure("front-matter-marks"), "title: X\n\nText.\n", 1, before(""), "no marks, prose"),
    case(
        cure(),
        "title: X\n\nText.\n",
        1,
        lambda lines, *_: lines.__setitem__(slice(1), ["---", "title: X", "---"]),
        "no marks",
    ),
]


@pytest.mark.parametrize(("text", "line", "edit"), CURES)
def test_a_mistake_is_named_with_its_line_and_cure(
    text: str, line: int, edit: Edit, library: Library
) -> None:
    assert "Text." in follow(text, line, edit, library)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_known_is_left_alone(key: str, library: Library) -> None:
    text = "[toc]" if key == "hide" else '"A: b"'
    assert complaint(f"---\n{key}: {text}\n---\n\nText.\n", library) == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: 'It''s: two'", "It's: two"),
        ('title: "\\u2026" # so', "…"),
        ("title: >\n  one\n  two", "one two"),
        ("description: x", ""),
    ],
)
def test_a_title_is_read_as_yaml(text: str, title: str, library: Library) -> None:
    path = page_at(library.project, f"---\n{text}\n---\n\n# Heading {{ #h }}\n\n{FENCE}")
    assert title_of(path) == (title or "Heading")
