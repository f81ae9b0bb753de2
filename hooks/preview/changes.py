"""Which changes of files matter to the preview, and to which of its languages."""

import re
from collections.abc import Iterable
from pathlib import Path

from preview.language import LANGUAGES, Language
from snippetlab.files import find_pages

DIRECTORIES = ("docs", "snippets", "lab", "hooks", "tests/hostile")
"""Watched with all that is below them."""
_LEFT_BY_EDITORS = re.compile(r"\..*|.*~|#.*#|4913|.*\.sw[a-z]|__pycache__|.*\.pyc|.*\.tmp")
"""Names of hidden files, and of what editors keep for a moment beside the file one edits."""
_OWN = re.compile(r"hooks/(serve|preview/(?!build\.)\w+)\.py")
"""What the server itself consists of; builds run in processes of their own."""
RECORDING = ".out"


def matters(path: Path, root: Path) -> bool:
    """Whether pages could be made from that file."""
    if not path.is_relative_to(root):
        return False
    parts = path.relative_to(root).parts
    if any(map(_LEFT_BY_EDITORS.fullmatch, parts)):
        return False
    # The root itself holds much that no page is made from: of it only the configurations.
    return len(parts) > 1 or parts[-1] in {language.configuration for language in LANGUAGES}


def is_own(path: Path, root: Path) -> bool:
    """Whether the server itself would have to be started anew."""
    return bool(_OWN.fullmatch(path.relative_to(root).as_posix()))


def pages(root: Path) -> frozenset[Path]:
    """All pages of all languages."""
    trees = [root / "docs" / language.name for language in LANGUAGES]
    return frozenset(page for tree in trees for page in find_pages(tree))


def concerned(paths: Iterable[Path], root: Path) -> set[Language]:
    """The languages to build when these files were saved; a page is seen in its own only."""
    found = set()
    for path in paths:
        parts = path.relative_to(root).parts
        own = [language for language in LANGUAGES if parts[:2] == ("docs", language.name)]
        found |= set(own if own and path.suffix == ".md" else LANGUAGES)
    return found
