"""The engine as a plugin of MkDocs, and of ProperDocs, which takes those of MkDocs.

plugins: [search, snippetlab]
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import BytecodeCache
from mkdocs.config import Config
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url
from pymdownx.superfences import SuperFencesException

from snippetlab.errors import EngineError, SourceError, raise_all
from snippetlab.hosts.build import Build
from snippetlab.hosts.configuration import language_of, refuse_namesakes
from snippetlab.logs import make_logs_printable
from snippetlab.project import Project
from snippetlab.show.block import Machine
from snippetlab.show.fence import FenceError, parse_experiment, parse_fence
from snippetlab.show.markdown import Fences, Snippets
from snippetlab.show.notes import Read
from snippetlab.show.shown import faults
from snippetlab.show.styles import SCRIPTS, STYLES, path_of
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, read_words
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.snippet import Snippet

log = logging.getLogger("mkdocs.plugins.snippetlab")


class Options(Config):  # type: ignore[no-untyped-call]
    """What may stand below the plugin's name."""

    snippets = options.Choice(("live", "recorded"), default="live")
    """live: those of the namespace lab run and are compared while pages render. recorded: none."""
    language = options.Optional(options.Type(str))
    """Of what is said around transcripts; else that of the theme."""


class _RefusedError(SuperFencesException, PluginError):  # type: ignore[misc]
    """What SuperFences lets through, and MkDocs shows without a traceback."""


class SnippetlabPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """The events of one site, in one build after another."""

    foreign: ClassVar = True
    """Whether the site has rules of its own for all but snippets (see Build)."""
    kept: ClassVar[BytecodeCache | None] = None
    """Where compiled templates are kept."""

    def __init__(self) -> None:
        self.serving = False
        self.project: Project
        self.words: Words
        self.templates: Templates
        self.build: Build | None = None
        """None until the site's files are known."""
        self.page: Any = None
        """The one that is being rendered."""
        self._site: tuple[Files, MkDocsConfig]
        self._fences: Fences
        self._anchors: list[str] = []
        """Of that page's transcripts."""
        self._faults: list[SourceError] = []
        """Of the pages that were rendered."""

    @property
    def recorded(self) -> Sequence[Path]:
        """The recordings that this build has made."""
        return self.build.recorded if self.build else ()

    def on_startup(self, *, command: str, **_: Any) -> None:
        self.serving = command == "serve"
        make_logs_printable("", "mkdocs", "properdocs")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.build, self.page, self._faults = None, None, []
        self.project = Project(Path(config.config_file_path or "mkdocs.yml").absolute().parent)
        language = self.config.language or language_of(config.theme)
        with _as_plugin_error():
            refuse_namesakes(config)
            self.words = read_words(self.project.words, language, log.info)
        own = [Path(d) / "snippetlab" for d in [config.theme.custom_dir] if d]
        self.templates = Templates(self.words, *own, kept=self.kept)
        # First, so that what the site itself says of them weighs more.
        config.extra_css[:0] = [name for name in STYLES if name not in config.extra_css]
        config.extra_javascript += [n for n in SCRIPTS if n not in config.extra_javascript]
        snippet, experiment, chart = (
            _for_superfences(one) for one in (self._format, self._experiment, self._chart)
        )
        link = self.words["transcript"]["note-link"]
        ours: Any = Snippets(snippet, experiment, chart, self._quote, link)
        config.markdown_extensions.append(ours)
        return config

    @event_priority(-100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Read what pages ask for, and bring along what they will link to."""
        self._site = files, config
        for file in list(files):
            if file.abs_src_path and Path(file.abs_src_path).parent == self.project.words:
                files.remove(file)  # they say what is on pages, and are none
        with _as_plugin_error():
            self.build = self._start(config, self.pages(files, config))
        self._fences = Fences(
            self.build.library,
            self.build.lock,
            self.build.stated,
            self.build.verified,
            templates=self.templates,
            locate=self._locate,
            machine=self.machine,
            repository=self.repository(config),
        )
        for name in (*STYLES, *SCRIPTS):
            self.add(name, path_of(name))
        for id_ in self.build.shown:
            self._add_snippet(self.build.library.entries[id_].snippet)
        return files

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: Any, **_: Any) -> str:
        """Links of a transcript begin at the page that is about to be rendered."""
        self.page, self._anchors = page, []
        return markdown

    def on_page_content(self, html: str, page: Any, **_: Any) -> str:
        """See that the page shows what its source asks for, and that links may lead to it."""
        assert self.build
        page.present_anchor_ids |= set(self._anchors)
        if source := page.file.abs_src_path:
            read, figures = self.build.page(Path(source)), self.build.figures
            self._faults += faults(read, html, figures, self.words, foreign=self.foreign)
        return html

    def on_env(self, env: Any, **_: Any) -> Any:
        """Refuse pages that show more or less than they should, now that all are rendered."""
        with _as_plugin_error():
            raise_all(self._faults)
        return env

    def on_post_build(self, **_: Any) -> None:
        assert self.build
        with _as_plugin_error():
            self.build.finish()

    def on_build_error(self, **_: Any) -> None:
        if self.build:
            self.build.stop()

    def on_serve(self, server: Any, **_: Any) -> Any:
        """What is saved there is seen, too."""
        for path in (self.project.snippets, self.project.words, self.project.lab):
            if path.is_dir():
                server.watch(str(path))
        return server

    def pages(self, files: Files, config: MkDocsConfig) -> Sequence[Path]:  # noqa: ARG002
        """The sources of the site's pages."""
        pages = files.documentation_pages(inclusion=lambda level: level != InclusionLevel.EXCLUDED)
        return [Path(file.abs_src_path) for file in pages if file.abs_src_path]

    def machine(self, entry: Entry) -> Machine | None:  # noqa: ARG002
        """What runs the snippet in the reader's tab, as seen from the page."""
        return None

    def repository(self, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Where readers report what they saw."""
        return ""

    def add(self, uri: str, path: Path) -> None:
        """Publish that file there, unless the site has one of its own."""
        files, config = self._site
        if not files.get_file_from_path(uri):
            inclusion = InclusionLevel.INCLUDED
            files.append(File.generated(config, uri, abs_src_path=str(path), inclusion=inclusion))

    def _start(self, config: MkDocsConfig, pages: Sequence[Path]) -> Build:
        self.build = Build(
            self.project,
            Path(config.docs_dir),
            pages,
            live=self.config.snippets == "live",
            write=self.serving,
            say=log.info,
            foreign=self.foreign,
        )
        self.build.start()
        return self.build

    def _format(self, body: str, read: Read) -> str:
        assert self.build
        html = self._fences.format(body, read)
        self._anchors += self.build.show(parse_fence(body))
        return html

    def _experiment(self, body: str) -> str:
        assert self.build
        self._anchors += self.build.show(parse_experiment(body))
        return self._fences.experiment(body)

    def _chart(self, body: str) -> str:
        return self._fences.chart(body)

    def _quote(self, id_: str, name: str, format_: str) -> tuple[str, str]:
        with _as_plugin_error():
            return self._fences.quote(id_, name, format_)

    def _locate(self, snippet: Snippet) -> str:
        uri = self._add_snippet(snippet)
        return str(get_relative_url(uri, self.page.url if self.page else ""))

    def _add_snippet(self, snippet: Snippet) -> str:
        uri = f"snippets/{snippet.id}{snippet.path.suffix}"
        self.add(uri, snippet.path)
        return uri


def _for_superfences(formatter: Callable[..., str]) -> Callable[..., str]:
    def format_(*given: Any) -> str:
        try:
            return formatter(*given)
        except (SuperFencesException, FenceError, EngineError) as error:
            raise _RefusedError(str(error)) from None

    return format_


@contextmanager
def _as_plugin_error() -> Iterator[None]:
    try:
        yield
    except EngineError as error:
        raise PluginError(str(error)) from None
