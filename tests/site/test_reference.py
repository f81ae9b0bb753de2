"""The reference: every correction has a proof, every command a transcript."""

import json
import re
from pathlib import Path

import pytest
import yaml

from generated.glossary import anchor_of, glossary_page
from generated.programs import read_programs
from generated.reference import callers_in
from reading.glossary import Term, read_glossary
from snippetlab.project import Project
from snippetlab.show.fence import find_references
from snippetlab.snippet.library import Library, load_library
from tests.support import ROOT
from tests.words import templates_of

LABELS = {"ko": ("실행 기록", "출처"), "en": ("Transcript", "Source")}
LANGUAGES = pytest.mark.parametrize("language", LABELS)
EVERYDAY = frozenset(
    [
        ":",
        "awk",
        "cat",
        "cd",
        "chmod",
        "cmp",
        "cp",
        "cut",
        "date",
        "disown",
        "echo",
        "env",
        "exec",
        "exit",
        "find",
        "head",
        "mkdir",
        "paste",
        "printf",
        "read",
        "rm",
        "rmdir",
        "sed",
        "sleep",
        "sort",
        "tail",
        "tee",
        "touch",
        "tr",
        "uniq",
        "wait",
        "wc",
    ]
)
"""Called by many snippets, and not worth an entry in the reference."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Project(ROOT))


def entries(language: str) -> dict[str, tuple[str, str]]:
    """Anchor → claim, and what the page says of it."""
    text = (ROOT / f"docs/{language}/reference/claims.md").read_text(encoding="utf-8")
    found = re.split(r"^###? (.*) \{ #([a-z0-9-]+) \}$", text, flags=re.M)[1:]
    parts = zip(found[::3], found[1::3], found[2::3], strict=True)
    return {name: (claim, body) for claim, name, body in parts if re.fullmatch(r"c\d+", name)}


@LANGUAGES
def test_every_claim_has_what_is_true_and_a_proof(language: str) -> None:
    found = entries(language)
    assert len(found) > 50
    transcript, source = LABELS[language]
    for name, (claim, body) in found.items():
        assert re.fullmatch(r'".+"', claim), f"{name}: a claim stands between quotes"
        assert re.search(r"^[^-\n]", body, re.M), f"{name}: what is true is missing"
        proof = rf"^- \*\*(?:{transcript}\*\*: \[.+\]\(\.\./|{source}\*\*: \[.+\]\(https?://)"
        assert re.search(proof, body, re.M), f"{name}: no proof"


@LANGUAGES
def test_old_links_to_the_corrections_lead_to_a_claim_or_say_so(language: str) -> None:
    """The page was called note.md, and had fifty entries; those on slips of the pen are gone."""
    text = (ROOT / f"docs/{language}/reference/claims.md").read_text(encoding="utf-8")
    lost = [n for n in range(1, 51) if f"#c{n:02} }}" not in text]
    assert not lost
    redirects = yaml.safe_load(re.sub(r"!ENV ?", "", _configuration()))["plugins"]["redirects"]
    assert redirects["redirect_maps"]["reference/note.md"] == "reference/claims.md"
    for page in (ROOT / f"docs/{language}").rglob("*.md"):
        body = page.read_text(encoding="utf-8")
        if "claims.md" in body and "{: #corrections }" in body:
            line = body.split("\n{: #corrections }")[0].rsplit("\n", 1)[-1]
            assert "reference/claims.md" in line, f"{page}: old links to #corrections end here"


def _configuration() -> str:
    return (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@LANGUAGES
def test_a_transcript_named_as_proof_is_in_the_section_that_is_linked(
    language: str, library: Library
) -> None:
    claims = ROOT / f"docs/{language}/reference/claims.md"
    for name, (_, body) in entries(language).items():
        for line in re.findall(rf"^- \*\*{LABELS[language][0]}\*\*: (.+)$", body, re.M):
            for path, anchor in re.findall(r"\]\(([^)#]+)#([^)]+)\)", line):
                page = (claims.parent / path).resolve()
                ids = _shown(page, anchor)
                ran = [id_ for id_ in ids if library.entries[id_].recording]
                assert ran, f"{name}: no transcript in {path}#{anchor}; it shows {ids}"


def _shown(page: Path, anchor: str) -> list[str]:
    """The snippets between a heading and the next one."""
    lines = page.read_text(encoding="utf-8").split("\n")
    heads = [
        (number, match[2])
        for number, text in enumerate(lines, 1)
        if (match := re.fullmatch(r"(#+) .* \{ #([a-z0-9-]+) \}", text))
    ]
    start = next(number for number, id_ in heads if id_ == anchor)
    stop = next((number for number, _ in heads if number > start), len(lines) + 1)
    references = [r for r in find_references(page) if start < r.line < stop]
    return [id_ for reference in references for id_ in reference.fence.ids]


def test_the_commands_listed_are_those_called(library: Library) -> None:
    callers = callers_in(library)
    listed = [c.name for group in read_programs(ROOT / "docs/commands.yml") for c in group.programs]
    assert len(listed) == len(set(listed))
    assert not set(listed) - set(callers), "no snippet calls these; take them out"
    often = {name for name, ids in callers.items() if len(ids) >= 3}
    assert not often - set(listed) - EVERYDAY, "list these in docs/commands.yml"
    assert not set(listed) & EVERYDAY


@LANGUAGES
def test_the_glossary_has_every_term(language: str) -> None:
    docs = ROOT / "docs"
    terms = read_glossary(docs / "glossary.yml", docs)
    page = glossary_page(terms, docs / language, templates_of(language), lambda path: f"../{path}")
    assert set(yaml.safe_load(page.split("---\n")[1])) == {"title", "description"}
    anchors = re.findall(r'<dt id="([^"]+)">', page)
    assert sorted(anchors) == sorted({anchor_of(term) for term in terms})
    names = re.findall(r"<dt .*?>(.*?)</dt>", page)
    assert names == sorted(names, key=str.casefold)


@LANGUAGES
def test_a_term_shows_both_names_its_meaning_and_its_page(tmp_path: Path, language: str) -> None:
    (tmp_path / "a.md").write_text('---\ntitle: "A & B"\n---\n', encoding="utf-8")
    term = Term({"ko": "격리 <", "en": "isolation"}, (), {"ko": "뜻 <", "en": "means <"}, "a.md")
    page = glossary_page([term], tmp_path, templates_of(language), lambda path: f"../{path}/?x&y")
    for part in ("격리 &lt;", "isolation", 'id="term-isolation"', "../a.md/?x&amp;y", "A &amp; B"):
        assert part in page
    assert {"ko": "뜻 &lt;", "en": "means &lt;"}[language] in page


def test_without_terms_there_is_no_glossary(tmp_path: Path) -> None:
    assert glossary_page((), tmp_path, templates_of("en"), str) == ""


@pytest.mark.parametrize("below", ["", "en/"])
def test_the_page_on_verification_has_a_row_for_every_snippet(
    library: Library, site: Path, below: str
) -> None:
    html = (site / below / "verification/index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr><td><code>([a-z0-9/@-]+)</code></td>", html)
    assert {row for row in rows if "/" in row} == set(library.entries)
    # Search leads to where a claim is shown, not to this list of all of them.
    index = (site / below / "search/sections.json").read_text(encoding="utf-8")
    sections = [s for s in json.loads(index)["docs"] if s["location"].startswith("verification/")]
    assert sections
    assert not [section for section in sections if "isolation/uts" in section["text"]]
