"""MkDocs events → the package `generated`. No logic of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from generated.attacks import PLACE, with_tables
from generated.corpus import read_corpus
from generated.glossary import PAGE, glossary_page
from generated.markdown import TEMPLATES
from generated.oracle import read_outcomes
from generated.places import places_of
from generated.programs import read_programs
from generated.reference import reference_page
from generated.tab_machine import sentences, tab_machine_page
from generated.verification import VerificationPage, verification_data, verification_page
from snippetlab.errors import EngineError
from snippetlab.hosts.build import Build
from snippetlab.images.browser.image import BrowserImage
from snippetlab.show.templates import Templates

_MADE = ("machine.md", "verification.md", "verification.json", "reference/commands.md", PAGE)
"""What is made here from other pages and snippets."""


class State:
    """What one build hands from event to event."""

    templates: Templates
    verification = VerificationPage("")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made here. Other hooks left what they are made of."""
    site = config.extra["snippetlab"]
    build, machine, words = site.build, site.image, site.words
    State.templates = Templates(words, TEMPLATES, kept=site.kept)

    def add(uri: str, content: str | Path) -> None:
        if isinstance(content, Path):
            files.append(File.generated(config, uri, abs_src_path=str(content)))
        else:
            files.append(File.generated(config, uri, content=content))

    if config.extra.get("saved"):  # only that is made anew; these stay, and links may lead there
        for uri in _MADE:
            add(uri, "")
        return files
    place = site.place_of_machine(_url("machine.md", config))
    add("machine.md", tab_machine_page(machine, place, State.templates))
    if machine and not config.extra.get("below"):  # once, for all languages
        for file in _machine_files(build, machine):
            add(*file)
    facts = (
        build.library,
        places_of(build, _seen_from("verification.md", config)),
        build.lock,
        build.verified,
    )
    try:
        outcomes = read_outcomes(build.docs.parent)
    except EngineError as error:
        raise PluginError(str(error)) from None
    State.verification = verification_page(*facts, State.templates, outcomes)
    add("verification.md", State.verification.markdown)
    add("verification.json", verification_data(*facts, words))
    try:
        groups = read_programs(build.docs.parent / "commands.yml")
    except EngineError as error:
        raise PluginError(str(error)) from None
    if groups:
        places = places_of(build, _seen_from("reference/commands.md", config))
        add("reference/commands.md", reference_page(build.library, groups, places, State.templates))
    seen, docs = _seen_from(PAGE, config), Path(config.docs_dir)
    if glossary := glossary_page(config.extra["terms"], docs, State.templates, seen):
        add(PAGE, glossary)
    return files


def on_page_markdown(markdown: str, config: MkDocsConfig, **_: Any) -> str:
    """Put in the tables of what hostile snippets tried."""
    if PLACE not in markdown:
        return markdown
    try:
        corpus = read_corpus(Path(config.config_file_path).parent / "tests/hostile")
    except EngineError as error:
        raise PluginError(str(error)) from None
    return with_tables(markdown, corpus, State.templates)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Complete the page on verification: here, since search finds a claim where it is shown."""
    generated = page.file.src_uri == "verification.md"
    return State.verification.complete(output) if generated else output


def _machine_files(build: Build, machine: BrowserImage) -> Iterator[tuple[str, Path | str]]:
    # All that fills the machine takes a while to import.
    from snippetlab.labs.browser.files import site_files

    assets = Path(__file__).parent.parent / "docs/overrides/assets/machine"
    yield from site_files(machine, build.library, assets, sentences(build.docs.parent.parent))


def _seen_from(here: str, config: MkDocsConfig) -> Callable[[str], str]:
    """A page's path below the docs → its URL as seen from another page."""

    return lambda page: str(get_relative_url(_url(page, config), _url(here, config)))


def _url(page: str, config: MkDocsConfig) -> str:
    return str(File.generated(config, page, content="").url)
