"""Notes at steps: where they stand, what is read in them, what links to them."""

import re

import pytest

from snippetlab.project import Project
from snippetlab.show.figures import Figures
from snippetlab.show.page import read_page
from snippetlab.show.shown import faults
from snippetlab.show.values import find_quotations
from snippetlab.show.words import english
from snippetlab.snippet.library import Library
from tests.engine.pages import COUNT, complaint, page_at, rendered, write_library, write_run

PAGE = """\
See [](note:a/run#two) and [](note:a/b0#count).

```snippet
a/b0
note count: It has [](value:a/b0#size "number") bytes.
```

```snippet
a/run
note two: What `echo` says, **twice**: see [above](#a-b0)
  and <https://example.org/?a=1&b=2>.
note one: First.
```
"""


@pytest.fixture
def library(project: Project) -> Library:
    write_run(project)
    return write_library(project)


def noted(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<p class="step-note" id="([^"]+)" role="note">(.*?)</p>', html, re.DOTALL)


def test_notes_are_numbered_in_the_order_of_their_steps_over_the_page(library: Library) -> None:
    assert complaint(PAGE, library) == ""
    html = rendered(PAGE, library)
    found = noted(html)
    assert [(id_, re.sub("<b[^>]*>", "<b>", text).split("</b>")[0]) for id_, text in found] == [
        ("a-b0-count-note", "<b>Note 1"),
        ("a-run-one-note", "<b>Note 2"),
        ("a-run-two-note", "<b>Note 3"),
    ]
    assert re.findall(r'<a class="note-link" href="#([^"]+)">([^<]+)</a>', html) == [
        ("a-run-two-note", "note 3"),
        ("a-b0-count-note", "note 1"),
    ]
    assert html.count("First.") == 1


def test_a_note_is_read_as_prose_is(library: Library) -> None:
    (_, size), _, (_, text) = noted(rendered(PAGE, library))
    assert size.endswith('</b> It has <data class="value" value="4208640">4,208,640</data> bytes.')
    assert "What <code>echo</code> says, <strong>twice</strong>" in text
    assert '<a href="#a-b0">above</a>\nand <a href="https://example.org/?a=1&amp;b=2">' in text


def test_what_is_heard_is_the_command_then_what_it_printed_then_the_note(library: Library) -> None:
    html = rendered("```snippet\na/run\nnote two: It ends so.\n```\n", library)
    (step,) = re.findall(r'<li class="step step-noted" data-step="two".*?</li>', html, re.DOTALL)
    order = [step.index(text) for text in ("echo 2", "<samp>2", "exit status 3", "It ends so.")]
    assert order == sorted(order)


def test_scripts_know_each_step_by_its_name_or_its_number(library: Library) -> None:
    html = rendered("```snippet\na/run\n```\n", library)
    assert '<figure class="transcript" id="a-run" data-lab="namespace" data-snippet="a/run"' in html
    assert re.findall(r'data-step="([^"]+)"', html) == [
        "one",
        "2",
        "two",
        "4",
        "three",
        "four",
        "7",
    ]
    assert "step-noted" not in html


@pytest.mark.parametrize(
    ("before", "prefix"), [("- item\n\n", "    "), ("", "> "), ("!!! note\n\n", "    ")]
)
def test_a_note_may_stand_wherever_a_fence_may(before: str, prefix: str, library: Library) -> None:
    body = ["```snippet", "a/run", "note one: It says", "  *one*.", "```"]
    text = before + "\n".join(prefix + line for line in body) + "\n"
    assert complaint(text, library) == ""
    assert "</b> It says\n<em>one</em>." in rendered(text, library)


def test_a_value_in_a_note_is_found_in_its_line(library: Library) -> None:
    page = page_at(library.project, PAGE)
    assert [(q.line, q.id, q.name) for q in find_quotations(page)] == [(5, "a/b0", "size")]


def test_a_note_that_nobody_sees_is_named_with_its_line(library: Library) -> None:
    """A site's own template may leave it out."""
    page, html = page_at(library.project, PAGE), rendered(PAGE, library)
    without = re.sub(r'<p class="step-note" id="a-run-one-note".*?</p>', "", html, flags=re.DOTALL)
    (fault,) = faults(read_page(page), without, Figures(library), english())
    assert (fault.line, "note one" in fault.message) == (12, True)


def test_two_pages_count_for_themselves(library: Library) -> None:
    one, two = (rendered(f"```snippet\na/b{n}\nnote count: X.\n```\n", library) for n in (0, 1))
    assert "Note 1" in one
    assert "Note 1" in two
    assert COUNT > 1
