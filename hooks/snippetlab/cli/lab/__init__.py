"""Make, look at and remove what snippets run on."""

from pathlib import Path

from snippetlab.cli._commands import Commands

command = Commands("snippetlab.cli.lab", Path(__file__).parent, help=__doc__)
