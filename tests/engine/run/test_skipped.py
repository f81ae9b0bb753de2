"""What a machine cannot run is skipped with its reason: counted, told everywhere, never as held."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.requires import NOTHING, parse_requires
from tests.support import Write, snippet

NEW = "# requires = { kernel = '99.0' }\n"


@pytest.fixture
def three(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that runs everywhere, then one for a kernel to come, then one after that."""
    monkeypatch.chdir(project.root)
    write("snippets/a/one.sh", snippet("echo one\n"))
    write("snippets/a/two.sh", snippet("echo two\n", after="a/one"))
    write("snippets/a/three.sh", snippet("echo three\n", after="a/two"))
    assert main(["record"]) == 0
    path = project.snippets / "a/two.sh"
    path.write_text(path.read_text().replace("# ///\n", f"{NEW}# ///\n", 1))


def test_it_is_told_and_counted_and_the_rest_runs(
    three: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["verify", "--junit", "x.xml", "--json", "x.json", "--write"]) == 0
    here = os.uname().release
    assert capsys.readouterr().out == (
        f"1 skipped: two before it needs Linux 99.0, and this is {here}: a/three\n"
        f"1 skipped: it needs Linux 99.0, and this is {here}: a/two\n"
        "1 held, 2 skipped\n"
    )
    rows = {row["id"]: row for row in json.loads(Path("x.json").read_text())}
    assert rows["a/two"]["verdict"] == "skipped"
    assert rows["a/two"]["message"].startswith("it needs Linux 99.0")
    cases = ElementTree.parse("x.xml").getroot().iter("testcase")
    told = {case.get("name"): case.find("skipped") for case in cases}
    assert told["a/one"] is None
    assert told["a/two"] is not None
    assert "Linux 99.0" in (told["a/two"].get("message") or "")
    assert not (project.lab / "lock.toml").exists(), "nothing is locked that did not run"
    noted = json.loads((project.snippets / "verification.json").read_text())
    assert list(noted) == ["a/one"]


def test_where_nothing_may_be_skipped_it_fails(
    three: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--no-skip", "--junit", "x.xml"]) == 1
    printed = capsys.readouterr()
    assert printed.out.endswith("1 held, 2 failed\n")
    assert "two.sh:1: skipped: it needs Linux 99.0" in printed.err
    assert ElementTree.parse("x.xml").getroot().get("failures") == "2"


@pytest.mark.cure("requires")
@pytest.mark.parametrize("command", ["run", "record", "flaky"])
def test_who_asks_for_it_is_told_why_it_does_not_run(
    command: str, three: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "a/two"]) == 1
    assert re.search(r"two\.sh:1: skipped: it needs Linux 99\.0", capsys.readouterr().err)
    path = project.snippets / "a/two.sh"
    path.write_text(path.read_text().replace("99.0", "4.0"))
    assert main([command, "a/two"]) == 0


@pytest.mark.parametrize(
    ("required", "kernel", "lacking"),
    [
        ({}, "", ""),
        ({"kernel": "5.13"}, "5.13-rc1", ""),
        ({"kernel": "5.13"}, "6.1.0-13-amd64", ""),
        ({"kernel": "5.13.2"}, "5.13.1", "needs Linux 5.13.2, and this is 5.13.1"),
        ({"kernel": "5.13"}, "5.9", "needs Linux 5.13, and this is 5.9"),
        ({"architecture": "x86_64"}, "6.1", ""),
        ({"architecture": "aarch64"}, "6.1", "needs aarch64, and this is x86_64"),
    ],
)
def test_releases_are_compared_by_their_numbers(
    required: dict[str, str], kernel: str, lacking: str
) -> None:
    assert parse_requires(required).lacking(kernel, "x86_64") == lacking
    assert not NOTHING.lacking(kernel, "")
