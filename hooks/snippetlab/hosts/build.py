"""What building a site, or one language of it, asks of the engine.

Pages always show recordings, so building never waits for a lab. Runs go on in the
background while pages render, and are compared with the recordings at the end.
"""

import fcntl
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from snippetlab.checkout import faults, names_below
from snippetlab.errors import EngineError, LabUnavailableError, raise_all
from snippetlab.files import find_pages
from snippetlab.hosts.stating import stated_in
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.registry import DEFAULT
from snippetlab.run.lock import read_lock
from snippetlab.run.proof import Proofs
from snippetlab.run.verification import read_verification
from snippetlab.show.fence import Fence
from snippetlab.show.figures import Figures
from snippetlab.show.page import Page, read_page, read_pages
from snippetlab.show.pages import Pages
from snippetlab.show.placeholder import RUN_MENDS, Placeholder, faults_here, why_missing
from snippetlab.snippet.differs import differs_fault
from snippetlab.snippet.entry import Entry, said_of
from snippetlab.snippet.library import load_library

if TYPE_CHECKING:
    from snippetlab.run.live import LiveRuns


class Build:
    """One build; `say` takes a line for people."""

    def __init__(
        self,
        project: Project,
        pages: Path,
        only: Collection[Path] = (),
        *,
        live: bool,
        write: bool,
        say: Callable[[str], None],
        foreign: bool = False,
    ) -> None:
        """Read all snippets and the fences of all pages below `pages`, or of some `only`.

        With `live`, snippets run; with `write`, for a preview, a missing or stale recording is
        made anew, or a placeholder says why it cannot be made here. A `foreign` site has rules of
        its own for all but snippets, and may have links below its docs.
        Raises SourceError for the first mistake in either.
        """
        self._project = project
        self._live = live
        self._write = write
        self._say = say
        self._runs: LiveRuns | None = None
        self.recorded: list[Path] = []
        """The recordings that this build has made."""
        if not foreign:  # hosts follow links, and copy what they lead to
            raise_all(faults(project.root, names_below(project.root, "docs")))
        self.recipe = read_recipe(project)
        """Of the lab whose snippets run while pages are built."""
        self.lock = read_lock(project.lab / "lock.toml")
        self.verified = read_verification(project.snippets / "verification.json")
        self.library = load_library(project)
        self.stated = stated_in(project, self.library)
        self.docs = pages
        read = read_pages(only or find_pages(pages), follow=foreign)
        self._pages = {page.path: page for page in read}
        self._found = Pages(self.library, read, foreign=foreign)
        self._found.check_quotations()
        self.references = self._found.references()
        self.shown = sorted({id_ for r in self.references for id_ in r.fence.ids})
        self._late: list[str] = []

    def start(self) -> None:
        """See to it that every snippet can be shown, and start what is to be proved.

        Raises EngineError where a snippet has no recording that can be shown, and this build
        makes none; or where one that it makes fails.
        """
        if self._unshown():
            if not self._write:
                faults = faults_here(self._project, self._unshown())
                raise EngineError("\n".join(map(str, faults)))
            with _alone(self._project.snippets):
                self._record()
        raise_all(filter(None, map(differs_fault, self._entries())))
        self._run(self._entries())

    def _run(self, entries: Sequence[Entry]) -> None:
        # Only this lab is fast enough to run while pages render.
        runnable = [e for e in entries if e.snippet.lab == DEFAULT and not e.fault]
        if not (self._live and runnable):
            return
        try:
            proofs = Proofs.here(self.recipe)
            if todo := proofs.lacking(runnable):
                self._runs = self._open(proofs)
                self._runs.start(todo)
        except LabUnavailableError as error:
            what = f"{said_of(runnable)}: shown from recordings and not run"
            self._say(f"{what}: {error.in_one_line}")

    def _record(self) -> None:
        """Run what has no recording to be shown; what cannot run here gets a placeholder."""
        self.library = load_library(self._project)  # another build may have recorded meanwhile
        reasons: dict[str, str] = {}  # of labs, and of snippets
        if own := [entry for entry in self._unshown() if entry.snippet.lab == DEFAULT]:
            try:
                reasons |= self._open(Proofs.here(self.recipe)).record(own)
            except LabUnavailableError as error:
                reasons[DEFAULT] = str(error)
            finally:
                self.recorded = [e.snippet.recording for e in own if e.snippet.recording.exists()]
            self.library = load_library(self._project)
        replaced = {}
        for entry in self._unshown():
            if entry.state not in RUN_MENDS:
                raise entry.fault or EngineError(entry.snippet.id)
            id_, lab = entry.snippet.id, entry.snippet.lab
            reason = reasons.get(id_, reasons.get(lab)) or why_missing(self._project, lab)
            placeholder = Placeholder(entry.state, reason)
            replaced[entry.snippet.id] = replace(entry, placeholder=placeholder)
        self.library = replace(self.library, entries={**self.library.entries, **replaced})

    def _entries(self) -> list[Entry]:
        own = [self.library.entries[id_] for id_ in self.shown]
        return [one for entry in own for one in (entry, *self.library.variants(entry))]

    def _unshown(self) -> list[Entry]:
        return [entry for entry in self._entries() if entry.fault]

    def _open(self, proofs: Proofs) -> "LiveRuns":
        # Most builds have nothing to run; and what runs takes as long to import as all else.
        from snippetlab.run.live import LiveRuns

        return LiveRuns(self._project, DEFAULT, proofs, self._say)

    def page(self, path: Path) -> Page:
        """As it was when this build began."""
        return self._pages.get(path) or read_page(path)

    @property
    def pages(self) -> Sequence[Page]:
        """Those that were read."""
        return list(self._pages.values())

    def show(self, fence: Fence) -> list[str]:
        """What can be linked to where it is shown: the fence, its steps and its notes.

        It may be one that no source of a page has, such as one that a page includes.
        Raises EngineError for what cannot be shown.
        """
        for id_ in fence.ids:
            entry = self.library.find(id_)
            for one in (entry, *self.library.variants(entry)):
                if one.fault and not one.placeholder:
                    raise one.fault
            if id_ not in self.shown and id_ not in self._late:
                self._late.append(id_)
        return list(self._found.anchors(fence))

    def finish(self) -> None:
        """Wait for the runs; raises EngineError where one differs from its recording."""
        if self._runs:
            self._runs.finish()
        if self._late:
            self._runs = None
            self._run([self.library.entries[id_] for id_ in self._late])
            if self._runs:
                self._runs.finish()

    def stop(self) -> None:
        """Give up what still runs."""
        if self._runs:
            self._runs.stop()

    @cached_property
    def figures(self) -> Figures:
        """What pages quote of the recordings that they show."""
        return Figures(self.library)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """While no other process is in here: two languages, built at once, would record the same."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
