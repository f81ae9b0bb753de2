"""The folders of `hooks/`: each imports only what the table of the architecture page allows it."""

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from snippetlab.run.engine import executed
from tests.support import ROOT

HOOKS = ROOT / "hooks"
BASE = "snippetlab"
"""What stands in the table for the engine's own modules that lie in no folder of it."""
FRONT = {
    *(".ci", ".gitattributes", ".github", ".gitignore", ".hadolint.yaml", ".shellcheckrc"),
    *(".pre-commit-config.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-text"),
    *("MAINTAINING.md", "Makefile", "README.md", "SECURITY.md", "benchmarks", "docs", "hooks"),
    *("lab", "mkdocs.en.yml", "mkdocs.yml", "pyproject.toml", "requirements-dev.txt"),
    *("requirements.txt", "snippets", "tests", "tools"),
}
"""What one sees first; nothing gets there by accident."""
_ROW = re.compile(r"^\| `(?P<room>[\w/]+)` \| .+ \| (?P<imports>.+) \|$", re.MULTILINE)


def test_at_the_front_lies_what_belongs_there() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.partition("/")[0] for line in done.stdout.splitlines()} == FRONT


def _table(language: str) -> dict[str, tuple[str, ...]]:
    """Folder → those that it may import, in the page's order."""
    page = (ROOT / f"docs/{language}/architecture.md").read_text(encoding="utf-8")
    part = page.partition("{ #rooms }")[2].partition("\n## ")[0]
    return {m["room"]: tuple(re.findall(r"`([\w/]+)`", m["imports"])) for m in _ROW.finditer(part)}


def _room(path: Path) -> str:
    if path.name == "__main__.py":  # python -m snippetlab
        return "cli"
    folder = path.parent.relative_to(HOOKS).as_posix()
    return folder.removeprefix(f"{BASE}/") if folder != "." else "hooks"


def _file(module: str) -> Path | None:
    path = HOOKS.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def _imports(path: Path) -> Iterator[Path]:
    for node in executed(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                found = _file(f"{node.module}.{alias.name}") or _file(node.module)
                yield from filter(None, [found])
        elif isinstance(node, ast.Import):
            yield from filter(None, (_file(alias.name) for alias in node.names))


def _arrows() -> Mapping[tuple[str, str], str]:
    """From folder to folder → one import of that kind."""
    found = {}
    for path in sorted(HOOKS.rglob("*.py")):
        for other in _imports(path):
            if (here := _room(path)) != (there := _room(other)):
                found[here, there] = f"{path.relative_to(ROOT)} imports {other.relative_to(ROOT)}"
    return found


TABLE = _table("en")


def test_both_pages_have_the_same_table() -> None:
    assert TABLE
    assert list(TABLE.items()) == list(_table("ko").items())


def test_each_folder_imports_what_its_row_allows_and_nothing_else() -> None:
    arrows = _arrows()
    allowed = {(room, other) for room, others in TABLE.items() for other in others}
    assert {key: text for key, text in arrows.items() if key not in allowed} == {}
    assert allowed - arrows.keys() == set(), "no import needs these any more"


@pytest.mark.parametrize("room", TABLE)
def test_all_arrows_go_one_way(room: str) -> None:
    """A folder's row comes after those of all that it imports."""
    above = list(TABLE)[: list(TABLE).index(room)]
    assert set(TABLE[room]) <= set(above)
    assert (HOOKS / room).is_dir() or (HOOKS / BASE / room).is_dir() or room == "hooks"
