"""Every cure that a message names is followed by a test, to the end."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.pageless


def test_every_cure_is_followed_by_a_test() -> None:
    said = Counter(id_ for part in ("hooks", "tools") for id_ in _ids(ROOT / part, "Cure"))
    followed = set(_ids(ROOT / "tests", "cure"))
    assert said.keys() - followed == set(), "cures that no test follows: mark one with its id"
    assert followed - said.keys() == set(), "tests follow cures that no message names"
    assert [id_ for id_, times in said.items() if times > 1] == [], "one id, one place"


def _ids(directory: Path, function: str) -> Iterator[str]:
    """The literal first arguments of all calls of `Cure(…)`, or of `pytest.mark.cure(…)`."""
    for path in sorted(set(directory.rglob("*.py")) - set(directory.rglob("oracle/cases/*/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == function:
                for argument in node.args[: 1 if function == "Cure" else None]:
                    assert isinstance(argument, ast.Constant), f"{path}:{node.lineno}: no literal"
                    yield str(argument.value)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(_, name):
            return name
    return ""
