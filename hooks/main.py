"""MkDocs events → engine calls. No logic of its own: what happens is in snippetlab."""

import gc
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from snippetlab.build import Build
from snippetlab.corpus import read_corpus
from snippetlab.corpus_page import PLACE, with_tables
from snippetlab.errors import EngineError, SourceError, raise_all
from snippetlab.labs.browser.image import BrowserImage, find_image
from snippetlab.logs import make_logs_printable
from snippetlab.machine_page import PLACE as MACHINE_PLACE
from snippetlab.machine_page import machine_page
from snippetlab.markdown import Fences, ValueQuotations
from snippetlab.project import Project
from snippetlab.shown import anchors, faults
from snippetlab.snippet import Snippet
from snippetlab.verification_page import VerificationPage

log = logging.getLogger("mkdocs.hooks.snippetlab")

_FILES = "snippets"
"""Where the site keeps the snippets' files, relative to its root."""
_LINK = "snippet-file:"
"""What a link to one begins with until the page that holds it is known."""
_MACHINE = "machine:"
"""The same for the machine in the reader's tab, whose files lie in the root of both sites."""
_DRAWER = "assets/javascripts/drawer.mjs"


class State:
    """What one build hands from event to event."""

    serving = False
    build: Build | None = None
    machine: BrowserImage | None = None
    verification = VerificationPage("")
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
        State.machine = None if config.extra.get("offline") else find_image(project)
    except EngineError as error:
        raise PluginError(str(error)) from None
    language = config.theme["language"]
    library = State.build.library
    stated = State.build.recipe.stated
    facts = (library, State.build.lock, stated, State.build.verified)
    if not State.machine:
        log.info("nothing can be run in the reader's tab: snippetlab lab build browser")
        scripts = [script for script in config.extra_javascript if str(script) != _DRAWER]
        config.extra_javascript = scripts
    machine = f"{_MACHINE}terminal.html" if State.machine else ""
    repository = (config.repo_url or "").rstrip("/")
    fences = Fences(
        *facts, language=language, locate=_locate, machine=machine, repository=repository
    ).fences()
    superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    superfences["custom_fences"] = [*superfences.get("custom_fences", []), *fences]
    config.markdown_extensions.append(ValueQuotations(library, language))  # type: ignore[arg-type]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made here, and files of snippets and of the engine that pages link to."""
    assert State.build
    for id_ in State.build.shown:
        snippet = State.build.library.entries[id_].snippet
        uri = _locate(snippet).removeprefix(_LINK)
        files.append(File.generated(config, uri, abs_src_path=str(snippet.path)))
    about = machine_page(State.machine, config.theme["language"], _MACHINE)
    files.append(File.generated(config, "machine.md", content=about))
    for uri, source in _machine_files(config):
        if isinstance(source, Path):
            files.append(File.generated(config, uri, abs_src_path=str(source)))
        else:
            files.append(File.generated(config, uri, content=source))
    root = Path(config.config_file_path).parent
    for path in State.build.sources:
        uri = f"source/{path.relative_to(root).as_posix()}"
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    language = config.theme["language"]
    here = File.generated(config, "verification.md", content="")
    State.verification, data = State.build.verification(language, _seen_from(here, config))
    here.content_string = State.verification.markdown
    files.append(here)
    files.append(File.generated(config, "verification.json", content=data))
    here = File.generated(config, "reference/commands.md", content="")
    try:
        here.content_string = State.build.commands(language, _seen_from(here, config))
    except EngineError as error:
        raise PluginError(str(error)) from None
    if here.content_string:
        files.append(here)
    return files


def on_page_markdown(markdown: str, config: MkDocsConfig, **_: Any) -> str:
    """Put in the tables of what hostile snippets tried."""
    if PLACE not in markdown:
        return markdown
    try:
        corpus = read_corpus(Path(config.config_file_path).parent / "tests/hostile")
    except EngineError as error:
        raise PluginError(str(error)) from None
    return with_tables(markdown, corpus, config.theme["language"])


def on_page_content(html: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    """Make the links to snippet files and to the machine relative to the page.

    And see that the page shows what its source asks for, and that links may lead to it.
    """
    assert State.build
    page.present_anchor_ids |= set(anchors(html))
    if source := page.file.abs_src_path:
        language = config.theme["language"]
        State.faults += faults(Path(source), html, State.build.library, language)
    up = "../" * config.extra.get("below", "").count("/")
    machine = up + get_relative_url(MACHINE_PLACE, page.url).rstrip("/") + "/"
    if not State.machine:
        html = re.sub(f'<button[^>]*"{_MACHINE}.*?</button>', "", html, flags=re.DOTALL)
    html = re.sub(f'"{_MACHINE}([^"]*)"', lambda m: f'"{machine}{m[1]}"', html)
    return re.sub(f'"{_LINK}([^"]+)"', lambda m: f'"{get_relative_url(m[1], page.url)}"', html)


def on_env(env: Any, **_: Any) -> Any:
    """Refuse pages that show more or less than they should, now that all are rendered."""
    try:
        raise_all(State.faults)
    except EngineError as error:
        raise PluginError(str(error)) from None
    return env


def _machine_files(config: MkDocsConfig) -> Iterator[tuple[str, Path | str]]:
    """Only once, for both languages."""
    assert State.build
    if State.machine and not config.extra.get("below"):
        # All that fills the machine takes a while to import.
        from snippetlab.browser_files import site_files

        assets = Path(__file__).parent.parent / "docs/overrides/assets/machine"
        yield from site_files(State.machine, State.build.library, assets)


def on_page_context(context: Any, page: Any, config: MkDocsConfig, **_: Any) -> Any:
    """Tell the language switch which languages have this page."""
    docs = Path(config.docs_dir).parent
    pages = {path.name: path / page.file.src_uri for path in docs.iterdir()}
    generated = page.file.abs_src_path is None  # in every language
    context["translations"] = [n for n, path in pages.items() if generated or path.is_file()]
    return context


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Complete the page on verification: here, since search finds a claim where it is shown."""
    generated = page.file.src_uri == "verification.md"
    return State.verification.complete(output) if generated else output


def on_post_build(**_: Any) -> None:
    assert State.build
    try:
        State.build.finish()
    except EngineError as error:
        raise PluginError(str(error)) from None


def on_build_error(**_: Any) -> None:
    if State.build:
        State.build.stop()


def _seen_from(here: File, config: MkDocsConfig) -> Callable[[str], str]:
    """A page's path below the docs → its URL as seen from another page."""
    return lambda page: get_relative_url(File.generated(config, page, content="").url, here.url)


def _is_live(config: MkDocsConfig) -> bool:
    mode = config.extra.get("snippets", "live")
    if mode not in ("live", "recorded"):
        raise EngineError(f"extra.snippets cannot be {mode!r}\n    Use live or recorded.")
    return bool(mode == "live")


def _locate(snippet: Snippet) -> str:
    return f"{_LINK}{_FILES}/{snippet.id}{snippet.path.suffix}"
