"""The commands that lie in one directory: only the one that is run is imported."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click


class Commands(click.Group):
    """Each module of a package, or package in it, is a command: its variable `command`."""

    def __init__(self, package: str, directory: Path, **shown: Any) -> None:
        self._package = package
        names = [name for _, name, _ in iter_modules([str(directory)]) if not name.startswith("_")]
        # For help and completion the docstrings do, which are read without importing anything.
        outlines = [click.Command(name, help=_docstring(directory / name)) for name in names]
        super().__init__(commands=outlines, **shown)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, outline, rest = super().resolve_command(ctx, args)
        if outline is None:
            return name, None, rest
        return name, import_module(f"{self._package}.{name}").command, rest


def _docstring(module: Path) -> str | None:
    file = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
