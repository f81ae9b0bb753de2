"""What of the engine takes part in a lab's runs and their comparison: a digest over its text."""

import ast
import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from snippetlab.registry import LABS

ROOTS = ("run/runner", "run/weaken")
"""The modules that run and compare; all that they import takes part, and what opens the lab."""
SENT = (
    *(f"labs/machine/{name}.py" for name in ("agent", "facts", "follow", "printed")),
    *(f"labs/machine/{name}.py" for name in ("pseudoterminal", "remains", "run", "shell", "wire")),
    "labs/interpreter.py",
)
"""What is sent into a lab as text, and imported by nobody."""
_OTHER = (".c", ".mjs")
"""Suffixes of what labs run besides Python."""


@cache
def engine_digest(lab: str, package: Path = Path(__file__).parents[1]) -> str:
    """Changes with anything in the engine, its libraries and Python that could change a finding.

    What only renders pages or makes images is not in it: the images have digests of their own;
    nor is what only other labs run with.
    """
    total = hashlib.sha256()
    outside: set[str] = set()
    for path in parts(package, lab):
        content = path.read_bytes()
        total.update(f"{path.relative_to(package)}\0{len(content)}\0".encode() + content)
        if path.suffix == ".py":
            outside |= {name.partition(".")[0] for name in _imported(content, package.name)}
    libraries = sorted(outside - sys.stdlib_module_names - {package.name})
    about = [sys.version_info[:2], *((name, _version(name)) for name in libraries)]
    return hashlib.sha256(total.digest() + repr(about).encode()).hexdigest()


def parts(package: Path, lab: str) -> list[Path]:
    """The files whose text counts, sorted."""
    found: set[Path] = set()
    opener = LABS[lab].opener.partition(":")[0]
    todo = [package / "__init__.py", *(package / f"{root}.py" for root in ROOTS)]
    if file := _file(opener, package):  # another package may bring a lab along
        todo.append(file)
    while todo:
        if (path := todo.pop()) in found:
            continue
        found.add(path)
        names = _imported(path.read_bytes(), package.name)
        todo += [file for name in names if (file := _file(name, package))]
    folders = {path.parent for path in found}
    others = {path for path in package.rglob("*") if path.suffix in _OTHER}
    others |= {package / name for name in SENT}
    return sorted(found | {path for path in others if path.parent in folders})


def _file(name: str, package: Path) -> Path | None:
    """Of a module of this package; None if it is none."""
    first, *rest = name.split(".")
    path = package.joinpath(*rest)
    candidates = (path.with_suffix(".py"), path / "__init__.py") if first == package.name else ()
    return next((file for file in candidates if file.is_file()), None)


@cache
def _imported(source: bytes, package: str) -> tuple[str, ...]:
    """Names of what may be modules, also where a function imports them."""
    found: list[str] = []
    for node in executed(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert not node.level, f"{package} imports itself by its full name"
            found += (module, *(f"{module}.{alias.name}" for alias in node.names))
    return tuple(found)


def executed(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes, but for what only type checkers read."""
    yield node
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for child in ast.iter_child_nodes(node):
        yield from executed(child)


def _version(module: str) -> str:
    """Of the distribution that brings the module along."""
    try:
        return metadata.version(module)
    except metadata.PackageNotFoundError:
        return metadata.version(metadata.packages_distributions()[module][0])
