"""MkDocs events → the package `generated`. No logic of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from generated import commands
from generated.api import ENGINE, MODULES, api, file_of
from generated.attacks import PLACE, with_tables
from generated.compared import compared, read_compared
from generated.corpus import read_corpus
from generated.glossary import PAGE, glossary_page
from generated.made import PLACE as MADE_PLACE
from generated.made import Made, Maker, complete, fill_places
from generated.markdown import TEMPLATES
from generated.oracle import read_outcomes
from generated.places import places_of
from generated.programs import read_programs
from generated.reference import reference_page
from generated.schemas import NAMES, schemas
from generated.tab_machine import sentences, tab_machine_page
from generated.tables import tables
from generated.verification import VerificationPage, verification_data, verification_page
from generated.versions import versions
from snippetlab.errors import EngineError
from snippetlab.files import read_source
from snippetlab.hosts.build import Build
from snippetlab.images.browser.image import BrowserImage
from snippetlab.project import cache_directory
from snippetlab.show.templates import Templates

_SCHEMA = "reference/{}.schema.json"
_MADE = (
    *("machine.md", "verification.md", "verification.json", "reference/commands.md", PAGE),
    *(_SCHEMA.format(name) for name in NAMES),
)
"""What is made here from other pages and snippets."""


@dataclass
class Generated:
    """What one build hands from event to event."""

    templates: Templates
    verification: VerificationPage = field(default_factory=lambda: VerificationPage(""))
    late: dict[str, dict[str, str]] = field(default_factory=dict)
    """Page → what is put in when it is complete."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made here. Other hooks left what they are made of."""
    site = config.extra["snippetlab"]
    build, machine, words = site.build, site.image, site.words
    made = Generated(Templates(words, TEMPLATES, kept=site.kept))
    config.extra["generated"] = made

    def add(uri: str, content: str | Path) -> None:
        if isinstance(content, Path):
            files.append(File.generated(config, uri, abs_src_path=str(content)))
        else:
            files.append(File.generated(config, uri, content=content))

    if config.extra.get("saved"):  # only that is made anew; these stay, and links may lead there
        for uri in _MADE:
            add(uri, "")
        return files
    for name, text in schemas(cache_directory()).items():
        add(_SCHEMA.format(name), text)
    for path in map(file_of, MODULES):
        if not files.get_file_from_path(_source(path)):  # a page may link to it
            add(_source(path), path)
    place = site.place_of_machine(_url("machine.md", config))
    add("machine.md", tab_machine_page(machine, place, made.templates))
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
    made.verification = verification_page(*facts, made.templates, outcomes)
    add("verification.md", made.verification.markdown)
    add("verification.json", verification_data(*facts, words))
    try:
        groups = read_programs(build.docs.parent / "commands.yml")
    except EngineError as error:
        raise PluginError(str(error)) from None
    if groups:
        places = places_of(build, _seen_from("reference/commands.md", config))
        add("reference/commands.md", reference_page(build.library, groups, places, made.templates))
    seen, docs = _seen_from(PAGE, config), Path(config.docs_dir)
    if glossary := glossary_page(config.extra["terms"], docs, made.templates, seen):
        add(PAGE, glossary)
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    """Put in the tables of what hostile snippets tried, and what is made of the code."""
    made: Generated = config.extra["generated"]
    try:
        if PLACE in markdown:
            corpus = read_corpus(Path(config.config_file_path).parent / "tests/hostile")
            markdown = with_tables(markdown, corpus, made.templates)
        if MADE_PLACE.search(markdown):
            path, makers = Path(page.file.abs_src_path), _makers(config, page.url)
            markdown, made.late[page.file.src_uri] = fill_places(path, markdown, makers)
    except EngineError as error:
        raise PluginError(str(error)) from None
    return markdown


def _makers(config: MkDocsConfig, here: str) -> dict[str, Maker]:
    """What makes the tables of a page with that address."""
    build: Build = config.extra["snippetlab"].build
    templates: Templates = config.extra["generated"].templates
    kept, docs = cache_directory(), build.docs.parent

    def seen(uri: str) -> str:
        return str(get_relative_url(_url(uri, config), here))

    took: dict[str, list[float]] = {}
    for id_, entry in build.library.entries.items():
        if known := build.verified.get(id_):
            took.setdefault(entry.snippet.lab, []).append(known.seconds)
    return {
        **tables(templates, lambda: commands.commands(kept), took),
        "api": lambda: api(templates, kept, lambda file: get_relative_url(_source(file), here)),
        "workflow": lambda: Made(f"```yaml\n{read_source(docs / 'ci.yml')}```"),
        "compared": lambda: compared(read_compared(docs), templates),
        "versions": lambda: versions(build.library, places_of(build, seen), templates),
    }


def _source(file: Path) -> str:
    """Where the site has a file of the engine."""
    return f"source/hooks/{file.relative_to(ENGINE.parent).as_posix()}"


def on_post_page(output: str, page: Any, config: MkDocsConfig, **_: Any) -> str:
    """Complete pages: here, since search finds a claim where it is shown."""
    made: Generated = config.extra["generated"]
    output = complete(output, made.late.pop(page.file.src_uri, {}))
    generated = page.file.src_uri == "verification.md"
    return made.verification.complete(output) if generated else output


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
