"""The documents of the repository agree with what they describe."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT
from tools.picture import PATH, picture

DOCUMENTS = sorted(ROOT.glob("*.md"))


def test_the_picture_is_what_was_recorded() -> None:
    assert PATH.read_text(encoding="utf-8") == picture(), "draw it anew: python -m tools.picture"
    assert f"]({PATH.relative_to(ROOT)})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_newcomer_reads_the_readme_in_a_minute() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 60


def test_ci_runs_the_command_that_the_readme_gives_for_tests() -> None:
    commands = re.findall(r"^    (make \w+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert commands == ["make serve", "make test"]
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == commands[-1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((?!https?:|note:|value:)([^)#]+)", text))
    assert [path for path in linked if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_target_of_make_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", document.read_text(), re.MULTILINE))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named <= set(targets)


def test_scripts_are_the_same_bytes_where_git_writes_crlf(tmp_path: Path) -> None:
    """A clone as git for Windows makes it, of what is committed."""
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--depth=1", "-c", "core.autocrlf=true", ROOT.as_uri()]
    subprocess.run([*command, str(clone)], check=True)
    there = subprocess.run(
        ["git", "ls-files", "--eol"], cwd=clone, capture_output=True, text=True, check=True
    )
    lines = there.stdout.splitlines()
    changed = [line for line in lines if "w/crlf" in line or "w/mixed" in line]
    assert [line for line in changed if "i/crlf" not in line] == []
    assert subprocess.run(["tools/ci.sh"], cwd=clone, capture_output=True).returncode != 127
    assert subprocess.run(["make", "help"], cwd=clone, capture_output=True).returncode == 0
