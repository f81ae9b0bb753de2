"""MkDocs events → the package `reading`. No logic of its own."""

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from reading import lemma
from reading.addresses import edit_uri, site_url
from reading.asked import Asked, read_asked, read_respelled
from reading.assets import faults as asset_faults
from reading.assets import without_leftovers
from reading.compiled import compiled
from reading.content import Content
from reading.fonts import Font, fonts_in
from reading.glossary import Term, explained, read_glossary
from reading.history import UNSHALLOW, in_words, is_shallow, last_changes
from reading.kept import Kept
from reading.languages import Language, languages
from reading.lemma import Lemmatizer, lemmatizer_version
from reading.markup import faults
from reading.outputs import Outputs, Written
from reading.policy import inline_scripts, template_scripts
from reading.question import query_words
from reading.repairs import mend_page
from reading.search import Indexed
from reading.worker import name_worker
from snippetlab.errors import EngineError, SourceError, raise_all
from snippetlab.project import cache_directory
from snippetlab.show.words import Words, read_words

log = logging.getLogger("mkdocs.hooks.pages")


class State:
    """What one build hands from event to event."""

    serving = False
    dirty = False
    """Whether most pages stay as they are, and with them what is made of all."""
    terms: tuple[Term, ...] = ()
    asked: ClassVar[Asked] = {}
    fonts: tuple[Font, ...] = ()
    languages: tuple[Language, ...] = ()
    words: ClassVar[Mapping[str, Words]] = {}
    """Of each language."""
    changes: dict[str, datetime]
    content: Content
    outputs: Outputs
    faults: ClassVar[list[SourceError]] = []
    """Of the pages that were rendered."""


def on_startup(*, command: str, dirty: bool) -> None:
    State.serving, State.dirty = command == "serve", dirty


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    State.faults = []
    docs = Path(config.docs_dir)
    config.site_url = site_url(config.site_url or "", config.extra.get("below", ""), os.environ)
    if config.repo_url:
        # MkDocs would take the branch to be master, and the docs of both languages for one.
        config.edit_uri = f"{edit_uri(os.environ)}{docs.name}/"
    if config.extra.get("offline"):
        config.use_directory_urls = False
    State.languages = languages(docs.parent.parent)
    try:
        State.words = {
            language.name: read_words(docs.parent / "words", language.name)
            for language in State.languages
        }
        State.terms = read_glossary(docs.parent / "glossary.yml", docs.parent)
        State.asked = read_asked(docs.parent / "search.toml", docs.parent)
        respelled = read_respelled(docs.parent.parent / "tools/words.toml")
    except EngineError as error:
        raise PluginError(str(error)) from None
    config.extra["terms"] = State.terms  # for hooks/generate.py
    State.fonts = fonts_in(Path(sys.prefix) / "share/fonts")
    if not State.fonts:
        log.info("pages use the reader's fonts: make fonts would fetch the site's")
    State.changes = last_changes(docs.parent.parent, docs.parent.name)
    if is_shallow(docs.parent.parent):
        log.info(f"pages say no dates, since this clone is shallow: {UNSHALLOW} brings them")
    State.content = Content(explained(State.terms, config.theme["language"]), cache_directory())
    State.outputs = Outputs(
        State.fonts,
        State.terms,
        query_words((words["questions"] for words in State.words.values()), respelled),
        cache_directory(),
        whole=State.serving,
        say=log.info,
    )
    config.extra["alternate"] = list(_alternates(docs.name))
    return config


def _alternates(own: str) -> Iterator[dict[str, str]]:
    """For the language switch: what each language calls itself, and the way to it."""
    here = next(language for language in State.languages if language.name == own)
    for language in State.languages:
        words, name = State.words[language.name], language.name
        said = words["page"]["language"] if "page.language" not in words.lacking else name
        yield {"name": said, "link": here.link_to(language), "lang": name}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """See what lies beside the pages."""
    without_leftovers(files)
    try:
        raise_all(asset_faults(files, Path(config.docs_dir)))
    except EngineError as error:
        raise PluginError(str(error)) from None
    return files


def on_env(env: Any, config: MkDocsConfig, **_: Any) -> Any:
    """All pages are rendered now, but not yet put into their templates."""
    try:
        raise_all(State.faults)
    except EngineError as error:
        raise PluginError(str(error)) from None
    env.bytecode_cache = compiled(cache_directory())
    words = _own(config)
    env.globals |= {"words": words, "all_words": list(State.words.values())}
    said = {
        "code": words["page"]["code"],
        "drawer": words["drawer"] if config.extra["snippetlab"].image else None,
    }
    env.globals["script_words"] = json.dumps(said, ensure_ascii=False)
    env.globals["fonts"] = [font.role for font in State.fonts]
    State.outputs.scripts = template_scripts(env, config)
    return env


