"""One page has one name: what `names` finds, and that its cures leave nothing to be found."""

import re
from pathlib import Path

import pytest

from tests.tools.scratch import write
from tools.names import names

pytestmark = pytest.mark.pageless

NAV = "nav:\n  - index.md\n  - Chapter A:\n      - a/index.md\n      - a/one.md\n      - a/two.md\n"
PAGES = {
    "index": "---\ntitle: Home\n---\n\n# The site: its name { #site }\n",
    "a/index": "---\ntitle: Chapter A\n---\n\n# Chapter A { #a }\n",
    "a/one": "---\ntitle: RUN and &&\n---\n\n# RUN and `&&`: what fails { #one }\n",
    "a/two": (
        "---\ntitle: Two\n---\n\n# Two: the second { #two }\n\n"
        "As [the operator](one.md) does, and [its page](../index.md).\n\n"
        "| Question | Page |\n| --- | --- |\n"
        "| Why? | [RUN and `&&`](one.md), [Chapter A](index.md) |\n"
    ),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Both languages of a site in which each page has one name."""
    for configuration in ("mkdocs.yml", "mkdocs.en.yml"):
        write(tmp_path, configuration, NAV)
    for language in ("ko", "en"):
        for page, text in PAGES.items():
            write(tmp_path, f"docs/{language}/{page}.md", text)
    assert not list(names(tmp_path))
    return tmp_path


@pytest.mark.cure("title-in-navigation", "title-of-chapter", "title-in-heading", "title-in-link")
@pytest.mark.parametrize(
    ("file", "old", "new", "line", "mended"),
    [
        ("mkdocs.en.yml", "- a/one.md", "- The operator: a/one.md", 5, r"- .+"),
        ("mkdocs.en.yml", "- Chapter A:", "- History of A:", 3, r"- .+"),
        ("docs/en/a/one.md", "RUN and `&&`:", "`&&` and RUN:", 5, r"# [^{]+(?= {)"),
        ("docs/en/a/one.md", "RUN and `&&`:", "RUN and `&&` in CI:", 5, r"# [^{]+(?= {)"),
        ("docs/en/a/two.md", "[RUN and `&&`]", "[the operator]", 11, r"\[[^]]+\]\(one.md\)"),
        ("docs/en/a/two.md", "[Chapter A]", "[chapter A]", 11, r"\[[^]]+\]\(index.md\)"),
        ("docs/en/a/two.md", "[the operator]", "[chapter a]", 7, r"\[[^]]+\]\(one.md\)"),
        ("docs/ko/a/two.md", "(one.md) does", "(one.md) 페이지", 7, r"\[[^]]+\]\(one.md\)"),
    ],
)
def test_another_name(
    checkout: Path, file: str, old: str, new: str, line: int, mended: str
) -> None:
    path = checkout / file
    lines = path.read_text(encoding="utf-8").replace(old, new).split("\n")
    path.write_text("\n".join(lines), encoding="utf-8")
    (found,) = names(checkout)
    assert found.place == f"{file}:{line}"
    (right,) = re.findall(r"(?:Write|Begin with it|such as): (.+)", found.cure)
    lines[line - 1] = re.sub(mended, lambda _: right, lines[line - 1], count=1)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert not list(names(checkout))


@pytest.mark.cure("title-twice")
def test_two_pages_of_one_name(checkout: Path) -> None:
    other = checkout / "docs/ko/a/two.md"
    other.write_text(PAGES["a/two"].replace("Two", "RUN and &&"), encoding="utf-8")
    found = list(names(checkout))
    assert [(one.place, one.message) for one in found] == [
        ("docs/ko/a/two.md:2", "'RUN and &&' is also the title of a/one.md")
    ]
    assert "which page it is" in found[0].cure
    other.write_text(PAGES["a/two"].replace("Two", "RUN and && in CI"), encoding="utf-8")
    assert not list(names(checkout))
