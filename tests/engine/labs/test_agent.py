"""What a virtual machine's first process runs is one text, made of several modules."""

import ast
from collections import Counter
from pathlib import Path

from snippetlab.labs import machine
from snippetlab.labs.machine.snapshot import AGENT


def test_no_module_takes_a_name_of_another() -> None:
    """Each would go on with the other's, and the machine not start."""
    defined = Counter(
        name
        for file in AGENT
        for node in ast.parse(Path(machine.__path__[0], file).read_text("utf-8")).body
        for name in _defined(node)
    )
    assert [name for name, count in defined.items() if count > 1] == []


def _defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()
