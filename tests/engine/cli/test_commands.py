"""What the other commands print, write and leave alone."""

import json
import os
import re
import subprocess
import sys

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from tests.support import Write, snippet

NONE = (
    '# /// snippet\n# lab = "none"\n# proves = "x"\n# reason = "why"\n# source = "y"\n# ///\nls\n'
)


def test_what_runs_in_no_lab_is_said(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("snippets/a/none.sh", NONE)
    for name in ("run", "flaky"):
        assert main([name, "a/none"]) == 1
        assert capsys.readouterr().err == "a/none runs in no lab: why\n"
    assert main(["record", "a/none"]) == 0
    assert capsys.readouterr().out == "nothing to record: a/none runs in no lab\n"


def test_list_gives_id_lab_state_and_path(
    two: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/b/three.sh", NONE)
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "id": "a/one",
        "lab": "namespace",
        "state": "fresh",
        "path": "snippets/a/one.sh",
    }
    assert rows[2] == {
        "id": "b/three",
        "lab": "none",
        "state": "not run",
        "path": "snippets/b/three.sh",
    }


def test_run_prints_a_transcript_and_writes_nothing(
    two: None, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/two.sh", snippet("echo 2\n"))
    before = (project.snippets / "a/two.out").read_bytes()
    assert main(["run", "a/two"]) == 0
    assert capsys.readouterr().out == "$ echo 2\n2\n"
    assert (project.snippets / "a/two.out").read_bytes() == before


def test_an_unknown_id_names_the_nearest(two: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "a/tow"]) == 1
    assert "Did you mean a/two?" in capsys.readouterr().err


def test_a_failing_run_is_not_recorded(
    two: None, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project.snippets / "a/two.out").read_bytes()
    write("snippets/a/two.sh", snippet("echo 2\nfalse\n"))
    assert main(["record", "a/one", "a/two"]) == 1
    printed = capsys.readouterr()
    assert "two.sh:6: this step failed with exit status 1" in printed.err
    assert printed.out == "a/one: unchanged\n"
    assert (project.snippets / "a/two.out").read_bytes() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount one here")
def test_a_read_only_checkout_is_an_error_and_loses_nothing(
    two: None, project: Project, write: Write
) -> None:
    write("snippets/a/two.sh", snippet("echo 2\n"))
    before = (project.snippets / "a/two.out").read_bytes()
    script = 'mount --bind -o ro "$1" "$1" && cd "$1/snippets" && exec "$2" -m snippetlab record'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(project.root), sys.executable],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project.snippets / "a/two.out").read_bytes() == before


@pytest.mark.cure("form-of-an-id", "another-id")
def test_a_new_snippet_needs_an_id_of_its_own(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "Name"]) == 1
    (id_,) = re.findall(r"hyphens: (\S+)$", capsys.readouterr().err, re.MULTILINE)
    assert main(["new", id_]) == 0
    before = (project.snippets / f"{id_}.sh").read_text()
    assert main(["new", id_]) == 1
    (other,) = re.findall(r"such as (\S+)\.$", capsys.readouterr().err, re.MULTILINE)
    assert main(["new", other]) == 0
    assert (project.snippets / f"{id_}.sh").read_text() == before
