"""What the recordings say: tables that scenes are made of, and values that texts quote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pictures.data import Data
from pictures.readers import FORMS, ReadingError, Row, Table
from snippetlab.errors import Cure, SourceError
from snippetlab.show.values import formatted
from snippetlab.show.words import Words
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library
from snippetlab.transcript import Step

_QUOTED = re.compile(r"\{([^{}]+)\}")
ENGLISH = "en"
"""Said where a picture has no words in the language of the page."""
_SHORT = 8
"""Digits of a digest that a picture has room for."""


@dataclass(frozen=True)
class Recorded:
    """A step of a recording."""

    snippet: str
    name: str
    """As its element on the page has it: its name, or its number from 1."""
    number: int
    command: Command
    step: Step


class Facts:
    """Of one picture, in one language."""

    def __init__(self, picture: Data, library: Library, words: Words, language: str) -> None:
        self._library = library
        self._words = words
        self._language = language
        self._snippet = picture.need("snippet")
        read = picture.get("read")
        self._readings = read.parts() if read else {}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """What is read, by its name."""
        return {name: self._read(part) for name, part in self._readings.items()}

    def table(self, name: Data) -> Table:
        if name.text() not in self.tables:
            cure = Cure("picture-reading", f"Below `read` there are: {', '.join(self.tables)}.")
            raise name.fault(f"nothing is read as `{name.text()}`", cure)
        return self.tables[name.text()]

    def step(self, wanted: Data, of: Data | None = None) -> Recorded:
        """A step, by its name or its number. Raises SourceError if there is none."""
        id_ = (of or self._snippet).text()
        entry = self._entry(of or self._snippet)
        assert entry.recording
        steps = entry.recording.transcript.steps
        named = [name or str(n) for n, name in enumerate(entry.step_names, 1)]
        name = wanted.text()
        number = named.index(name) + 1 if name in named else int(name) if name.isdigit() else 0
        if not 0 < number <= len(steps):
            known = ", ".join(name for name in entry.step_names if name) or "none"
            text = f"Name one, by a line `# step: {name}` above its command. Named are: {known}."
            raise wanted.fault(f"{id_} has no step `{name}`", Cure("picture-step", text))
        command = flatten(entry.program.commands)[number - 1]
        return Recorded(id_, named[number - 1], number, command, steps[number - 1])

    def say(self, text: Data | None) -> str:
        """It in the language of the page, with what it quotes."""
        if not text:
            return ""
        said = text
        if isinstance(text.what, dict):
            said = text.get(self._language) or text.need(ENGLISH)
        return _QUOTED.sub(lambda found: self._quoted(found[1], said), said.text())

    def _entry(self, of: Data) -> Entry:
        entry = self._library.entries.get(of.text())
        if not entry:
            raise of.fault(f"unknown snippet {of.text()!r}", self._library.nearest(of.text()))
        if not entry.recording:
            cure = Cure("picture-recording", f"Record it: snippetlab record {of.text()}")
            raise of.fault(f"{of.text()} has no recording to be drawn", cure)
        return entry

    def _read(self, reading: Data) -> Table:
        parts = reading.parts(("step", "as", "of"))
        form = reading.need("as")
        if form.text() not in FORMS:
            near = get_close_matches(form.text(), FORMS, n=1)
            meant = f"Did you mean `{near[0]}`? " if near else ""
            cure = Cure("picture-form", f"{meant}There are: {', '.join(FORMS)}.")
            raise form.fault(f"nothing can be read as `{form.text()}`", cure)
        recorded = self.step(reading.need("step"), parts.get("of"))
        text = recorded.step.output.decode("utf-8", "replace")
        example = FORMS[form.text()].example
        try:
            table = FORMS[form.text()].read(text)
        except ReadingError as error:
            raise self._unreadable(reading, recorded, example, str(error)) from None
        if not table:
            raise self._unreadable(reading, recorded, example, "nothing")
        return table

    def _unreadable(
        self, reading: Data, recorded: Recorded, example: str, what: str
    ) -> SourceError:
        form = reading.need("as").text()
        text = f"Let the step print lines such as `{example}`, or read it in another form."
        message = f"step {recorded.name} of {recorded.snippet} printed {what!r}, which is no {form}"
        return reading.need("as").fault(message, Cure("picture-unreadable", text))

    def _quoted(self, quotation: str, text: Data) -> str:
        """`reading key column`, and the form of a number if it has one; `*` is all rows."""
        name, *where = quotation.split(" ")
        if name in self.tables and len(where) == 2 and where[0] == "*":
            return " ".join(row.get(where[1], "") for row in self.tables[name].values())
        if name in self.tables and len(where) > 1:
            row = find(self.tables[name], where[0])
            if row and where[1] in row:
                return self._formed(row[where[1]], where[2] if len(where) > 2 else "text", text)
        there = {key: list(row) for key, row in self.tables.get(name, {}).items()}
        known = ", ".join(f"{name} {key} {column}" for key in there for column in there[key])
        cure = Cure("picture-value", f"Write one of: {known or ', '.join(self.tables)}.")
        raise text.fault(f"nothing recorded is `{quotation}`", cure)

    def _formed(self, value: str, form: str, text: Data) -> str:
        if form == "short":
            return value[:_SHORT]
        try:
            return formatted(value, form, self._words)
        except ValueError as error:
            cure = Cure("picture-number", "Leave the form out, or take the column that fits.")
            raise text.fault(str(error), cure) from None


def find(table: Table, key: str) -> Row | None:
    """The row of that key, or of that `column=value`, else the first that has it as a word."""
    if key in table:
        return table[key]
    column, equals, value = key.partition("=")
    if equals:
        return next((row for row in table.values() if row.get(column) == value), None)
    return next((row for row in table.values() if key in " ".join(row.values()).split()), None)
