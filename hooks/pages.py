"""MkDocs events → the package `reading`. No logic of its own."""

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from reading.glossary import GlossaryError, Term, read_glossary
from reading.lemma import Lemmatizer
from reading.search import Indexed, build_index, dump, query_help, stub
from reading.sections import read_sections
from reading.worker import name_worker, write_worker
from snippetlab.project import cache_directory

log = logging.getLogger("mkdocs.hooks.pages")


class State:
    """What one build hands from event to event."""

    terms: tuple[Term, ...] = ()
    pages: list[Indexed]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    docs = Path(config.docs_dir)
    try:
        State.terms = read_glossary(docs.parent / "glossary.yml", docs.parent / "ko")
    except GlossaryError as error:
        raise PluginError(str(error)) from None
    State.pages = []
    return config


@event_priority(-50)
def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    sections = read_sections(page.content)
    title = str(page.meta.get("title", page.title))
    State.pages.append(Indexed(page.url, page.file.src_uri, title, sections))
    return context


@event_priority(-50)
def on_post_page(output: str, **_: Any) -> str:
    return name_worker(output)


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    _write_index(config)


def _write_index(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    language = config.theme["language"]
    lemmas = None
    if language == "ko":
        try:
            lemmas = Lemmatizer(cache_directory() / "lemmas.json")
        except ImportError:
            log.info("search finds no inflected verbs: kiwipiepy is not installed")
    options = config.plugins["material/search"].config
    settings = {key: options[key] for key in ("lang", "separator", "pipeline")}
    pages = State.pages
    index = build_index(pages, State.terms, settings, lemmas.words if lemmas else None)
    index["config"]["help"] = query_help(lemmas.shapes() if lemmas else {}, State.terms, pages)
    if lemmas:
        lemmas.save()
    (site / "search/sections.json").write_text(dump(index), encoding="utf-8")
    first = dump(stub(index, "../../../search/sections.json"))
    (site / "search/search_index.json").write_text(first, encoding="utf-8")
    write_worker(site)
