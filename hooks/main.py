"""MkDocs events → the engine's plugin, with what only this site has: see hooks/generate.py, too."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from generated.sources import linked_sources
from reading.compiled import compiled
from snippetlab.errors import EngineError
from snippetlab.hosts.mkdocs import SnippetlabPlugin, log
from snippetlab.images.browser.image import PLACE, BrowserImage, find_browser_image
from snippetlab.labs.browser.files import downloads
from snippetlab.project import cache_directory
from snippetlab.show.block import Machine
from snippetlab.snippet.entry import Entry

_DRAWER = "assets/javascripts/drawer.mjs"
_OPENER = 'data-machine="machine:terminal.html"'
"""What a button of a page has that opens the machine, wherever that lies."""


class Site(SnippetlabPlugin):  # type: ignore[no-untyped-call]
    """One language of this site."""

    foreign = False
    kept = compiled(cache_directory())

    def __init__(self) -> None:
        super().__init__()
        self.image: BrowserImage | None = None
        """Of the machine in the reader's tab."""
        self._up = ""
        """From this language to the root of the site."""

    def on_startup(self, **options: Any) -> None:
        super().on_startup(**options)
        # Nearly all that a build makes lives until its end, so that looking for garbage every 700
        # objects, and through all of them at last, finds little: 7 % of the time (Python 3.11).
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        wrong, _ = self.load_config({"snippets": config.extra.get("snippets", "live")})
        if wrong:
            raise PluginError("".join(f"extra.{name}: {error}" for name, error in wrong))
        config.extra["snippetlab"] = self  # for the other hooks, and for who called MkDocs
        config = super().on_config(config)
        self._up = "../" * config.extra.get("below", "").count("/")
        # Browsers load neither modules nor data from file://.
        offline = config.extra.get("offline")
        try:
            self.image = None if offline else find_browser_image(self.project)
        except EngineError as error:
            raise PluginError(str(error)) from None
        if not self.image:
            log.info("nothing can be run in the reader's tab: snippetlab lab build browser")
            scripts = [script for script in config.extra_javascript if str(script) != _DRAWER]
            config.extra_javascript = scripts
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the engine's files that pages link to, too."""
        super().on_files(files, config)
        assert self.build
        root = self.project.root
        try:
            for path in linked_sources(root, self.build.pages):
                self.add(f"source/{path.relative_to(root).as_posix()}", path)
        except EngineError as error:
            raise PluginError(str(error)) from None
        return files

    def on_page_markdown(self, markdown: str, page: Any, **_: Any) -> str:
        super().on_page_markdown(markdown, page)
        opener = f'data-machine="{self._address()}"' if self.image else "hidden"
        return markdown.replace(_OPENER, opener)

    def on_page_context(self, context: Any, page: Any, config: MkDocsConfig, **_: Any) -> Any:
        """Tell the language switch which languages have this page."""
        docs = Path(config.docs_dir).parent
        pages = {path.name: path / page.file.src_uri for path in docs.iterdir()}
        generated = page.file.abs_src_path is None  # in every language
        context["translations"] = [n for n, path in pages.items() if generated or path.is_file()]
        return context

    def pages(self, files: Files, config: MkDocsConfig) -> Sequence[Path]:
        """Those that were saved, where only these are made anew."""
        return config.extra.get("saved") or super().pages(files, config)

    def machine(self, entry: Entry) -> Machine | None:
        if not self.image:
            return None
        return Machine(self._address(), downloads(self.image, entry))

    def repository(self, config: MkDocsConfig) -> str:
        return (config.repo_url or "").rstrip("/")

    def _address(self) -> str:
        return f"{self.place_of_machine(self.page.url)}terminal.html"

    def place_of_machine(self, url: str) -> str:
        """Where the machine's files lie, as seen from the page with that URL."""
        return f"{self._up}{get_relative_url(PLACE, url).rstrip('/')}/"


site = Site()
on_startup = site.on_startup
on_config = site.on_config
on_files = site.on_files
on_page_markdown = site.on_page_markdown
on_page_content = site.on_page_content
on_env = site.on_env
on_page_context = site.on_page_context
on_post_build = site.on_post_build
on_build_error = site.on_build_error
