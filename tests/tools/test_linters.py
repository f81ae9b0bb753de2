"""What a linter finds is mended by what its cure says."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT, snippet
from tools import linters
from tools.check import Check
from tools.finding import BIN

SCRIPT = snippet("name=$HOME\necho $name\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for name in (".shellcheckrc", ".hadolint.yaml", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


@pytest.mark.cure("ruff-fix", "ruff-format", "rumdl-fix")
@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (linters.ruff, "a.py", "import os\n"),
        (linters.layout, "a.py", "a  = 1\n"),
        (linters.markdown, "a.md", "# A\n\n### Too deep\n"),
    ],
)
def test_a_command_mends_it(checkout: Path, check: Check, name: str, text: str) -> None:
    (checkout / name).write_text(text)
    (found,) = check(checkout)
    tool, *arguments = found.cure.removeprefix(".venv/bin/").split()
    subprocess.run([BIN / tool, *arguments], cwd=checkout, check=True, capture_output=True)
    assert not list(check(checkout))


@pytest.mark.cure("shellcheck-meant", "hadolint-meant")
@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (linters.shellcheck, "snippets/a/b.sh", SCRIPT),
        (linters.hadolint, "snippets/a/b.Dockerfile", "FROM busybox:1\nMAINTAINER me\n"),
    ],
)
def test_a_line_above_says_that_it_is_meant(
    checkout: Path, check: Check, name: str, text: str
) -> None:
    path = checkout / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (found,) = check(checkout)
    (line,) = re.findall(r"on a line above: (#.+)", found.cure)
    number = int(found.place.rpartition(":")[2])
    lines = text.splitlines(keepends=True)
    path.write_text("".join([*lines[: number - 1], f"{line}\n", *lines[number - 1 :]]))
    assert not list(check(checkout))
