"""What building one language of the site asks of the engine.

Pages always show recordings, so building never waits for a lab. Runs go on in the
background while pages render, and are compared with the recordings at the end.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from snippetlab.background import Background
from snippetlab.block import anchor
from snippetlab.command_list import read_commands
from snippetlab.commands_page import Place, commands_page
from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.laboratory import Laboratory, open_laboratory
from snippetlab.library import Entry, load_library
from snippetlab.lock import read_lock
from snippetlab.project import Project
from snippetlab.proof import Proofs
from snippetlab.recording import State, write_recording
from snippetlab.report import describe
from snippetlab.runner import Result, Verdict, recording_fault, run_all
from snippetlab.verification import read_verification
from snippetlab.verification_page import VerificationPage, verification_data, verification_page

NICENESS = 5
"""Runs give way to rendering; much more, and on a busy machine they would miss deadlines."""

_SOURCE = re.compile(r"source/(hooks/snippetlab/[\w/]+\.\w+)")
_LIVE = "namespace"
"""The lab whose snippets run while the site is built; others are shown from recordings."""


class Build:
    """One build; `say` takes a line for people."""

    def __init__(
        self, project: Project, pages: Path, *, live: bool, write: bool, say: Callable[[str], None]
    ) -> None:
        """Read all snippets and the fences of all pages below `pages`.

        With `live`, snippets run; with `write`, a missing or stale recording is made anew.
        Raises SourceError for the first mistake in either.
        """
        self._project = project
        self._live = live
        self._write = write
        self._say = say
        self._run: Background[Result] | None = None
        self._expected = 0
        self._laboratory: Laboratory | None = None
        self.lock = read_lock(project.lab / "lock.toml")
        self.verified = read_verification(project.snippets / "verification.json")
        self.library = load_library(project)
        self.library.check_quotations(pages)
        self._pages = pages
        self._references = self.library.references(pages)
        self.shown = sorted({id_ for r in self._references for id_ in r.fence.ids})

    def start(self) -> None:
        """See to it that every recording can be shown, and start what is to be proved."""
        entries = [self.library.entries[id_] for id_ in self.shown]
        unshown = [entry for entry in entries if recording_fault(entry)]
        hopeless = [e for e in unshown if not self._write or e.snippet.lab != _LIVE]
        if hopeless:
            raise EngineError("\n".join(str(recording_fault(entry)) for entry in hopeless))
        # Only this lab is fast enough to run while pages render.
        runnable = [entry for entry in entries if entry.snippet.lab == _LIVE]
        if not runnable or not (self._live or unshown):
            return
        try:
            # Checking takes as long as a few snippets; a build that only proves checks later.
            check = bool(unshown)
            self._laboratory = open_laboratory(self._project, _LIVE, check=check, niceness=NICENESS)
        except LabUnavailableError as error:
            if unshown:
                raise
            self._say_not_run(len(runnable), error)
            return
        if unshown:
            self._record(unshown)
        self._prove([entry for entry in runnable if entry not in unshown])

    def finish(self) -> None:
        """Wait for the runs; raises EngineError where one differs from its recording."""
        if not (self._run and self._laboratory):
            return
        results = list(self._run.results())
        if len(results) != self._expected:
            raise EngineError("the process that runs snippets died\n    Try: snippetlab verify")
        faults = [result for result in results if result.verdict is not Verdict.HELD]
        held = [result.entry for result in results if result.verdict is Verdict.HELD]
        self._proofs(self._laboratory).keep(entry for entry in held if entry.state is State.FRESH)
        if not faults:
            return
        try:
            with self._laboratory as laboratory:
                laboratory.lab.check()
        except LabUnavailableError as error:
            self._say_not_run(len(faults), error)
            return
        for fault in faults:
            if fault.drift:
                self._say(f"drift: {describe(fault)}")
        if errors := [fault for fault in faults if not fault.drift]:
            raise EngineError("\n".join(dict.fromkeys(map(describe, errors))))

    @property
    def sources(self) -> list[Path]:
        """The engine's files that pages link to, as `source/` and the path below the checkout."""
        texts = (page.read_text(encoding="utf-8") for page in self._pages.rglob("*.md"))
        linked = {path for text in texts for path in _SOURCE.findall(text)}
        return [file for path in sorted(linked) if (file := self._project.root / path).is_file()]

    def verification(
        self, language: str, url_of: Callable[[str], str]
    ) -> tuple[VerificationPage, str]:
        """The page on verification, and the same as JSON.

        `url_of` makes of another page's path below the docs its URL as seen from this page.
        """
        shown_by: dict[str, list[tuple[str, str]]] = {}
        pages = self._titles_and_urls(url_of)
        for reference in self._references:
            page = pages[reference.page]
            for id_ in reference.fence.ids:
                if page not in shown_by.setdefault(id_, []):
                    shown_by[id_].append(page)
        facts = (self.library, shown_by, self.lock, self.verified, language)
        return verification_page(*facts), verification_data(*facts)

    def commands(self, language: str, url_of: Callable[[str], str]) -> str:
        """The page on commands, as Markdown; nothing where no commands are listed.

        `url_of` as for `verification`. Raises SourceError for a mistake in the list.
        """
        places: dict[str, list[Place]] = {}
        pages = self._titles_and_urls(url_of)
        for reference in self._references:
            title, url = pages[reference.page]
            place = Place(title, f"{url}#{anchor(reference.fence.ids)}")
            for id_ in reference.fence.ids:
                places.setdefault(id_, []).append(place)
        groups = read_commands(self._pages.parent / "commands.yml")
        return commands_page(self.library, groups, places, language) if groups else ""

    def _titles_and_urls(self, url_of: Callable[[str], str]) -> dict[Path, tuple[str, str]]:
        """Of each page that shows a snippet."""
        pages = {reference.page for reference in self._references}
        below = {page: page.relative_to(self._pages).as_posix() for page in pages}
        return {page: (_title(page), url_of(name)) for page, name in below.items()}

    def stop(self) -> None:
        """Give up what still runs."""
        if self._run:
            self._run.stop()

    def _say_not_run(self, count: int, error: LabUnavailableError) -> None:
        self._say(f"{count} snippets are shown from recordings and not run: {error}")

    def _record(self, entries: list[Entry]) -> None:
        assert self._laboratory
        with self._laboratory:
            for result in run_all({_LIVE: self._laboratory}, entries):
                if result.error or result.merged is None:
                    raise result.error or EngineError("nothing ran")
                write_recording(result.entry.snippet, result.entry.key, result.merged)
                self._say(f"recorded {result.entry.snippet.id}")
        self.library = load_library(self._project)

    def _prove(self, entries: list[Entry]) -> None:
        assert self._laboratory
        proofs = self._proofs(self._laboratory)
        proved = {entry.snippet.id for entry in entries if proofs.hold(entry)}
        proofs.keep(entry for entry in entries if entry.snippet.id in proved)
        todo = [entry for entry in entries if entry.snippet.id not in proved]
        laboratory, self._expected = self._laboratory, len(todo)
        self._run = Background(lambda: _run_and_close(laboratory, todo)) if todo else None

    @staticmethod
    def _proofs(laboratory: Laboratory) -> Proofs:
        return Proofs(laboratory.image.digest, laboratory.kernel)


def _run_and_close(laboratory: Laboratory, entries: list[Entry]) -> Iterator[Result]:
    """In a process of its own, which ends without closing anything by itself."""
    with laboratory:
        yield from run_all({_LIVE: laboratory}, entries)


def _title(page: Path) -> str:
    found = re.search(r"^title: *(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1].strip("\"'") if found else page.stem
