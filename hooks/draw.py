"""MkDocs events → the package `pictures`. No logic of its own."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from pymdownx.superfences import SuperFencesException

from pictures.figure import TEMPLATES, figure
from pictures.picture import read_picture
from pictures.place import find_place
from snippetlab.errors import EngineError
from snippetlab.show.templates import Templates


class _RefusedError(SuperFencesException, PluginError):  # type: ignore[misc]
    """What SuperFences lets through, and MkDocs shows without a traceback."""


class _Drawn:
    """What one build hands from event to event."""

    figures: dict[str, str]
    """The pictures of its language, by name."""
    page: Path


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Know the fence `picture`."""
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    own = {"name": "picture", "class": "picture", "format": _format}
    fences["custom_fences"] = [*fences.get("custom_fences", ()), own]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Draw all of them, of which pages take what they show."""
    site = config.extra["snippetlab"]
    docs, language = Path(config.docs_dir).parent, config.theme["language"]
    templates = Templates(site.words, TEMPLATES, kept=site.kept)
    try:
        pictures = map(read_picture, sorted((docs / "pictures").glob("*.yml")))
        _Drawn.figures = {
            picture.name: str(figure(picture, site.build.library, templates, language))
            for picture in pictures
        }
    except EngineError as error:
        raise PluginError(str(error)) from None
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    _Drawn.page = Path(page.file.abs_src_path or page.file.src_uri)
    return markdown


def _format(source: str, *_: Any, **__: Any) -> str:
    try:
        return _Drawn.figures[find_place(_Drawn.page, source.strip(), _Drawn.figures)]
    except EngineError as error:
        raise _RefusedError(str(error)) from None
