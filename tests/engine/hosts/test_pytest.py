"""`pytest --snippets`, as an installed wheel brings it: see snippetlab/hosts/pytest.py."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.engine.versions import REGISTERING, versioned
from tests.support import ROOT, Write, snippet

Pytest = Callable[..., tuple[int, str]]
"""Arguments → the status, and what was printed."""
NONE = """\
# /// snippet
# lab = "none"
# proves = "x"
# reason = "no hardware"
# source = "y"
# ///
ls
"""


@pytest.fixture
def run(
    laboratory: Laboratory, project: Project, write: Write, monkeypatch: pytest.MonkeyPatch
) -> Pytest:
    """In a checkout with tests of its own, and two recorded snippets."""
    write("installed/snippetlab-0.dist-info/METADATA", "Metadata-Version: 2.1\nName: snippetlab\n")
    entry = "[pytest11]\nsnippetlab = snippetlab.hosts.pytest\n"
    write("installed/snippetlab-0.dist-info/entry_points.txt", entry)
    write("tests/test_own.py", "def test_own():\n    pass\n")
    write("pytest.ini", "[pytest]\ntestpaths = tests\naddopts = --strict-markers\n")
    write("snippets/a/one.sh", snippet("echo one > f\ncat f\n"))
    write("snippets/a/two.sh", snippet("cat f\n", after="a/one"))
    monkeypatch.chdir(project.root)
    assert main(["record"]) == 0
    path = os.pathsep.join(map(str, (project.root / "installed", ROOT / "hooks")))

    def run(*arguments: str, **environment: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", *arguments],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": path} | environment,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_every_snippet_is_a_test_beside_those_that_are_there(run: Pytest, write: Write) -> None:
    write("snippets/b/none.sh", NONE)
    status, said = run("--snippets", "-v")
    assert status == 0
    ids = ["snippets/a/one.sh::a/one", "snippets/a/two.sh::a/two", "snippets/b/none.sh::b/none"]
    assert re.findall(r"^(\S+::\S+) [PS]", said, re.MULTILINE) == [
        "tests/test_own.py::test_own",
        *ids,
    ]
    assert "SKIPPED [1] snippets/b/none.sh:1: no hardware" in said
    assert "2 passed" in run("--snippets", "-k", "a/two or test_own")[1]
    assert "1 passed" in run("--snippets", "snippets/a/one.sh")[1]
    assert "2 passed" in run("--snippets", "-m", "namespace")[1]


def test_without_the_option_nothing_is_other(run: Pytest) -> None:
    """Not even the engine is imported."""
    status, said = run("--collect-only", "-q")
    assert (status, re.findall(r"^\S+::\S+", said, re.MULTILINE)) == (
        0,
        ["tests/test_own.py::test_own"],
    )
    engine = "{name for name in sys.modules if name.startswith('snippetlab.')}"
    look = f"import sys\nassert {engine} <= {{'snippetlab.hosts', 'snippetlab.hosts.pytest'}}\n"
    Path("tests/test_own.py").write_text(f"{look}def test_own():\n    pass\n")
    assert run()[0] == 0


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["one process", "xdist"])
def test_what_differs_fails_with_file_line_and_difference(
    workers: tuple[str, ...], run: Pytest, write: Write
) -> None:
    write("snippets/a/one.sh", snippet("echo 1 > f\ncat f\n"))
    write("snippets/b/wrong.sh", snippet("false\n"))
    write("snippets/b/broken.sh", "# /// snippet\n# lab = 1\n# ///\n")
    status, said = run("--snippets", *workers)
    assert status == 1
    for text in (
        "snippets/a/one.out:1: a/one no longer prints what is recorded",
        "    | -one\n    | +1\n",
        "snippets/b/wrong.sh:5: this step failed with exit status 1",
        "snippets/b/broken.sh:2: the tag `lab` is missing or is no text",
    ):
        assert text in said
    assert "Traceback" not in said
    assert "4 failed, 1 passed" in said


def test_it_records_anew_where_that_is_asked_for(
    run: Pytest, write: Write, project: Project
) -> None:
    write("snippets/a/one.sh", snippet("echo 1 > f\ncat f\n"))
    write("snippets/b/new.sh", snippet("echo new\n"))
    write("snippets/b/never.sh", snippet("cat /proc/sys/kernel/random/uuid\n"))
    status, said = run("--snippets-update")
    assert status == 1
    assert "recorded anew: a/one, a/two, b/new" in said
    assert "3 passed" in run("--snippets", "-k", "a/one or a/two or b/new")[1]
    assert not (project.snippets / "b/never.out").exists()
    assert "it differs from run to run: snippetlab flaky b/never" in said


def test_where_no_lab_works_snippets_are_skipped_with_the_reason(run: Pytest) -> None:
    status, said = run("--snippets", SNIPPETLAB_CACHE="empty")
    assert status == 0
    assert "1 passed, 2 skipped" in said
    assert re.search(r"^SKIPPED .*: the base image is missing Make it: ", said, re.MULTILINE)


def test_python_in_pages_is_held_to_what_it_says(run: Pytest, write: Write) -> None:
    """In the lab; what says nothing of what it prints is anybody's, and may need anything."""
    good = "```py\nimport os\nprint(os.path.exists('/run/lab'))\n#> True\n```\n"
    write("docs/a.md", f"{good}\n```py\nprint(1 + 1)\n#> 3\n```\n\n```python\n1/0\n#> 1\n```\n")
    write("docs/b.md", '```python\nimport not_there\n```\n\n```py test="skip"\n#> 1\n```\n')
    status, said = run("--snippets", "docs")
    assert status == 1
    assert "2 failed, 1 passed" in said
    assert "docs/a.md:7: Print output changed code" in said
    assert "-#> 3\n  +#> 2" in said
    assert re.search(r"docs/a\.md:13: this step failed.*ZeroDivisionError", said, re.DOTALL)


def test_a_snippet_in_python_is_never_imported_here(run: Pytest, write: Write) -> None:
    """pytest imports a Python file that is named to it."""
    write("snippets/b/it.py", snippet("raise SystemExit('imported')\n"))
    said = run("--snippets", "snippets/b/it.py")[1]
    assert "snippets/b/it.py:5: this step failed" in said
    assert "Interrupted" not in said


def test_a_snippet_in_several_versions_is_a_test_for_each(run: Pytest, write: Write) -> None:
    write("installed/sitecustomize.py", REGISTERING)
    write("snippets/a/store.sh", versioned("store\n"))
    status, said = run("--snippets", "--collect-only", "-q", "snippets/a/store.sh")
    assert status == 0, said
    assert [line for line in said.split("\n") if "::" in line] == [
        "snippets/a/store.sh::a/store",
        "snippets/a/store.sh::a/store@1",
    ]
