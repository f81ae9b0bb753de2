"""Every heading has an id of its own, the same in both languages."""

import re
from pathlib import Path

import pytest

from tools.parity import parity

pytestmark = pytest.mark.pageless

PAGE = "---\ntitle: A\n---\n\n# A { #a }\n\nText.\n\n## B { #b }\n\n```bash\n# no heading\n```\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Both languages of a page, in which nothing is wrong."""
    for language in ("ko", "en"):
        (tmp_path / f"docs/{language}").mkdir(parents=True)
        (tmp_path / f"docs/{language}/x.md").write_text(PAGE)
    assert not list(parity(tmp_path))
    return tmp_path


@pytest.mark.cure("heading-id")
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("## B", 9),
        ("##B { #b }", 9),
        ("## B {#b}", 9),
        ("## B { #나 }", 9),
        ("## B { #B }", 9),
        ("## B ##", 9),
        ("## B { #b .wide }", 9),
        ("B\n---", 9),
        ("Text.\n\nB\n-----", 11),
        ("<h2>B</h2>", 9),
        ("Text that goes on\n#1 of them", 10),
    ],
)
def test_a_heading_without_its_id(checkout: Path, language: str, heading: str, line: int) -> None:
    page = checkout / f"docs/{language}/x.md"
    page.write_text(PAGE.replace("## B { #b }", heading))
    (found,) = parity(checkout)
    assert found.place == f"docs/{language}/x.md:{line}"
    level, offered = re.findall(r"languages: (#+) (.*? \})", found.cure)[0]
    assert level in {"#", "##"}
    lines = page.read_text().split("\n")
    lines[line - 1] = f"## B {offered[offered.index('{') :]}".replace("of-them", "b")
    if set(lines[line]) == {"-"}:
        del lines[line]
    page.write_text("\n".join(lines))
    assert not [f for f in parity(checkout) if "heading has no id" in f.message]


@pytest.mark.cure("heading-twice")
def test_an_id_that_is_there_twice(checkout: Path) -> None:
    for page in checkout.rglob("*.md"):
        page.write_text(page.read_text() + "\n### B again { #b }\n")
    found = list(parity(checkout))
    assert [f.place for f in found] == ["docs/en/x.md:15", "docs/ko/x.md:15"]
    assert "the id b is on the page already, in line 9" in found[0].message
    other = re.findall(r"\{ #[\w-]+ \}", found[0].cure)[0]
    for page in checkout.rglob("*.md"):
        page.write_text(page.read_text().replace("again { #b }", f"again {other}"))
    assert not list(parity(checkout))


def test_the_id_of_a_transcript(checkout: Path) -> None:
    page = checkout / "docs/ko/x.md"
    page.write_text(PAGE.replace("{ #b }", "{ #a-b }") + "\n```snippet\na/b\n```\n")
    assert "docs/ko/x.md:9" in [f.place for f in parity(checkout) if "already" in f.message]
