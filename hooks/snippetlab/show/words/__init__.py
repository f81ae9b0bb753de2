"""The words of a language: the engine's English, and over it what a site has in its one file.

`docs/words/ko.toml` says in Korean what the engine says, and what the site itself does; the English
of the latter is in `docs/words/en.toml`. What English has no word for is unknown.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from snippetlab.errors import Cure, SourceError, display
from snippetlab.files import read_source, refuse_controls
from snippetlab.toml import TomlError, parse_toml

_ENGLISH = "en"
_ONE = "-one"
"""What the name of a word ends in that is said of one thing."""
Tables = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Words:
    """Table → name → text; `words["transcript"]["copy"]`."""

    language: str
    """As `<html lang>` has it."""
    tables: Tables
    lacking: tuple[str, ...] = ()
    """What is said in English instead, each as `table.name`."""

    def __getitem__(self, table: str) -> Mapping[str, str]:
        return self.tables[table]

    def counted(self, table: str, name: str, count: int) -> str:
        """The words for that many; some languages have a form of its own for one."""
        words = self.tables[table]
        one = words.get(name + _ONE) if count == 1 else None
        return (one or words[name]).format(count)


@cache
def english() -> Words:
    """The engine's own."""
    text = Path(__file__).with_name("en.toml").read_text(encoding="utf-8")
    return Words(_ENGLISH, tomllib.loads(text))


def read_words(directory: Path, language: str, say: Callable[[str], None] | None = None) -> Words:
    """Those of a site whose files lie in that directory; `say` hears what the language lacks.

    Raises SourceError for a mistake in a file.
    """
    own = _File(directory / f"{_ENGLISH}.toml")
    known = own.over(english().tables, may_add=True)
    if language == _ENGLISH:
        return Words(language, known)
    file = _File(directory / f"{language}.toml")
    words = Words(language, file.over(known), tuple(_lacking(known, file.tables)))
    if say and not file.tables:
        say(f"there is no {display(file.path)}: what is said around transcripts is in English")
    elif words.lacking and say:
        count, some = len(words.lacking), ", ".join(words.lacking[:3])
        more = ", …" if count > 3 else ""
        say(f"{display(file.path)} lacks words, which are said in English: {count} ({some}{more})")
    return words


def _lacking(known: Tables, own: Tables) -> Iterator[str]:
    for table, words in known.items():
        there = own.get(table, {})
        for name in words:
            # With a word for any number there is one for 1.
            if name not in there and name.removesuffix(_ONE) not in there:
                yield f"{table}.{name}"


class _File:
    """A site's words in one language; none where there is no file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: dict[str, dict[str, str]] = {}
        try:
            self._text = read_source(path)
        except FileNotFoundError:
            self._text = ""
        refuse_controls(path, self._text)
        try:
            values = parse_toml(self._text, "the file")
        except TomlError as error:
            raise SourceError(path, max(error.line, 1), error.message, error.cure) from None
        for table, words in values.items():
            for name, text in words.items() if isinstance(words, dict) else [("", words)]:
                self._add(table, name, text)

    def _add(self, table: str, name: str, text: Any) -> None:
        if not name or not isinstance(text, str):
            cure = Cure("words-text", 'Write [table], and below it a line for each: name = "text"')
            raise self._fault(table, name, f"`{name or table}` is no text in a table", cure)
        self.tables.setdefault(table, {})[name] = text

    def over(self, known: Tables, *, may_add: bool = False) -> Tables:
        """The words that are known, in this language where it has them.

        With `may_add` there may be tables that nobody knows yet. Raises SourceError.
        """
        laid = {table: dict(words) for table, words in known.items()}
        for table, words in self.tables.items():
            if table not in known:
                if not may_add:
                    raise self._unknown(table, "", table, known)
                laid[table] = {}
            for name, text in words.items():
                if table in known:
                    self._compare(table, name, text, known[table])
                laid[table][name] = text
                if f"{name}{_ONE}" not in words:
                    laid[table].pop(f"{name}{_ONE}", None)
        return laid

    def _compare(self, table: str, name: str, text: str, known: Mapping[str, str]) -> None:
        if name not in known:
            raise self._unknown(table, name, name, known)
        if (wanted := _fields(known[name])) != _fields(text):
            places = ", ".join(f"{{{field}}}" for field in wanted or ()) or "no braces"
            cure = Cure("words-places", f"Write it with {places}, as in English: {known[name]}")
            raise self._fault(table, name, f"`{name}` has other places to fill in", cure)

    def _unknown(
        self, table: str, name: str, what: str, known: Mapping[str, object]
    ) -> SourceError:
        nearest = get_close_matches(what, known, n=1)
        hint = f"Did you mean `{nearest[0]}`? Else remove it" if nearest else "Remove it"
        kind = "word" if name else "table"
        more = f"a site adds tables of its own, in {_ENGLISH}.toml as well."
        cure = Cure("words-unknown", f"{hint}; {more}")
        return self._fault(table, name, f"English has no {kind} `{what}`", cure)

    def _fault(self, table: str, name: str, message: str, cure: Cure) -> SourceError:
        at, lines = 1, enumerate(self._text.split("\n"), 1)
        for wanted in filter(None, (table, name)):
            start = re.compile(rf"\s*\[?\s*[\"']?{re.escape(wanted)}(?![\w-])")
            at = next((number for number, line in lines if start.match(line)), at)
        return SourceError(self.path, at, message, cure)


def _fields(text: str) -> list[str] | None:
    """The places to fill in; nothing for braces that are none."""
    try:
        return sorted(field for _, field, *_ in Formatter().parse(text) if field is not None)
    except ValueError:
        return None
