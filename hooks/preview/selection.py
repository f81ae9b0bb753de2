"""Which pages a dirty build makes anew: those that were saved, whatever the clocks say.

All else stays as it was, and is made anew by the whole build that follows: navigation, the pages
that are made from others, search.
"""

import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from preview.job import Job

_SEARCH = "search"
"""The directory with what Material's plugin would write of these pages alone."""


class Selection(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Does nothing in a whole build."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._base, self._site = Path(job.base), Path(job.site)
        self._pages = job.pages
        self._is_dirty = job.is_dirty

    def prepare(self) -> None:
        """Copies, since MkDocs writes into the files that are there, and readers have the old."""
        if self._is_dirty:
            shutil.copytree(self._base, self._site, ignore=_other_languages)

    def on_nav(self, nav: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """MkDocs would look at times, and give pages that it does not read no title."""
        if self._is_dirty:
            for file in files:
                wanted = file.abs_src_path in self._pages
                if file.is_documentation_page() or file.abs_src_path is None:
                    file.is_modified = _answer(wanted)  # type: ignore[method-assign]
                if file.page and not wanted:
                    file.page.read_source(config)
        return nav

    def complete(self) -> None:
        """Search stays as it was."""
        if self._is_dirty:
            old, new = (site / _SEARCH for site in (self._base, self._site))
            shutil.copytree(old, new, dirs_exist_ok=True)


def _other_languages(directory: str, names: list[str]) -> set[str]:
    """The only symbolic links."""
    return {name for name in names if Path(directory, name).is_symlink()}


def _answer(wanted: bool) -> Any:
    return lambda: wanted
