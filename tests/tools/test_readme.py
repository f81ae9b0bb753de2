"""The documents of the repository agree with what they describe."""

import re
import subprocess
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.compare.kinds import KINDS
from snippetlab.registry import LABS
from snippetlab.run.runner import Verdict
from snippetlab.snippet.recording import State
from snippetlab.snippet.snippet import NOT_RUN
from snippetlab.snippet.tags import TAGS
from tests.support import ROOT
from tools.picture import PATH, picture

DOCUMENTS = sorted(ROOT.glob("*.md"))
REFERENCES = [ROOT / f"docs/{language}/reference/snippets.md" for language in ("ko", "en")]
each_reference = pytest.mark.parametrize("page", REFERENCES, ids=lambda page: page.parts[-3])


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
    linked = set(re.findall(r"\]\((?!https?:|value:)([^)#]+)", text))
    assert [path for path in linked if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_target_of_make_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", document.read_text(), re.MULTILINE))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert named <= set(targets)


@each_reference
def test_every_tag_lab_kind_and_state_is_named(page: Path) -> None:
    named = set(re.findall(r"`([a-z0-9 -]+)`", page.read_text(encoding="utf-8")))
    states = {*map(str, State), *map(str, Verdict)}
    assert {*LABS, NOT_RUN, *TAGS, *KINDS, *states} - named == set()


@each_reference
def test_every_command_and_option_is_named(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8")
    for words in ((), ("lab",)):
        main([*words, "--help"])
        names = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE)
        assert names
        for name in names:
            if name != "lab":
                assert f"`{' '.join((*words, name))}" in text
    main(["verify", "--help"])
    options = set(re.findall(r"^  (--[a-z-]+)", capsys.readouterr().out, re.MULTILINE))
    assert options > {"--help"}
    for option in options - {"--help"}:
        assert f"`{option}" in text


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
