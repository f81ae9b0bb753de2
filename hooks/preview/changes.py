"""Which changes of files matter to the preview, and to which of its languages."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from preview.language import LANGUAGES
from reading.languages import Language
from snippetlab.errors import SourceError
from snippetlab.files import find_pages, read_source

DIRECTORIES = ("docs", "snippets", "lab", "hooks", "tests/hostile")
"""Watched with all that is below them."""
_LEFT_BY_EDITORS = re.compile(r"\..*|.*~|#.*#|4913|.*\.sw[a-z]|__pycache__|.*\.pyc|.*\.tmp")
"""Names of hidden files, and of what editors keep for a moment beside the file one edits."""
_OWN = re.compile(r"hooks/(serve|preview/(?!build\.|selection\.)\w+)\.py")
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


def is_code(path: Path, root: Path) -> bool:
    """Whether builds run it."""
    return path.is_relative_to(root / "hooks")


def pages(root: Path) -> frozenset[Path]:
    """All pages of all languages."""
    trees = [root / "docs" / language.name for language in LANGUAGES]
    return frozenset(page for tree in trees for page in find_pages(tree))


def concerned(paths: Iterable[Path], root: Path) -> dict[Language, set[Path] | None]:
    """The languages to build when these files were saved.

    With the pages to be made anew first, if only pages were saved, which are seen in their own
    language only, or snippets, which pages name.
    """
    found: dict[Language, set[Path] | None] = {}
    for path in paths:
        parts = path.relative_to(root).parts
        own = [language for language in LANGUAGES if parts[:2] == ("docs", language.name)]
        is_page = own and path.suffix == ".md"
        for language in own if is_page else LANGUAGES:
            seen = {path} if is_page else set(_naming(path, root, language))
            pages = found.setdefault(language, set())
            found[language] = pages | seen if seen and pages is not None else None
    return found


def _naming(path: Path, root: Path, language: Language) -> Iterator[Path]:
    """The pages that name a snippet: they show it, or quote it."""
    if not path.is_relative_to(root / "snippets"):
        return
    id_ = path.relative_to(root / "snippets").with_suffix("").as_posix()
    named = re.compile(rf"(?<![\w/-]){re.escape(id_)}(?![\w/-])")
    for page in find_pages(root / "docs" / language.name) if "/" in id_ else ():
        with suppress(OSError, SourceError):  # builds say so
            if named.search(read_source(page)):
                yield page
