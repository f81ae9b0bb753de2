"""Pages as Markdown: what a program printed stays what it printed."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reading.llms import Text, llms_full
from reading.plain import to_markdown

pytestmark = pytest.mark.pageless

LINES = [
    "```",
    "````text",
    "~~~",
    "# no heading",
    "- item",
    "> x",
    "",
    "   ",
    "a  ",
    "<b>&amp;",
    "1. y",
]
outputs = st.lists(st.sampled_from(LINES), min_size=1, max_size=6).filter(lambda x: x[0] and x[-1])
PLACES = {
    "alone": "{}",
    "in a list": "<ul><li><p>An item</p>{}</li><li>Another</li></ul>",
    "first in an item": "<ol><li>{}</li></ol>",
    "in a nested list": "<ol><li>One<ul><li>Two<ol><li>Three{}</li></ol></li></ul></li></ol>",
    "in a note": '<div class="admonition"><p>Note</p>{}</div>',
}


def test_a_note_stands_between_the_code_of_its_step_and_that_of_the_next() -> None:
    step = '<li class="step{}"><pre>$ <kbd>{}</kbd></pre>{}</li>'
    note = '<p class="step-note" id="n{0}"><b>Note {0}</b> See <a href="#x">it</a>.</p>'
    steps = [
        step.format("", "a", "<pre><samp>1</samp></pre>"),
        step.format(" step-noted", "b", f"<div><pre><samp>2</samp></pre></div>{note.format(1)}"),
        step.format("", "c", ""),
        step.format(" step-noted", "d", note.format(2)),
    ]
    html = f'<figure class="transcript"><ol class="transcript-steps">{"".join(steps)}</ol>'
    said = "Note {0}** See [it](https://example.org/#x)."
    assert to_markdown(f"{html}<figcaption>Ran</figcaption></figure>", "https://example.org/") == (
        f"```text\n$ a\n1\n$ b\n2\n```\n\n**{said.format(1)}\n\n"
        f"```text\n$ c\n$ d\n```\n\n**{said.format(2)}\n\nRan\n"
    )


def page(place: str, lines: list[str], *, transcript: bool) -> str:
    text = escape("\n".join(lines))
    block = f"<pre><code>{text}\n</code></pre>"
    if transcript:
        block = (
            '<figure class="transcript"><ol class="transcript-steps"><li><pre>$ <kbd>x</kbd></pre>'
            f"<pre><samp>{text}</samp></pre></li></ol><figcaption>Ran</figcaption></figure>"
        )
    return f"<h1>T</h1><p>Before</p>{PLACES[place].replace('{}', block)}<h2>After</h2>"


def parsed(markdown: str) -> tuple[list[str], list[str]]:
    """The code and the headings that a reader of CommonMark sees."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    code = [token.content for token in tokens if token.type == "fence"]
    opened = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    return code, [tokens[i + 1].content for i in opened]


@settings(max_examples=200)
@given(place=st.sampled_from(sorted(PLACES)), lines=outputs, transcript=st.booleans())
def test_output_is_code_as_it_was_printed(place: str, lines: list[str], transcript: bool) -> None:
    copy = to_markdown(page(place, lines, transcript=transcript), "https://example.org/")
    code, headings = parsed(copy)
    printed = "\n".join((["$ x"] if transcript else []) + lines) + "\n"
    # An empty line of code in a list has no indentation.
    assert [c.replace("   \n", "\n") for c in code] == [printed.replace("   \n", "\n")]
    assert headings == ["T", "After"]
    twice = llms_full("S", "D", [Text("T", "", "https://example.org/", copy)] * 2)
    assert parsed(twice)[1] == ["S", "T", "After", "T", "After"]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>A <code>`</code> and <code>a``b</code>.</p>", "A `` ` `` and ```a``b```."),
        ("<p>5 * 3 and &lt;pid&gt; of <em>x</em></p>", r"5 \* 3 and \<pid> of *x*"),
        (
            "<ol><li>One<ul><li>Two</li></ul></li><li>Three</li></ol>",
            "1. One\n   - Two\n2. Three",
        ),
        ("<ul><li><p>One</p><p>More</p></li><li>Two</li></ul>", "- One\n\n  More\n\n- Two"),
        (
            "<table><tr><th>A</th></tr><tr><td><code>a|b</code></td></tr></table>",
            "| A |\n| --- |\n| `a\\|b` |",
        ),
    ],
)
def test_prose(html: str, markdown: str) -> None:
    assert to_markdown(html, "") == f"{markdown}\n"
