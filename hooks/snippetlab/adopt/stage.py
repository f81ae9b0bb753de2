"""Where drafts are tried before anything is written into the checkout."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from snippetlab.adopt.draft import Draft
from snippetlab.adopt.reading import StaysError
from snippetlab.errors import EngineError, LabUnavailableError, SourceError
from snippetlab.files import write_source
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.command import Command
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.program import compile_snippet
from snippetlab.snippet.snippet import read_snippet
from snippetlab.transcript import Transcript

Chain = tuple[Draft, ...]
"""Drafts, each of which runs right after the one before it."""


class Stage:
    """A directory of its own, and the lab; what ran once is not run again."""

    def __init__(self, directory: Path, laboratory: Laboratory) -> None:
        self._snippets = directory
        self._laboratory = laboratory
        self._read: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        self._ran: dict[tuple[str, ...], tuple[Transcript, ...] | StaysError] = {}

    def run(self, chain: Chain) -> tuple[Transcript, ...]:
        """As often as is asked for, what a command ends with being of no account.

        Raises StaysError for the draft that could not run.
        """
        key = tuple(draft.text for draft in chain)
        if key not in self._ran:
            try:
                self._ran[key] = self.run_again(chain, strict=False)
            except StaysError as error:
                self._ran[key] = error
        if isinstance(found := self._ran[key], StaysError):
            raise found
        return found

    def run_again(self, chain: Chain, *, strict: bool = True) -> tuple[Transcript, ...]:
        """Once more; `strict` where each command has to end as the draft says."""
        entries = self.entries(chain)
        programs = [entry.program for entry in entries]
        if not strict:
            programs = [replace(p, commands=tuple(map(_lenient, p.commands))) for p in programs]
        try:
            return self._laboratory.run(programs)
        except LabUnavailableError:
            raise
        except SourceError as error:
            last = next((d for d in chain if error.path == self._snippets / d.path), chain[-1])
            said = [error.message.split("\n")[0], *_quoted(error.message)]
            raise StaysError(last.page_line(error.line), ": ".join(said), last.id) from None
        except EngineError as error:
            raise StaysError(chain[-1].page_line(1), error.in_one_line) from None

    def entries(self, chain: Chain) -> tuple[Entry, ...]:
        """As they would be read from the checkout. Raises StaysError for what is no snippet."""
        key = tuple(draft.text for draft in chain)
        if key not in self._read:
            self._read[key] = tuple(self._entries(chain))
        return self._read[key]

    def _entries(self, chain: Chain) -> list[Entry]:
        found: list[Entry] = []
        for draft in chain:
            path = self._snippets / draft.path
            write_source(path, draft.text)
            for name, text in draft.files.items():
                write_source(path.with_name(name), text)
            try:
                snippet = read_snippet(path, self._snippets)
                program = compile_snippet(snippet)
            except SourceError as error:
                raise StaysError(draft.page_line(error.line), error.message, draft.id) from None
            before = found[-1] if draft.after else None
            found.append(Entry(snippet, program, None, before=before))
        return found


def _quoted(message: str) -> Sequence[str]:
    """The last line that a program printed, which mostly says why it failed."""
    quoted = [line.strip()[2:] for line in message.split("\n")[1:] if line.strip().startswith("|")]
    return quoted[-1:]


def _lenient(command: Command) -> Command:
    shell = command.shell
    if shell:
        shell = replace(shell, commands=tuple(map(_lenient, shell.commands)))
    return replace(command, expects=None, shell=shell)
