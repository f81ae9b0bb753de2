"""What a linter finds is mended by what its cure says."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT, snippet
from tools import examples, linters, words
from tools.check import Check
from tools.finding import BIN

pytestmark = pytest.mark.pageless

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


@pytest.mark.cure("example-rule", "example-layout")
def test_python_in_a_page_is_mended(checkout: Path) -> None:
    (checkout / "docs/en").mkdir(parents=True)
    page = checkout / "docs/en/a.md"
    page.write_text("# A\n\n```python\nimport os\n\nx  = 1\n```\n")
    (rule,) = examples.examples(checkout)
    assert (rule.place, rule.message[:4]) == ("docs/en/a.md:4", "F401")
    tool, *arguments = rule.cure.removesuffix(" explains it.").removeprefix(".venv/bin/").split()
    subprocess.run([BIN / tool, *arguments], check=True, capture_output=True)
    page.write_text(page.read_text().replace("import os\n\n", ""))
    (layout,) = examples.examples(checkout)
    assert layout.place == "docs/en/a.md:4"
    (line,) = re.findall(r"this line is: (.*)", layout.cure)
    page.write_text(page.read_text().replace("x  = 1", line))
    assert not list(examples.examples(checkout))


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


WORKFLOW = """\
name: A
on: push
permissions: {}
concurrency:
  group: a
  cancel-in-progress: true
jobs:
  a:
    name: A
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
"""
FLOW = ".github/workflows/a.yml"
TOKEN = "ghp_" + "a1B2" * 9
cure = pytest.mark.cure


@pytest.mark.parametrize(
    ("check", "name", "text", "wrong", "right"),
    [
        pytest.param(linters.ruff, "a.py", "x = §\n", "y", "1", marks=cure("ruff-rule")),
        pytest.param(
            linters.types, "tools/a.py", "x: int = §\n", "''", "1", marks=cure("mypy-type")
        ),
        pytest.param(
            linters.markdown, "a.md", "# A\n\n## §\n\n## B\n", "B", "C", marks=cure("rumdl-rule")
        ),
        pytest.param(
            linters.spelling,
            "docs/a.md",
            "It §.\n",
            "recieves",
            "receives",
            marks=cure("misspelt"),
        ),
        pytest.param(
            *(linters.workflows, FLOW, WORKFLOW.replace("24.04", "§")),
            *("1", "24.04"),
            marks=cure("actionlint"),
        ),
        pytest.param(
            *(linters.workflows, FLOW, WORKFLOW.replace("permissions: {}", "§")),
            *("# TODO", "permissions: {}"),
            marks=cure("zizmor"),
        ),
        pytest.param(words.terms, "docs/ko/a.md", "# §\n", "쉘", "셸", marks=cure("word-spelling")),
        pytest.param(
            *(words.terms, "docs/glossary.yml", '- aliases: [서랍]\n  says: "§ 크기"\n'),
            *("서랍", "패널"),
        ),
        pytest.param(words.secrets, "docs/a.md", "§\n", TOKEN, "…", marks=cure("secret")),
    ],
)
def test_what_is_explained_is_mended(
    checkout: Path, check: Check, name: str, text: str, wrong: str, right: str
) -> None:
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for directory in ("hooks", "tests", "benchmarks"):  # which mypy is told to look at
        (checkout / directory).mkdir()
        (checkout / directory / "b.py").touch()
    path.write_text(text.replace("§", wrong))
    (found,) = check(checkout)
    if explained := re.match(r"\.venv/bin/(.+) explains it\.", found.cure):
        tool, *arguments = explained[1].split()
        subprocess.run([BIN / tool, *arguments], check=True, capture_output=True)
    path.write_text(text.replace("§", right))
    assert not list(check(checkout))


@cure("misspelt")
def test_a_name_goes_where_it_is_said(checkout: Path) -> None:
    path, settings = checkout / "docs/a.md", checkout / "pyproject.toml"
    path.parent.mkdir()
    path.write_text("Mr Recieve.\n")
    (found,) = linters.spelling(checkout)
    table, key = re.findall(r"below (\S+), into (\S+)\.", found.cure)[0]
    text = settings.read_text()
    assert f"{table}\n{key} = [" in text
    settings.write_text(text.replace(f"{key} = [", f'{key} = ["Recieve", '))
    assert not list(linters.spelling(checkout))
