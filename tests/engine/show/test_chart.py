"""Values from recordings as bars."""

import re

import pytest
from markdown import markdown

from snippetlab.errors import SourceError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.show.chart import parse_chart, render_chart
from snippetlab.show.fence import FenceError
from snippetlab.show.markdown import Fences
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet
from tests.words import ENGLISH

BODY = "caption: 크기\nformat: bytes\none stage: a/b#one\n두 단계: a/b#two\n"


def values(_: str, name: str) -> str:
    return {"one": "30000000", "two": "7500000"}[name]


def test_bars_are_as_long_as_their_values() -> None:
    html = render_chart(parse_chart(BODY), values, ENGLISH)
    assert re.findall(r'<rect width="([\d.]+)"', html) == ["100.00", "25.00"]
    assert re.findall(r"<data[^>]*>([^<]+)", html) == ["30 MB", "7.5 MB"]
    assert "<caption>크기</caption>" in html
    assert "style" not in html


@pytest.mark.parametrize("format_", ["number", "bytes", "duration"])
@pytest.mark.parametrize("value", ["0", "0.004", "12"])
def test_small_values_have_bars_too(format_: str, value: str) -> None:
    chart = parse_chart(f"format: {format_}\nx: a/b#one\ny: a/b#two")
    html = render_chart(chart, lambda *_: value, ENGLISH)
    assert all(float(width) > 0 for width in re.findall(r'<rect width="([\d.]+)"', html))


def test_labels_are_escaped() -> None:
    chart = parse_chart("<b>&: a/b#one\ny: a/b#two")
    assert "<b>" not in render_chart(chart, values, ENGLISH)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("x: a/b#one", 1, "compares two values"),
        ("formt: bytes\nx: a/b#one", 1, "neither a bar nor an option"),
        ("x: a/b#one\ny: a/b", 2, "neither a bar nor an option"),
        ("format bytes\nx: a/b#one", 1, "Did you mean `format: bytes`?"),
        ("captoin: Sizes of two\nx: a/b#one", 1, "Did you mean `caption: Sizes of two`?"),
        ("format: text\nx: a/b#one\ny: a/b#two", 1, "no format 'text'"),
    ],
)
def test_what_is_no_chart(body: str, line: int, words: str) -> None:
    with pytest.raises(FenceError, match=re.escape(words)) as caught:
        parse_chart(body)
    assert caught.value.line == line


def test_a_page_quotes_only_values_that_are_there(project: Project, write: Write) -> None:
    text = snippet("wc\n", values="@").replace('"@"', "{ one = 'one (\\d+)', two = 'two (\\d+)' }")
    write("snippets/a/b.sh", text)
    entry = load_library(project).find("a/b")
    output = b"one 30000000 two 7500000\n"
    write_recording(entry.snippet, entry.inputs, Transcript((Step("wc", output),)))
    library = load_library(project)
    page = f"# x\n\n```chart\n{BODY}```\n"
    write("docs/ko/x.md", page)
    Pages(library, find_pages(project.docs)).check_quotations()
    ours = Fences(library, Lock(), {}, {}, templates=ENGLISH, locate=lambda s: s.id).extension()
    html = markdown(page, extensions=[ours])
    assert '<table class="chart">' in html
    write("docs/ko/x.md", page.replace("#two", "#tow"))
    with pytest.raises(SourceError, match=r"x\.md:7: a/b has no value 'tow'"):
        Pages(library, find_pages(project.docs)).check_quotations()
