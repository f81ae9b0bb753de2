"""The `snippet` fence for hosts that run no hooks, such as Zensical.

They name it in their configuration, with the engine's directory in PYTHONPATH:

    custom_fences:
      - name: snippet
        class: snippet
        format: !!python/name:snippetlab.zensical.korean
"""

from functools import cache
from pathlib import Path
from typing import Any

from snippetlab.labs.image import read_recipe
from snippetlab.library import load_library
from snippetlab.lock import read_lock
from snippetlab.markdown import Fences
from snippetlab.project import Project
from snippetlab.snippet import Snippet
from snippetlab.verification import read_verification


def korean(source: str, *arguments: Any, **options: Any) -> str:
    """Format a fence of a Korean page."""
    return _fence("ko").format(source, *arguments, **options)


def english(source: str, *arguments: Any, **options: Any) -> str:
    """Format a fence of an English page."""
    return _fence("en").format(source, *arguments, **options)


@cache
def _fence(language: str) -> Fences:
    project = Project.find(Path.cwd())
    lock = read_lock(project.lab / "lock.toml")
    stated = read_recipe(project).stated
    verified = read_verification(project.snippets / "verification.json")
    return Fences(load_library(project), lock, stated, verified, language=language, locate=_locate)


def _locate(snippet: Snippet) -> str:
    """Without a hook nothing makes the link relative to its page."""
    return f"/snippets/{snippet.id}{snippet.path.suffix}"
