"""What a site consists of besides its pages, and where it lies."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from reading.card import Painter, card_key
from reading.drawings import write_letters
from reading.fonts import Font, subset
from reading.glossary import Term
from reading.kept import write
from reading.languages import Language
from reading.lemma import Lemmatizer, unambiguous
from reading.llms import Text, llms_full, llms_list
from reading.parts import find_parts
from reading.policy import write_policy
from reading.question import QueryWords, query_help
from reading.search import Indexed, build_index, dump, stub
from reading.sheets import write_sheets
from reading.typesheet import type_sheet
from reading.worker import write_worker


@dataclass(frozen=True)
class Written:
    """A page that was built."""

    indexed: Indexed
    description: str
    address: str
    """Absolute; empty where the site has none."""
    markdown: str

    @property
    def _stem(self) -> str:
        return self.indexed.source.removesuffix(".md")

    @property
    def markdown_path(self) -> str:
        """Beside the page, relative to the site's root."""
        return f"{self._stem}.md"

    @property
    def card_path(self) -> str:
        return f"assets/cards/{self._stem}.png"


@dataclass
class Outputs:
    fonts: tuple[Font, ...]
    terms: tuple[Term, ...]
    query_words: QueryWords
    cache: Path
    whole: bool
    """Fonts as they come, which takes no time: for a preview."""
    say: Callable[[str], None]
    """Takes a line on what takes long, the first time."""
    pages: list[Written] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    """All that stand in any page."""
    files: list[str] = field(default_factory=list)
    """The HTML files, relative to the site's root."""
    scripts: set[str] = field(default_factory=set)
    """The hashes of the inline scripts that may run; see policy.py."""

    def write_search(
        self,
        site: Path,
        settings: Mapping[str, Any],
        lemmas: Lemmatizer | None,
        *,
        whole: bool,
    ) -> None:
        """The index; `whole` for one that comes with the page."""
        pages = [page.indexed for page in self.pages]
        parts = find_parts(pages, self.terms, lemmas, self.cache)
        index = build_index([doc for part in parts for doc in part.docs], settings)
        shapes = unambiguous(shape for part in parts for shape in part.shapes)
        index["config"]["help"] = query_help(shapes, self.terms, pages, self.query_words)
        text = dump(index)
        directory = site / "search"
        if whole:
            (directory / "search_index.js").write_text(f"var __index = {text}", encoding="utf-8")
        else:
            (directory / "sections.json").write_text(text, encoding="utf-8")
            text = dump(stub(index, "../../../search/sections.json"))
        (directory / "search_index.json").write_text(text, encoding="utf-8")
        write_worker(site)

    def write_fonts(self, site: Path) -> None:
        if not self.fonts:
            return
        directory = site / "assets/fonts"
        directory.mkdir(parents=True, exist_ok=True)
        characters = frozenset(filter(str.isprintable, unescape("".join(self.characters))))
        # A program's output may be copied into a search: ASCII is always whole.
        characters |= frozenset(map(chr, range(0x20, 0x7F)))
        for font in self.fonts:
            data = font.source.read_bytes()
            if not self.whole:
                data = subset(font, characters, self.cache / "subsets", self.say)
            (directory / f"{font.role}.woff2").write_bytes(data)
            licence = font.source.with_name(f"{font.role}-license.txt")
            shutil.copyfile(licence, directory / licence.name)
        (directory / "fonts.css").write_text(type_sheet(self.fonts), encoding="utf-8")
        if not self.whole:
            drawings = sorted((site / "assets/images").glob("*.svg"))
            write_letters(drawings, self.fonts[0], self.cache, self.say)

    def write_cards(self, site: Path, name: str) -> None:
        if not self.fonts:
            return
        font, cards = self.fonts[0], {}
        for page in self.pages:
            title = unescape(page.indexed.sections[0].title) or page.indexed.title
            texts = (title, page.description, name)
            cards[page.card_path] = texts, self.cache / "cards" / f"{card_key(font, *texts)}.png"
        if lacking := {path: texts for texts, path in cards.values() if not path.is_file()}:
            self.say(f"drawing cards for links to {len(lacking)} pages: 15 a second …")
            painter = Painter(font)
            for path, texts in lacking.items():
                write(path, painter.card(*texts))
        for name_, (_, cached) in cards.items():
            (site / name_).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(cached, site / name_)

    def write_markdown(self, site: Path, address: str, name: str, description: str) -> None:
        texts = []
        for page in self.pages:
            target = site / page.markdown_path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(page.markdown, encoding="utf-8")
            here = urljoin(address, page.markdown_path)
            texts.append(Text(page.indexed.title, page.description, here, page.markdown))
        for file, make in (("llms.txt", llms_list), ("llms-full.txt", llms_full)):
            (site / file).write_text(make(name, description, texts), encoding="utf-8")

    def write_sheets(self, site: Path, address: str) -> None:
        write_sheets(site, [site / file for file in self.files], urlsplit(address).path)

    def write_policy(self, site: Path, *, root: bool) -> None:
        write_policy(site, [site / file for file in self.files], self.scripts, root=root)

    def write_robots(self, site: Path, address: str, languages: Iterable[Language]) -> None:
        """At the root of a site: it names the map of every language."""
        maps = [urljoin(address, f"{language.below}sitemap.xml") for language in languages]
        lines = ["User-agent: *", "Allow: /", *(f"Sitemap: {link}" for link in maps)]
        (site / "robots.txt").write_text("\n".join(lines) + "\n")
