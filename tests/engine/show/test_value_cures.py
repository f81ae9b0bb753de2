"""Values that are not quoted as they were meant: the line, and the cure."""

import re

import pytest

from snippetlab.snippet.library import Library
from tests.engine.pages import Edit, case, edited, follow, name_it, put, quoted, value

cure = pytest.mark.cure


def in_its_place(lines: list[str], at: int, said: str) -> None:
    value(lines, at, said)
    lines[2] = ""


def alone(lines: list[str], _: int, said: str) -> None:
    value(lines, 0, said)
    del lines[1:]


CURES = [
    case(cure("value-form"), "# T\n\nIt has [](value:a/b0#size number).\n", 3, value, "no quotes"),
    *(
        case(cure(), f"Text.\n\nIt has {wrong} bytes.\n", 3, value, wrong)
        for wrong in [
            "[](value:a/b0#size 'number')",
            "[](value:a/b0#size “number”)",
            '[](value:a/b0#size"number")',
            '[](value:a/b0#size "number" )',
            "[ ](value:a/b0#size)",
            "[]( value:a/b0#size)",
            "[]( <value:a/b0#size>)",
            "[](values:a/b0#size)",
            "[](Value:a/b0#size)",
            "[](vaule:a/b0#size)",
            "[](value: a/b0#size)",
            "<value:a/b0#size>",
            "value:a/b0#size",
            "[](value:a/b0)",
            "[](value:/size)",
            "[size](value:a/b0#size)",
            "![](value:a/b0#size)",
            "\\[](value:a/b0#size)",
            '<b title="value:a/b0#size">',
            "| a | [](value:a/b0#size number) |",
        ]
    ),
    case(cure(), "It has [](value:a/b0#size\n", 1, value, "open"),
    case(
        cure(),
        "Text.\n\nIt has [it][x] bytes.\n\n[x]: value:a/b0#size\n",
        5,
        in_its_place,
        "a reference",
    ),
    case(cure("empty-link"), "See [](https://x.org).\n", 1, put("See [x](https://x.org)."), "link"),
    case(
        cure("value-in-front-matter"),
        "---\ntitle: It has [](value:a/b0#size)\n---\nText.\n",
        2,
        put("title: It"),
        "a value in the front matter",
    ),
    case(cure("value-name"), "It has [](value:a/b0#weight).\n", 1, name_it, "no such value"),
    case(
        cure("value-format"),
        'It has [](value:a/b0#all "number").\n',
        1,
        edited(' "number"', ""),
        "no such form",
    ),
    case(
        cure("chart-line"),
        "```chart\nformt: bytes\nx: a/b0#size\ny: a/b1#size\n```\n",
        2,
        quoted,
        "a chart's option",
    ),
    case(
        cure("chart-format"),
        "```chart\nx: a/b0#size\ny: a/b1#size\nformat: text\n```\n",
        2,
        lambda lines, _, said: lines.__setitem__(
            3, "format: " + re.findall(r"are: (\w+)", said)[0]
        ),
        "a chart's format",
    ),
    case(
        cure("chart-single"),
        "```chart\nx: a/b0#size\n```\n",
        2,
        alone,
        "a chart of one",
    ),
]


@pytest.mark.parametrize(("text", "line", "edit"), CURES)
def test_a_mistake_is_named_with_its_line_and_cure(
    text: str, line: int, edit: Edit, library: Library
) -> None:
    html = follow(text, line, edit, library)
    assert 'value="4208640' in html or text.startswith(("---", "See"))
