"""The commands of `snippetlab` with their options, as they themselves say it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click

from reading.kept import Kept
from snippetlab import cli

_PACKAGES = ("snippetlab.cli", "snippetlab.cli.lab")
_DIRECTORY = Path(cli.__file__).parent


@dataclass(frozen=True)
class Command:
    """One command."""

    usage: str
    """`snippetlab verify [ID]...`"""
    says: str
    """Its help, in one paragraph."""
    options: list[list[str]]
    """Names with what they take, and the help of each."""


def commands(kept: Path) -> list[Command]:
    """All of them. To import them takes longer than to render any page, so they are kept there."""
    files = sorted(_DIRECTORY.rglob("*.py"))
    texts = [(file.name, file.read_text(encoding="utf-8")) for file in files]
    found = Kept(kept / "commands", click.__name__, __doc__ or "").of(
        texts, lambda: [asdict(command) for command in _read()]
    )
    return [Command(**one) for one in found]


def _read() -> Iterator[Command]:
    for package in _PACKAGES:
        for module in iter_modules(import_module(package).__path__):
            if not module.name.startswith("_") and not module.ispkg:
                command = import_module(f"{package}.{module.name}").command
                yield _command(package.replace(".cli", "").replace(".", " "), module.name, command)


def _command(before: str, name: str, command: click.Command) -> Command:
    context = click.Context(command, info_name=f"{before} {name}")
    taken = (one.make_metavar(context) for one in command.params if isinstance(one, click.Argument))
    options = [
        [", ".join(record[0].split(", ")), record[1]]
        for option in command.params
        if isinstance(option, click.Option) and (record := option.get_help_record(context))
    ]
    says = " ".join((command.help or "").replace("\b", "").split())
    return Command(" ".join((context.info_name or name, *taken)), says, options)
