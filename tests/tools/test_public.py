"""All that can be imported of the engine without an underscore says what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from snippetlab.labs.machine.snapshot import AGENT
from tests.support import ROOT

ENGINE = ROOT / "hooks/snippetlab"
MODULES = sorted(
    path
    for path in ENGINE.rglob("*.py")
    if not path.name.startswith("_") and path.name not in AGENT
)
"""But for what runs in a machine, where none of it is a module; its text names saved states."""
_EVENT = re.compile(r"on_|pytest_|(?:collect|runtest|repr_failure|reportinfo|extendMarkdown)$")
Definition = ast.FunctionDef | ast.ClassDef


def public(body: list[ast.stmt], within: str = "") -> Iterator[tuple[str, Definition]]:
    """Functions and classes that have no underscore, with those in classes.

    A property is like a field, whose name and type often say all.
    """
    for node in body:
        if isinstance(node, Definition) and not (node.name.startswith("_") or is_property(node)):
            yield f"{within}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def is_property(node: Definition) -> bool:
    return bool({"property", "cached_property"} & {ast.unparse(m) for m in node.decorator_list})


def is_told_elsewhere(node: Definition) -> bool:
    """A command, whose help is the module's docstring; or what MkDocs, pytest or Markdown calls."""
    marks = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
    return "click.command" in marks or bool(_EVENT.match(node.name))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_what_is_public_has_a_docstring_and_types(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(module) or not module.body
    for name, node in public(module.body):
        assert ast.get_docstring(node) or is_told_elsewhere(node), f"{path}:{node.lineno}: {name}"
        if isinstance(node, ast.FunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            untyped = [one.arg for one in given if not one.annotation]
            assert not set(untyped) - {"self", "cls"}, f"{path}:{node.lineno}: {name}"
            assert node.returns, f"{path}:{node.lineno}: {name}"
