"""Before and after: what a pull request changes in what readers see."""

import subprocess
from pathlib import Path

import pytest

from tools.changes import changes, markdown, page

pytestmark = pytest.mark.pageless

HEAD = "# recording 2\n# ran a.sh in namespace\n# step 5d41402a\n#\n"


def write(root: Path, id_: str, text: str, head: str = HEAD) -> None:
    path = root / f"snippets/{id_}.out"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + text)


def git(root: Path, *arguments: str) -> str:
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    command = ["git", *author, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-qm", "x")


def test_only_what_this_branch_changed_for_readers(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    for id_ in ("a/changed", "a/same", "a/gone", "a/theirs"):
        write(tmp_path, id_, "$ echo one\none\n")
    write(tmp_path, "a/converted", "$ # typed\n", head="# recording 1 key=0 sum=0\n")
    commit(tmp_path)
    git(tmp_path, "switch", "-qc", "mine")
    write(tmp_path, "a/converted", "$ # typed\n")
    write(tmp_path, "a/changed", "$ echo <two>\n<two>\n```\n")
    write(tmp_path, "a/same", "$ echo one\none\n", head=HEAD.replace("a.sh", "b.sh"))
    write(tmp_path, "a/new", "jail# id\n# recording 2\n", head="")
    (tmp_path / "snippets/a/gone.out").unlink()
    commit(tmp_path)
    git(tmp_path, "switch", "-q", "main")
    write(tmp_path, "a/theirs", "$ echo three\nthree\n")
    commit(tmp_path)
    git(tmp_path, "switch", "-q", "mine")
    found = list(changes(tmp_path, "main"))
    assert {c.id: (list(c.before), list(c.after)) for c in found} == {
        "a/changed": (["$ echo one", "one"], ["$ echo <two>", "<two>", "```"]),
        "a/gone": (["$ echo one", "one"], []),
        "a/new": ([], ["jail# id", "# recording 2"]),
    }
    said = markdown(found)
    assert "3 transcripts changed." in said
    assert "````diff\n--- before" in said, "a fence that is longer than those within"
    html = page(found)
    assert "&lt;two&gt;" in html
    assert "<two>" not in html
    assert "# ran" not in said + html, "readers do not see it"


def test_where_nothing_changed_it_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, "a/b", "$ true\n")
    commit(tmp_path)
    assert list(changes(tmp_path, "HEAD")) == []
    assert "No transcript changed." in markdown([])
