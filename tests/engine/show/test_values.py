"""Figures in prose come from recordings."""

import re

import pytest
from markdown import markdown

from snippetlab.errors import SourceError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.show.markdown import Fences
from snippetlab.show.pages import Pages
from snippetlab.show.values import formatted
from snippetlab.show.words import english
from snippetlab.snippet.library import Library, load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet
from tests.words import ENGLISH, KOREAN


@pytest.fixture
def library(project: Project, write: Write) -> Library:
    """A snippet whose recording holds two values."""
    write("snippets/a/b.sh", snippet("wc -c x\n", values="@"))
    path = project.snippets / "a/b.sh"
    table = "{ size = '(\\d+) bytes', all = '\\d+ bytes' }"
    path.write_text(path.read_text().replace('"@"', table))
    entry = load_library(project).find("a/b")
    write_recording(entry.snippet, entry.inputs, Transcript((Step("wc -c x", b"4208640 bytes\n"),)))
    return load_library(project)


def html(text: str, library: Library) -> str:
    ours = Fences(library, Lock(), {}, {}, templates=ENGLISH, locate=lambda s: s.id).extension()
    return markdown(text, extensions=[ours])


def test_a_value_is_quoted(library: Library) -> None:
    text = 'It has [](value:a/b#size "number") bytes, [](value:a/b#size "bytes").'
    value = '<data class="value" value="4208640">'
    assert html(text, library) == (
        f"<p>It has {value}4,208,640</data> bytes, {value}4.21 MB</data>.</p>"
    )
    assert ">4208640 bytes</data>" in html("[](value:a/b#all)", library)


@pytest.mark.parametrize(
    "text",
    [
        "`[](value:a/b#size)`",
        "``[](value:a/b#nonsense)``",
        "```text\n[](value:a/b#nonsense)\n```",
        "`{{.Id}}` and [[ -f x ]] and {{ value }} and [it](other:a/b#size)",
    ],
)
def test_code_templates_and_other_links_are_left_alone(
    text: str, library: Library, write: Write
) -> None:
    write("docs/ko/x.md", text)
    Pages(library, find_pages(library.project.docs)).check_quotations()
    assert "<data" not in html(text, library)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[](value:a/c#size)", "Did you mean a/b?"),
        ("[](value:a/b#weight)", "there are: size, all"),
        ('[](value:a/b#size "furlongs")', "unknown format `furlongs`"),
        ('[](value:a/b#all "number")', "is no number"),
    ],
)
def test_a_wrong_quotation_is_named_with_its_line(
    text: str, words: str, library: Library, write: Write
) -> None:
    write("docs/ko/x.md", f"# Title\n\nSome {text} here.\n")
    with pytest.raises(SourceError) as caught:
        Pages(library, find_pages(library.project.docs)).check_quotations()
    assert caught.value.line == 3
    assert words in str(caught.value)


def test_a_value_that_is_not_printed_is_an_error(library: Library, write: Write) -> None:
    path = library.project.snippets / "a/b.sh"
    path.write_text(path.read_text().replace("(\\d+) bytes", "(\\d+) stones"))
    with pytest.raises(SourceError, match="`size` is not in the output") as caught:
        _ = load_library(library.project).find("a/b").values
    assert caught.value.line == 4


def test_a_pattern_must_be_one(library: Library) -> None:
    path = library.project.snippets / "a/b.sh"
    path.write_text(path.read_text().replace("(\\d+) bytes", "(\\d+ bytes"))
    with pytest.raises(SourceError, match="no regular expression"):
        load_library(library.project)


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("12", "text", "12"),
        ("1234567", "number", "1,234,567"),
        ("1234.5", "number", "1,234.5"),
        ("999", "bytes", "999 B"),
        ("1000", "bytes", "1 kB"),
        ("23000000", "bytes", "23 MB"),
        ("2.5 GB", "bytes", "2.5 GB"),
        ("0.35", "duration", "350 ms"),
        ("1m5.5s", "duration", "65.5 s"),
    ],
)
def test_formats(value: str, kind: str, shown: str) -> None:
    assert formatted(value, kind, english()) == shown


def test_figures_of_all_snippets_are_quoted_too(library: Library, write: Write) -> None:
    write("snippets/verification.json", '{"a/b": {"date": "2026-11-24", "seconds": 1}}')
    page = write("docs/ko/x.md", "[](value:verification#run), [](value:verification#date)")
    Pages(library, find_pages(library.project.docs)).check_quotations()
    assert re.findall(">([^<]+)</data>", html(page.read_text(), library)) == ["1", "2026-11-24"]
    write("docs/ko/x.md", "[](value:verification#runs)")
    with pytest.raises(SourceError, match="verification"):
        Pages(library, find_pages(library.project.docs)).check_quotations()


def test_formats_follow_the_language() -> None:
    assert formatted("0.35", "duration", KOREAN.words) == "350밀리초"
    assert formatted("12", "duration", KOREAN.words) == "12초"
