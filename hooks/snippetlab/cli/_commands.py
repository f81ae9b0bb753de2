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
        names = [name for _, name, _ in iter_modules([str(directory)]) if not name.startswith("_")]
        super().__init__(commands=[click.Command(name) for name in names], **shown)
        self._package = package
        self._directory = directory

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """For help and completion the docstring does, which is read without importing anything."""
        outline = super().get_command(ctx, cmd_name)
        if outline:
            outline.help = _docstring(self._directory / cmd_name)
        return outline

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
