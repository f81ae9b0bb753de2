"""The engine as an extension of Markdown, for Zensical, which runs neither hooks nor plugins:

    markdown_extensions:
      snippetlab.hosts.zensical: {}

Snippets are shown from their recordings. What a plugin would bring into the site, this writes
there while pages are rendered, and each page with a transcript asks for it by itself.
"""

import logging
import posixpath
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from snippetlab.checkout import read
from snippetlab.errors import EngineError
from snippetlab.files import write_atomically
from snippetlab.hosts.stating import stated_in
from snippetlab.project import Project
from snippetlab.run.lock import read_lock
from snippetlab.run.verification import read_verification
from snippetlab.show.markdown import Fences
from snippetlab.show.styles import SCRIPTS, STYLES, path_of
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, read_words
from snippetlab.snippet.library import Library, load_library
from snippetlab.snippet.snippet import Snippet

log = logging.getLogger(__name__)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - Markdown's name
    """For Python-Markdown, which looks for it by this module's name."""
    return ZensicalSnippets(**options)


class ZensicalSnippets(Extension):
    """What one page asks for."""

    def __init__(self, **options: Any) -> None:
        self.config = {"language": ["", "Of what is said around transcripts; else the theme's."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Every page has a Markdown of its own."""
        page = _Page(md)
        project = Project(Path(page.settings["root_dir"] or ".").absolute())
        language = self.getConfig("language") or page.settings["theme"].get("language") or "en"
        library = _library(project, _stamp(project))
        Fences(
            library,
            read_lock(project.lab / "lock.toml"),
            stated_in(project, library),
            read_verification(project.snippets / "verification.json"),
            templates=Templates(_words(project, language)),
            locate=page.locate,
        ).extension().extendMarkdown(md)
        md.postprocessors.register(_Looks(page), "snippetlab-looks", 0)


class _Page:
    """The one that is rendered, and the site that it will be in."""

    def __init__(self, md: Markdown) -> None:
        from zensical.extensions.context import ContextPreprocessor

        if not (context := ContextPreprocessor.from_markdown(md)):
            raise EngineError("snippetlab.hosts.zensical is for Zensical: MkDocs has plugins")
        self._source = context.page.path
        self.settings = context.config

    def bring(self, uri: str, content: bytes) -> str:
        """The way to what the site has at that place, as of now.

        From the source of the page: as of all links, Zensical makes one from the page of it.
        """
        path = Path(self.settings["root_dir"], self.settings["site_dir"], uri)
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)
        return posixpath.relpath(uri, posixpath.dirname(self._source) or ".")

    def locate(self, snippet: Snippet) -> str:
        return self.bring(f"snippets/{snippet.id}{snippet.path.suffix}", read(snippet.path))


class _Looks(Postprocessor):
    """Styles and script: a page's head is not Markdown's to write."""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self._page = page

    def run(self, text: str) -> str:
        if 'class="transcript' not in text and 'class="chart' not in text:
            return text
        styles, scripts = map(self._brought, (STYLES, SCRIPTS))
        links = [f'<link rel="stylesheet" href="{href}">' for href in styles]
        return "\n".join([*links, text, *(f'<script src="{src}"></script>' for src in scripts)])

    def _brought(self, names: Sequence[str]) -> list[str]:
        return [self._page.bring(name, path_of(name).read_bytes()) for name in names]


def _stamp(project: Project) -> tuple[tuple[str, int], ...]:
    """Another one when a snippet or a recording is another."""
    paths = sorted(path for path in project.snippets.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths)


@cache
def _library(project: Project, _: object) -> Library:
    return load_library(project)


@cache
def _words(project: Project, language: str) -> Words:
    return read_words(project.words, language, log.info)
