"""A lab in two versions, which answer from scripts in their recipes."""

import sys
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.registry import LABS, Registration
from tests.support import Write, snippet

HERE = "tests.engine.toy_lab"
RECIPES = {
    "toy": '[answers]\n"echo moon" = "moon\\n"\n"size" = "20 MB\\n"\n"store" = "snapshots\\n"\n',
    "toy-1": '[answers]\n"echo moon" = "moon\\n"\n"size" = "10 MB\\n"\n"store" = "layers\\n"\n',
}
REGISTERING = """\
from snippetlab.registry import LABS, Registration

HERE = "tests.engine.toy_lab"
for name, version, versions in (("toy", "2", {"2": "toy", "1": "toy-1"}), ("toy-1", "1", {})):
    LABS[name] = Registration(
        name, f"{HERE}:open_lab", 5, 7, maker=HERE, version=version, versions=versions
    )
"""
"""Code that registers the same two, for a process of its own that finds it as `sitecustomize`."""


def register(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The labs `toy`, version 2, and `toy-1`; their images are made."""
    for name, version, versions in (("toy", "2", {"2": "toy", "1": "toy-1"}), ("toy-1", "1", {})):
        lab = Registration(
            name, f"{HERE}:open_lab", 5, 7, maker=HERE, version=version, versions=versions
        )
        monkeypatch.setitem(LABS, name, lab)
    for module in [name for name in sys.modules if name.startswith("snippetlab.cli.")]:
        monkeypatch.delitem(sys.modules, module)  # which know the labs that there were
    monkeypatch.chdir(project.root)
    for name, recipe in RECIPES.items():
        write(f"lab/{name}.toml", recipe)
        assert main(["lab", "build", name]) == 0


def versioned(code: str, **tags: object) -> str:
    """The text of a snippet that is recorded in both."""
    return toy(code, versions='["2", "1"]', **tags)


def toy(code: str, **tags: object) -> str:
    """The text of a snippet for the toy lab; tags are TOML."""
    extra = "".join(f"# {name} = {value}\n" for name, value in tags.items())
    return snippet("").replace("namespace", "toy").replace("# ///\n", f"{extra}# ///\n") + code


def recording(root: Path, id_: str) -> Path:
    """Where it is recorded."""
    return root / f"snippets/{id_}.out"
