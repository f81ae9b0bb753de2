
from snippetlab.cli._main import main

__all__ = ["main"]
