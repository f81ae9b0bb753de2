"""MkDocs events → engine calls. No logic of its own: what happens is in snippetlab."""

import gc
import logging
import re
from pathlib import Path
from typing import Any, ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from reading.compiled import compiled
from snippetlab.errors import EngineError, SourceError, raise_all
from snippetlab.hosts.build import Build
from snippetlab.images.browser.image import LINK, PLACE, BrowserImage, find_browser_image
from snippetlab.logs import make_logs_printable
from snippetlab.project import Project, cache_directory
from snippetlab.show.markdown import Fences, ValueQuotations
from snippetlab.show.shown import anchors, faults
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, read_words
from snippetlab.snippet.snippet import Snippet

log = logging.getLogger("mkdocs.hooks.snippetlab")

_FILES = "snippets"
"""Where the site keeps the snippets' files, relative to its root."""
_LINK = "snippet-file:"
"""What a link to one begins with until the page that holds it is known."""
_DRAWER = "assets/javascripts/drawer.mjs"


class State:
    """What one build hands from event to event."""

    serving = False
    build: Build | None = None
    machine: BrowserImage | None = None
    words: Words
    faults: ClassVar[list[SourceError]] = []
    """Of the pages that were rendered."""


def on_startup(*, command: str, **_: Any) -> None:
    State.serving = command == "serve"
    make_logs_printable("", "mkdocs")
    # Nearly all that a build makes lives until its end, so that looking for garbage every 700
    # objects, and through all of them at last, finds little: 7 % of the time (Python 3.11).
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    State.faults = []
    try:
        project = Project.find(Path(config.config_file_path).parent)
        State.build = Build(
            project,
            Path(config.docs_dir),
            config.extra.get("saved", ()),
            live=_is_live(config),
            write=State.serving,
            say=log.info,
        )
        try:
            State.build.start()
        finally:
            # For who called MkDocs: the preview does not take these for somebody's changes.
            config.extra["recorded"] = State.build.recorded
        # Browsers load neither modules nor data from file://.
        State.machine = None if config.extra.get("offline") else find_browser_image(project)
        State.words = read_words(project.words, config.theme["language"], log.info)
    except EngineError as error:
        raise PluginError(str(error)) from None
    # For this site's own pages: hooks/generate.py.
    config.extra |= {"build": State.build, "machine": State.machine, "words": State.words}
    library = State.build.library
    stated = State.build.recipe.stated
    facts = (library, State.build.lock, stated, State.build.verified)
    if not State.machine:
        log.info("nothing can be run in the reader's tab: snippetlab lab build browser")
        scripts = [script for script in config.extra_javascript if str(script) != _DRAWER]
        config.extra_javascript = scripts
    machine = f"{LINK}terminal.html" if State.machine else ""
    repository = (config.repo_url or "").rstrip("/")
    own = Path(config.config_file_path).parent / "docs/overrides/snippetlab"
    templates = Templates(State.words, own, kept=compiled(cache_directory()))
    fences = Fences(
        *facts, templates=templates, locate=_locate, machine=machine, repository=repository
    ).fences()
    superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    superfences["custom_fences"] = [*superfences.get("custom_fences", []), *fences]
    config.markdown_extensions.append(ValueQuotations(State.build.figures, State.words))  # type: ignore[arg-type]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files of snippets and of the engine that pages link to."""
    assert State.build
    for id_ in State.build.shown:
        snippet = State.build.library.entries[id_].snippet
        uri = _locate(snippet).removeprefix(_LINK)
        files.append(File.generated(config, uri, abs_src_path=str(snippet.path)))
    root = Path(config.config_file_path).parent
    for path in State.build.sources:
        uri = f"source/{path.relative_to(root).as_posix()}"
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files


def on_page_content(html: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    """Make the links to snippet files and to the machine relative to the page.

    And see that the page shows what its source asks for, and that links may lead to it.
    """
    assert State.build
    page.present_anchor_ids |= set(anchors(html))
    if source := page.file.abs_src_path:
        State.faults += faults(
            State.build.page(Path(source)), html, State.build.figures, State.words
        )
    up = "../" * config.extra.get("below", "").count("/")
    machine = up + get_relative_url(PLACE, page.url).rstrip("/") + "/"
    if not State.machine:
        html = re.sub(f'<button[^>]*"{LINK}.*?</button>', "", html, flags=re.DOTALL)
    html = re.sub(f'"{LINK}([^"]*)"', lambda m: f'"{machine}{m[1]}"', html)
    return re.sub(f'"{_LINK}([^"]+)"', lambda m: f'"{get_relative_url(m[1], page.url)}"', html)


def on_env(env: Any, **_: Any) -> Any:
    """Refuse pages that show more or less than they should, now that all are rendered."""
    try:
        raise_all(State.faults)
    except EngineError as error:
        raise PluginError(str(error)) from None
    return env


def on_page_context(context: Any, page: Any, config: MkDocsConfig, **_: Any) -> Any:
    """Tell the language switch which languages have this page."""
    docs = Path(config.docs_dir).parent
    pages = {path.name: path / page.file.src_uri for path in docs.iterdir()}
    generated = page.file.abs_src_path is None  # in every language
    context["translations"] = [n for n, path in pages.items() if generated or path.is_file()]
    return context


def on_post_build(**_: Any) -> None:
    assert State.build
    try:
        State.build.finish()
    except EngineError as error:
        raise PluginError(str(error)) from None


def on_build_error(**_: Any) -> None:
    if State.build:
        State.build.stop()


def _is_live(config: MkDocsConfig) -> bool:
    mode = config.extra.get("snippets", "live")
    if mode not in ("live", "recorded"):
        raise EngineError(f"extra.snippets cannot be {mode!r}\n    Use live or recorded.")
    return bool(mode == "live")


def _locate(snippet: Snippet) -> str:
    return f"{_LINK}{_FILES}/{snippet.id}{snippet.path.suffix}"
