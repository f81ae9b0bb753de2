"""What `snippetlab adopt` writes, leaves alone and refuses."""

import re
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from tests.engine.adopt.adopting import BLOCK, Adopt, files, text_of
from tests.support import Write, advised


def test_a_block_becomes_a_snippet_with_what_it_printed(
    adopt: Adopt, project: Project, write: Write
) -> None:
    block = BLOCK.format("me@host:~$ for i in 1 2; do\n> echo $i\n> done\n1\n2")
    page = write("docs/guide/index.md", f"# Loops\n\n{block}")
    assert adopt("docs/guide/index.md")[0] == 0
    assert page.read_text() == "# Loops\n\n```snippet\nguide/loops\n```\n"
    assert text_of(project, "guide/loops.console") == "$ for i in 1 2; do\n> echo $i\n> done\n"
    assert files(project)["guide/loops.out"].endswith(b"> done\n1\n2\n")
    assert main(["verify"]) == 0


@pytest.mark.cure("adopt-anyway")
def test_what_differs_is_listed_and_written_only_where_that_is_said(
    adopt: Adopt, project: Project, write: Write
) -> None:
    page = write("docs/a.md", BLOCK.format("$ echo a\na") + "\n" + BLOCK.format("$ echo b\nc"))
    before = page.read_bytes()
    status, said = adopt("docs/a.md")
    assert status == 1
    assert "docs/a.md:6: a/a-2: 1 step, prints something else" in said
    assert re.findall(r"\| ([-+@].*)", said)[2:] == ["@@ -8 +1 @@", "-c", "+b"]
    assert (page.read_bytes(), files(project)) == (before, {})
    assert adopt(*advised(said)[1:])[0] == 0
    assert page.read_text().count("```snippet") == 2
    assert main(["verify"]) == 0


def test_one_block_is_adopted_by_its_line(adopt: Adopt, write: Write) -> None:
    page = write("docs/a.md", BLOCK.format("$ echo a\na") + "\n" + BLOCK.format("$ echo b\nc"))
    assert adopt("docs/a.md:2")[0] == 0
    assert page.read_text() == "```snippet\na/a\n```\n\n" + BLOCK.format("$ echo b\nc")


def test_a_block_comes_after_those_that_it_needs(
    adopt: Adopt, project: Project, write: Write
) -> None:
    blocks = (
        "$ mkdir d && cd d",
        "$ echo apart\napart",
        "$ pwd\n/root/d",
        "$ WHO=me",
        "$ echo $WHO\nme",
    )
    write("docs/a.md", "\n".join(map(BLOCK.format, blocks)))
    assert adopt("docs/a.md")[0] == 0
    assert text_of(project, "a/a-3.console") == "# hide\n$ cd d\n# show\n$ pwd\n"
    headers = {name: (project.snippets / f"a/a-{name}.console").read_text() for name in "2345"}
    found = {name: re.findall(r'after = "(.*)"', text) for name, text in headers.items()}
    assert found == {"2": ["a/a"], "3": ["a/a-2"], "4": ["a/a-3"], "5": ["a/a-4"]}
    assert main(["verify"]) == 0


@pytest.mark.cure("adopt-page", "adopt-docs")
def test_what_is_no_page_of_the_site_is_refused(
    adopt: Adopt, project: Project, write: Write
) -> None:
    readme = write("README.md", BLOCK.format("$ echo a\na"))
    status, said = adopt("READ.md")
    assert status == 1
    assert "READ.md is no page\n    Name a Markdown file" in said
    status, said = adopt("README.md")
    assert status == 1
    (place,) = re.findall(r"Move it to (\S+),", said)
    readme.rename(project.root / place / "README.md")
    assert adopt(f"{place}README.md")[0] == 0


@pytest.mark.parametrize(
    "bad",
    [b"# \xff\n", b"a\x1b[2J\n", b"```snippet\nno id at all\n```\n"],
    ids=["no UTF-8", "a control character", "a fence that is wrong"],
)
def test_a_page_that_cannot_be_shown_is_left_as_it_is(
    bad: bytes, adopt: Adopt, project: Project, write: Write
) -> None:
    page = write("docs/a.md", "")
    page.write_bytes(BLOCK.format("$ echo a\na").encode() + b"\n" + bad)
    before = page.read_bytes()
    status, said = adopt("docs/a.md")
    assert status == 1
    assert re.match(r"docs/a\.md:\d+: ", said)
    assert (page.read_bytes(), files(project)) == (before, {})


def test_a_page_that_cannot_be_written_leaves_no_snippet(
    adopt: Adopt, project: Project, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes between: the page is written last, and without it nothing stays."""
    page = write("docs/a.md", BLOCK.format("$ echo a\na"))
    before, replaced = page.read_bytes(), Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == page:
            raise OSError(28, "No space left on device", str(page))
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    status, said = adopt("docs/a.md")
    assert status == 1
    assert "No space left on device" in said
    assert (page.read_bytes(), files(project)) == (before, {})


def test_a_file_that_is_there_is_not_written_over(
    adopt: Adopt, project: Project, write: Write
) -> None:
    write("snippets/a/a.txt", "somebody's")
    write("docs/a.md", BLOCK.format("$ echo a\na"))
    adopt("docs/a.md")
    assert files(project)["a/a.txt"] == b"somebody's"
    assert "a/a-2.console" in files(project)


def test_a_file_that_the_page_shows_is_there(adopt: Adopt, project: Project, write: Write) -> None:
    """`cat` shows what it holds; the blocks below find it, as the author did."""
    blocks = ("$ cat poem.txt\nroses\nviolets", "$ tac poem.txt\nviolets\nroses", "$ cat other")
    page = write("docs/a.md", "\n".join(map(BLOCK.format, blocks)))
    status, said = adopt("docs/a.md")
    assert status == 0
    assert said.count("made of what the page shows: poem.txt") == 2
    assert "docs/a.md:14: stays: `cat other` ends with status 1" in said
    assert files(project)["a/poem.txt"] == b"roses\nviolets\n"
    assert page.read_text().count("```snippet") == 2
    assert main(["verify"]) == 0


def test_a_block_that_readers_see_as_text_stays(
    adopt: Adopt, project: Project, write: Write
) -> None:
    """Without its extension a tab is a paragraph, and what is below it indented code."""
    page = write("docs/a.md", '=== "Linux"\n\n    ```console\n    $ echo a\n    a\n    ```\n')
    before = page.read_bytes()
    assert "docs/a.md:3: stays: readers see it as indented code" in adopt("docs/a.md")[1]
    assert page.read_bytes() == before
    write("base.yml", "markdown_extensions:\n  - pymdownx.tabbed:\n      alternate_style: true\n")
    write("mkdocs.yml", "INHERIT: base.yml\nsite_name: !ENV NAME\n")
    assert adopt("docs/a.md")[0] == 0
    assert page.read_text() == '=== "Linux"\n\n    ```snippet\n    a/a\n    ```\n'
