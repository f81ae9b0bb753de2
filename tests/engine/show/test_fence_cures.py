"""Fences that are not shown as they were meant: the line, and the cure."""

import re

import pytest

from snippetlab.errors import EngineError
from snippetlab.files import find_pages
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import Library
from tests.engine.pages import (
    FENCE,
    OTHER,
    SIZE,
    Edit,
    after,
    before,
    below,
    blanks,
    case,
    complaint,
    dedented,
    edited,
    follow,
    offered,
    page_at,
    put,
    quoted,
    spread,
    without,
)

cure = pytest.mark.cure


def meant(lines: list[str], at: int, said: str) -> None:
    lines[at] = re.findall(r"Did you mean (\S+)\?", said)[0]


def listed(lines: list[str], at: int, said: str) -> None:
    assert "`snippetlab list` shows all ids" in said
    lines[at] = "a/b0"


CURES = [
    case(cure("fence-open"), "# T\n\n```snippet\na/b0\n\nText.\n", 3, after(2, "```"), "no end"),
    case(cure(), "```snippet\na/b0\n\nIt: so.\n\n" + OTHER, 1, after(2, "```"), "another follows"),
    case(cure(), "```snippet\na/b0\n\n" + OTHER, 1, after(2, "```"), "the same follows"),
    case(cure(), "Text.\n\n" + FENCE + "\n```bash\nls\n", 7, after(2, "```"), "code without end"),
    case(cure("fence-column"), "```snippet\na/b0\n ```\n", 3, put("```"), "end too far right"),
    case(cure(), "- x\n\n    ```snippet\n    a/b0\n  ```\n", 5, blanks, "end too far left"),
    case(cure(), "```text\nx\n ```\n\n" + FENCE, 3, put("```"), "code that does not end"),
    case(cure(), "````text\nx\n```\n\n" + FENCE, 3, put("````"), "code that ends too short"),
    case(cure(), "> ```snippet\n> a/b0\n```\n", 3, put("> ```"), "end outside a quotation"),
    case(cure("fence-mark"), "```snippet\na/b0\n`````\n", 3, put("```"), "end too long"),
    case(cure("fence-left"), "- x\n\n    ```snippet\n  a/b0\n    ```\n", 4, blanks, "body left"),
    case(cure(), "> ```snippet\na/b0\n> ```\n", 2, put("> a/b0"), "body outside a quotation"),
    case(
        cure("fence-first"),
        "- ```snippet\n    a/b0\n    ```\n",
        1,
        lambda lines, at, _: lines.__setitem__(slice(at, at + 1), ["- x", "", "    ```snippet"]),
        "on the line of an item",
    ),
    case(cure(), "See ```snippet\na/b0\n```\n", 1, put("See\n\n```snippet"), "after text"),
    case(cure("fence-info"), "``` { .snippet }\na/b0\n```\n", 1, put("```snippet"), "attributes"),
    case(cure(), "```snippet fold=3\na/b0\n```\n", 1, put("```snippet"), "options"),
    case(cure("fence-kind"), "```snipet\na/b0\n```\n", 1, edited("snipet", "snippet"), "misspelt"),
    case(cure("fence-inside"), "```text\nx\n\n" + FENCE, 4, before("```\n"), "in code"),
    case(
        cure("fence-hidden"),
        "Text.\n\n    ```\n    x\n\n" + FENCE,
        3,
        without("    ```"),
        "hidden by an open mark",
    ),
    case(cure("fence-number"), "```snippet\na/b0\nfold: x\n```\n", 3, offered, "no number"),
    case(
        cure("third-id"), "```snippet\na/b1\na/b2\na/b0\n```\n", 4, before("```\n\n```snippet"), "3"
    ),
    case(cure("no-id"), "```snippet\n\n```\n", 2, put("a/b0"), "no id"),
    case(
        cure("meant-option"), "```snippet\na/b0\nfold 3\n```\n", 3, quoted, "option without colon"
    ),
    case(cure("ids-on-one-line"), "```snippet\na/b0 a/b1\n```\n", 2, spread, "ids on one line"),
    case(
        cure("unknown-option"),
        "```snippet\na/b0\nwidth: 3\n```\n",
        3,
        without("width: 3"),
        "option",
    ),
    case(cure("no-id-nor-option"), "```snippet\na/b0\n\nSome text.\n```\n", 4, below, "prose"),
    case(cure("unknown-snippet"), "```snippet\na/bo\n```\n", 2, meant, "unknown"),
    case(cure(), "```snippet\nqqq/wxyz\n```\n", 2, listed, "far from all"),
    case(
        cure("shown-twice"),
        FENCE + "\nText.\n\n" + FENCE,
        8,
        lambda lines, at, said: lines.__setitem__(
            slice(at - 1, at + 2), [said.split("instead: ")[1]]
        ),
        "shown twice",
    ),
    case(
        cure(),
        "```snippet\na/b0\na/b1\n```\n\n" + FENCE,
        7,
        lambda lines, at, said: lines.__setitem__(
            slice(at - 1, at + 2), [said.split("instead: ")[1]]
        ),
        "its steps shown twice",
    ),
    case(cure(), f"Text <!-- {SIZE} -->.\n{FENCE}", 1, put("Text."), "a value in a comment"),
    case(
        cure("not-shown"),
        "- x\n\n        ```snippet\n        a/b0\n        ```\n",
        4,
        dedented,
        "too far in a list",
    ),
    case(cure(), "<!--\n" + FENCE + "-->\n", 3, without("<!--", "-->"), "in a comment"),
    case(cure(), "<p>[](value:a/b0#size)</p>\n", 1, put(SIZE), "a value in HTML"),
    case(cure(), "    [](value:a/b0#size)\n", 1, put(SIZE), "a value in indented code"),
    case(cure(), "*[X]: [](value:a/b0#size)\n\nX.\n", 1, put(SIZE), "a value in an abbreviation"),
    case(
        cure("code-open"),
        f"Text.\n\n- a ` b {SIZE}\n- c ` d\n",
        3,
        edited(" ` ", r" \` "),
        "after a backtick",
    ),
    case(
        cure("id-on-page"), "# T { #a-b0 }\n\n" + FENCE, 1, edited("#a-b0", "#t"), "id of a heading"
    ),
    case(
        cure(), "# T { #t }\n\n## U { #t }\n", 3, edited("## U { #t", "## U { #u"), "two headings"
    ),
]