@event_priority(-50)
def on_page_content(html: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    language = config.theme["language"]
    path = Path(config.docs_dir).parent.name + f"/{language}/{page.file.src_uri}"
    if when := State.changes.get(path):
        page.meta["git_revision_date_localized"] = in_words(when, _own(config)["dates"])
    State.faults += faults(Path(page.file.abs_src_path or page.file.src_uri), html)
    # Material's own index, which ours replaces, took as long as the rest of this page.
    page.meta["search"] = {"exclude": True}
    return State.content.mended(html)


@event_priority(-50)
def on_page_context(context: Any, page: Any, config: MkDocsConfig, **_: Any) -> Any:
    title = str(page.meta.get("title", page.title))
    address = page.canonical_url or ""
    site = config.site_url or ""
    described = str(page.meta.get("description") or "")
    sections = State.content.sections(page.content)
    asked = State.asked.get(page.file.src_uri, {})
    written = Written(
        Indexed(page.url, page.file.src_uri, title, sections, described, asked),
        described or str(config.site_description),
        address,
        "" if State.serving else State.content.markdown(page.content, address),
    )
    State.outputs.pages.append(written)
    root = site.removesuffix(config.extra.get("below", ""))
    links = {alt["lang"]: alt["link"] for alt in config.extra.get("alternate", ())}
    if len(context.get("translations", ())) > 1:
        # `./en/` and `../` are relative to each language's own home.
        context["alternates"] = [
            *((name, urljoin(site, links[name]) + page.url) for name in links),
            ("x-default", urljoin(root, page.url)),
        ]
    if not State.serving:
        context["markdown"] = written.markdown_path
        if State.fonts:
            context["card"] = urljoin(site, written.card_path)
    return context


@event_priority(-50)
def on_post_page(output: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    State.outputs.characters |= set(output)
    State.outputs.files.append(page.file.dest_uri)
    return mend_page(name_worker(output), _own(config)["page"]["crumbs"])


@event_priority(-50)
def on_post_template(
    output_content: str, template_name: str, config: MkDocsConfig, **_: Any
) -> str:
    if template_name.endswith(".html"):
        State.outputs.characters |= set(output_content)
        State.outputs.files.append(template_name)
    return mend_page(name_worker(output_content), _own(config)["page"]["crumbs"])


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    if State.dirty:
        return
    site, outputs = Path(config.site_dir), State.outputs
    options = config.plugins["material/search"].config
    settings = {key: options[key] for key in ("lang", "separator", "pipeline")}
    outputs.write_search(site, settings, _lemmas(config), whole=bool(config.extra.get("offline")))
    outputs.write_fonts(site)
    if not State.serving:  # where a sheet may change alone
        outputs.write_sheets(site, config.site_url or "")
    moved = _moved(config)
    outputs.files += moved
    # The configuration alone says what these hold.
    texts = ((site / file).read_text(encoding="utf-8") for file in moved)
    outputs.scripts = outputs.scripts.union(*map(inline_scripts, texts))
    State.content.forget()
    if not State.serving:
        outputs.write_cards(site, config.site_name)
        outputs.write_markdown(
            site, config.site_url or "", config.site_name, config.site_description or ""
        )
    if not config.extra.get("offline"):
        if not State.serving:  # it would refuse the script that reloads the page
            outputs.write_policy(site, root=not config.extra.get("below"))
        if not config.extra.get("below"):
            outputs.write_robots(site, config.site_url or "", State.languages)


def _own(config: MkDocsConfig) -> Words:
    return State.words[Path(config.docs_dir).name]


def _moved(config: MkDocsConfig) -> list[str]:
    """What the plugin `redirects` wrote, which no other event tells of."""
    old = config.plugins["redirects"].config["redirect_maps"]
    return [File(name, "", "", config.use_directory_urls).dest_uri for name in old]


def _lemmas(config: MkDocsConfig) -> Lemmatizer | None:
    """A preview does without: their model alone takes seconds to be loaded."""
    if config.theme["language"] != "ko" or State.serving:
        return None
    try:
        kept = Kept(cache_directory() / "lemmas", lemma, lemmatizer_version())
        return Lemmatizer(kept, log.info)
    except ImportError:
        log.info("search knows no inflected verbs: kiwipiepy is not installed")
        return None
