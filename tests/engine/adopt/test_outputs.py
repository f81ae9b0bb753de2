"""What a page shows, held by `snippetlab adopt` against what is printed."""

import re

from snippetlab.project import Project
from tests.engine.adopt.adopting import BLOCK, Adopt, files, text_of
from tests.support import Write


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