@pytest.mark.parametrize(("text", "line", "edit"), CURES)
def test_a_mistake_is_named_with_its_line_and_cure(
    text: str, line: int, edit: Edit, library: Library
) -> None:
    html = follow(text, line, edit, library)
    if "snippet" in text:
        assert 'id="a-b' in html


def test_all_mistakes_are_said_at_once(library: Library) -> None:
    page_at(library.project, "Text.\n")
    for name in ("y", "z"):
        (library.project.docs / f"ko/{name}.md").write_text("```snippet\na/b\n")
    with pytest.raises(EngineError) as caught:
        Pages(library, find_pages(library.project.docs)).references()
    for name in ("y", "z"):
        assert f"docs/ko/{name}.md:1: the snippet fence does not end" in str(caught.value)
        (library.project.docs / f"ko/{name}.md").unlink()


@pytest.mark.parametrize(
    "text",
    [
        "Text with `[](value:a/b0#weight)` and `value:a/b0#x`.",
        "A list:\n\n- [ ] (later) this\n- [x] that",
        "Text[^1].\n\n[^1]: Values: as they were.",
        "![](picture.svg)",
        "It may say values: read/write, and a volume:/data too.",
        "See [it](https://example.org/value:x) and <https://example.org>.",
        "`` ```bash``` `` is code, and so is\n```bash```\n",
        "````text\n```snippet\nchapter/name\n```\n````",
        "Text.\n\n    ```\n    indented\n\nText.\n",
    ],
)
def test_what_is_right_is_left_alone(text: str, library: Library) -> None:
    assert complaint(f"{text}\n\n{FENCE}", library) == ""
