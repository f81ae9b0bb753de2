"""The command line: each module is a command of its name, but for those that begin with `_`.

The first paragraph of its docstring is what `--help` says of it.
"""

from snippetlab.cli._main import main

__all__ = ["main"]
