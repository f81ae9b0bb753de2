"""What `snippetlab adopt` writes, leaves alone and refuses."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.support import Write, advised

Adopt = Callable[..., tuple[int, str]]
"""Pages and options → the status, and what was said."""
BLOCK = "```console\n{}\n```\n"


@pytest.fixture
def adopt(
    laboratory: Laboratory,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Adopt:
    monkeypatch.chdir(project.root)

    def adopt(*arguments: str) -> tuple[int, str]:
        status = main(["adopt", *arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return adopt


def files(project: Project) -> dict[str, bytes]:
    paths = (path for path in project.snippets.rglob("*") if path.is_file())
    return {path.relative_to(project.snippets).as_posix(): path.read_bytes() for path in paths}


def text_of(project: Project, name: str) -> str:
    """What of a snippet stands below its header."""
    return (project.snippets / name).read_text().partition("# ///\n")[2]


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


def test_what_a_reader_is_told_beside_commands_is_kept(
    adopt: Adopt, project: Project, write: Write
) -> None:
    """A comment, a title, and that a command is meant to fail."""
    typed = "# First this\n$ echo a\na\n\n$ cat missing\ncat: missing: No such file or directory"
    page = write("docs/a.md", f'```console title="Two steps" linenums="1"\n{typed}\n```\n')
    status, said = adopt("docs/a.md")
    assert (status, re.findall("left out: (.*)", said)) == (0, ['linenums="1"'])
    assert page.read_text() == "```snippet\na/two-steps\n```\n"
    source = (project.snippets / "a/two-steps.console").read_text()
    assert 'proves = { en = "Two steps" }' in source
    assert "$ echo a  # First this\n" in source
    assert "$ cat missing  # ? 1\n" in source
    stays = write("docs/b.md", BLOCK.format(typed.replace("\n\n", "\n\n# then that\n")))
    before = stays.read_bytes()
    assert "`# ? 1` has no place behind the command" in adopt("docs/b.md")[1]
    assert stays.read_bytes() == before


def test_a_comment_before_a_prompt_is_told_from_output_by_running(
    adopt: Adopt, project: Project, write: Write
) -> None:
    write("docs/a.md", BLOCK.format("$ echo '# printed'\n# printed\n$ true\n# said\n$ echo a\na"))
    assert adopt("docs/a.md")[0] == 0
    assert text_of(project, "a/a.console") == "$ echo '# printed'\n$ true\n$ echo a  # said\n"


def test_values_that_move_by_their_nature_do_not_differ(
    adopt: Adopt, project: Project, write: Write
) -> None:
    typed = "$ touch f; ls -l f\n-rw-r--r-- 1 root root 0 Mar  3 2019 f"
    write("docs/a.md", BLOCK.format(typed) + "\n" + BLOCK.format("$ date -u -d @0 +%F\n1999-01-01"))
    status, said = adopt("docs/a.md:1", "docs/a.md:6")
    assert status == 1
    assert 'differs from run to run: "timestamp"' in said
    assert "a/a.console" in files(project)
    assert "+1970-01-01" in said, "a date that is always the same is no such value"


def test_what_cannot_be_the_same_twice_stays(adopt: Adopt, project: Project, write: Write) -> None:
    page = write("docs/a.md", BLOCK.format("$ yes | head -n $((10#$(date +%N) % 9973))"))
    before = page.read_bytes()
    status, said = adopt("docs/a.md")
    assert (status, page.read_bytes(), files(project)) == (0, before, {}), said


def test_outputs_that_are_left_out_fold_away(adopt: Adopt, project: Project, write: Write) -> None:
    page = write("docs/a.md", BLOCK.format("$ seq 40\n1\n2\n[...]\n40\n$ echo ab-cd\nab..."))
    assert adopt("docs/a.md")[0] == 0
    assert page.read_text() == "```snippet\na/a\nfold: 2\n```\n"
    assert files(project)["a/a.out"].count(b"\n3\n") == 1


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


def test_what_the_lab_lacks_is_no_difference(adopt: Adopt, project: Project, write: Write) -> None:
    """Also where the last command of a pipeline ends well."""
    page = write("docs/a.md", BLOCK.format("$ no-such-program | cat\nwhat it prints"))
    before = page.read_bytes()
    status, said = adopt("docs/a.md")
    assert status == 0
    assert "stays: `no-such-program | cat` says: no-such-program: command not found" in said
    assert page.read_bytes() == before


def test_what_is_right_today_only_stays(adopt: Adopt, project: Project, write: Write) -> None:
    """A form of date that no volatile kind has: tomorrow the recording would be wrong."""
    write("docs/a.md", BLOCK.format("$ date -u '+on %d %B, nowhere a year'"))
    assert "stays: it prints what is right today only: on " in adopt("docs/a.md")[1]


def test_outputs_in_a_block_of_their_own_are_compared(
    adopt: Adopt, project: Project, write: Write
) -> None:
    command, output = "```sh\n# Count\nseq 2\n```\n", "```\n1\n{}\n```\n"
    says = "\nThe output is similar to:\n\n"
    good = write("docs/good.md", command + says + output.format(2))
    status, said = adopt("docs/good.md")
    assert status == 0
    assert "prints what the page shows" in said
    assert "line 8 shows what it prints as well" in said
    assert good.read_text() == "```snippet\ngood/good\n```\n" + says + output.format(2)
    write("docs/bad.md", command + says + output.format(3))
    write("docs/text.md", command + "\nAnother file has:\n\n" + output.format(3))
    status, said = adopt("docs/bad.md", "docs/text.md")
    assert status == 1
    assert re.findall(r"\| ([-+]\d)", said) == ["-3", "+2"]
    assert "text/text: 1 step, the page shows no output" in said


def test_a_block_without_output_that_cannot_do_what_it_is_for_stays(
    adopt: Adopt, write: Write
) -> None:
    """The last command of a pipeline may succeed all the same."""
    page = write("docs/a.md", "```sh\nnosuch --silent | cat\n```\n\n```sh\nseq 2\n```\n")
    status, said = adopt("docs/a.md")
    assert status == 0
    assert "docs/a.md:2: stays: `nosuch --silent | cat` says: nosuch: command not found\n" in said
    assert "the page shows no output" in said
    assert "    | 1\n    | 2\n" in said, "what the page will show now"
    assert "nosuch --silent | cat" in page.read_text()


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
