"""What every page must have, and what none may say."""

import re
from html import unescape
from pathlib import Path

import pytest

from snippetlab.show.fence import find_references
from tests.support import ROOT

PAGES = sorted((ROOT / "docs").glob("*/**/*.md"))
FREE = ("index.md", "about.md", "contributing.md", "writing.md")
"""Of the whole site: these pages tell about it, and need no sources."""
UNVERIFIED = {
    "the day Broadcom's purchase closed": r"Broadcom.{0,80}(?:22 Nov|Nov(?:ember)? 22|11월 22일)",
    "the day of the first talk on Docker": r"PyCon.{0,40}(?:15|20)|(?:15|20).{0,20}PyCon",
    "when the term VDI was coined": r"VDI.{0,40}\b2006\b|\b2006\b.{0,40}VDI",
    "the month of VServer's announcement": r"(?:Oct(?:ober)? |2001년 10월).{0,60}VServer",
    "the first year of SRP": r"SRP.{0,30}(?:since|부터)",
    "whether golang:1.16 can still be pulled": r"golang:1\.16.{0,60}(?:pull|받을 수)",
    "the day of Linux 5.6": r"5\.6.{0,40}(?:March \d|3월 \d+일)",
}
"""Statements for which no source was found (facts.md, section 7), and what would make them."""


def parametrized(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=lambda page: str(page.relative_to(ROOT)))


@parametrized(PAGES)
def test_a_page_describes_itself(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    description = re.search(r"\A---\n(?:.*\n)*?description: (.+)\n", text)
    assert description, f"{page}:1: no description; add one to the front matter"
    assert len(description[1]) >= 20, f"{page}:1: a short description; write a sentence"


@parametrized([page for page in PAGES if page.relative_to(ROOT / "docs").parts[1] not in FREE])
def test_a_page_shows_a_transcript_or_says_why_not(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reason = re.search(r"^no-transcript: (.{20,})$", text.split("---")[1], re.M)
    shown = list(find_references(page))
    assert bool(shown) != bool(reason), (
        f"{page}:1: neither a transcript nor a reason, or both; show a snippet,"
        " or say why not in the front matter: no-transcript: …"
    )


@parametrized([page for page in PAGES if page.relative_to(ROOT / "docs").parts[1] not in FREE])
def test_a_page_ends_with_sources(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    *_, last = re.findall(r"^## .*\{ #([a-z0-9-]+) \}$", text, re.M)
    assert last == "sources", f"{page}:1: the last section is #{last}; end with {{ #sources }}"
    sources = text.split("{ #sources }")[1]
    links = set(re.findall(r"\]\((https?://[^)]+)\)", sources))
    assert len(links) >= 2, f"{page}:1: {len(links)} sources; name two or more, with address"


@parametrized(PAGES)
def test_a_drawing_says_of_itself_what_its_page_says(page: Path) -> None:
    """Opened alone, or embedded, it is read aloud alike."""
    for line, text in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        for said, name in re.findall(r"!\[([^]]*)\]\(([^)\s]+\.svg)\)", text):
            drawing = (page.parent / name).resolve()
            described = re.search(r"<desc[^>]*>(.*?)</desc>", drawing.read_text(encoding="utf-8"))
            assert said == unescape(described[1] if described else ""), (
                f"{page}:{line}: {drawing.name} describes itself otherwise; write into its <desc>"
                f" what stands here: {said}"
            )


@parametrized(PAGES)
def test_a_page_states_nothing_that_is_unverified(page: Path) -> None:
    for line, text in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        for what, pattern in UNVERIFIED.items():
            assert not re.search(pattern, text), (
                f"{page}:{line}: {what} is unverified; leave it out"
            )


@pytest.mark.parametrize(
    "statement",
    [
        "Broadcom closed the purchase on 22 November 2023.",
        "PyCon 2013년 3월 15일",
        "VDI was coined in 2006",
        "golang:1.16 can still be pulled",
        "Linux 5.6 (March 29, 2020)",
    ],
)
def test_such_a_statement_would_be_seen(statement: str) -> None:
    assert any(re.search(pattern, statement) for pattern in UNVERIFIED.values())
