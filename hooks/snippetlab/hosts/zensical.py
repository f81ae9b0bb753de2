"""The `snippet` fence for hosts that run no hooks, such as Zensical.

They name it in their configuration, with the engine's directory in PYTHONPATH:

    custom_fences:
      - name: snippet
        class: snippet
        format: !!python/name:snippetlab.hosts.zensical.ko
"""

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.run.lock import read_lock
from snippetlab.run.verification import read_verification
from snippetlab.show.markdown import Fences
from snippetlab.show.templates import Templates
from snippetlab.show.words import read_words
from snippetlab.snippet.library import load_library
from snippetlab.snippet.snippet import Snippet


def __getattr__(language: str) -> Callable[..., str]:
    """What formats the fences of pages in that language."""
    if language.startswith("_"):
        raise AttributeError(language)
    return _fences(language).format


@cache
def _fences(language: str) -> Fences:
    project = Project.find(Path.cwd())
    lock = read_lock(project.lab / "lock.toml")
    stated = read_recipe(project).stated
    verified = read_verification(project.snippets / "verification.json")
    words = read_words(project.words, language, logging.getLogger(__name__).warning)
    return Fences(
        load_library(project), lock, stated, verified, templates=Templates(words), locate=_locate
    )


def _locate(snippet: Snippet) -> str:
    """Without a hook nothing makes the link relative to its page."""
    return f"/snippets/{snippet.id}{snippet.path.suffix}"
