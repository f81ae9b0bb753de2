"""One language as it is served: its last good pages, and what is wrong with newer ones.

Where only pages were saved, or snippets that pages name, a dirty build makes these anew, and a
whole one follows, which nobody waits for: it alone knows what other pages make of them, and finds
all that is wrong.

site/ko-1/     a build; its `en` leads to site/en
site/ko  →     the last good one
site/en  →     likewise
"""

import filecmp
import json
import logging
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from preview.job import Job
from preview.language import LANGUAGES
from preview.process import Process
from reading.languages import Language
from snippetlab.errors import Cure

_ATTEMPTS = 2
"""A build that somebody else ended is begun again, but not for ever."""
_REST = 1.0
"""Seconds that browsers have for new pages before something else is begun."""

log = logging.getLogger("mkdocs.preview")


class Edition:
    """Builds go into fresh directories, so that whoever reads sees the old pages or the new."""

    def __init__(self, language: Language, site: Path, address: str) -> None:
        self.language = language
        self.error = ""
        """Why the last build gave no pages; empty if it did."""
        self.warnings = ""
        """What is wrong with the pages that it gave, a line each."""
        self.recorded: dict[str, str] = {}
        """Recordings that builds made → the SHA-256 of what they wrote."""
        self._stale: set[Path] | None = None
        """Pages that were saved after those that are shown; None if all may be old."""
        self._follows = False
        """Whether the build that goes on only follows a dirty one."""
        self._goes_on: float | None = None
        """When what nobody waits for is begun, if something is to be."""
        self._whole_warnings: list[str] = []
        """Those of the last whole build."""
        self._link = site / language.name
        self._address = address + language.below
        self._kept: list[Path] = []
        self._number = 0
        self._attempts = 0
        self._process: Process | None = None
        self._spare: Process | None = None
        """Waits for the next build."""
        self.is_there = False
        """Whether there are good pages."""
        self._target.mkdir()
        self._show()  # nothing yet, but the way from one language to the others

    @property
    def is_building(self) -> bool:
        return self._process is not None

    def start(self, pages: Iterable[Path] | None = None) -> None:
        """Build anew, since these pages were saved, or since anything may have changed.

        A build of what is no longer there is ended.
        """
        self._end_build()
        self._stale = None if pages is None or self._stale is None else self._stale | set(pages)
        self._begin()

    def stop(self) -> None:
        """End all that goes on here, with all that it has started."""
        self._end_build()
        self.renew()

    def renew(self) -> None:
        """The next build is to use the code as it is now."""
        if self._spare:
            self._spare.end()
            self._spare = None

    def _end_build(self) -> None:
        if self._process:
            self._process.end()
            self._process = None
            shutil.rmtree(self._target, ignore_errors=True)
        self._attempts, self._follows, self._goes_on = 0, False, None

    def look(self) -> bool:
        """Whether a build has ended, so that there is something new to see."""
        if not self._process or (status := self._process.status) is None:
            return False
        self._process = None
        known = self.error, self.warnings
        if self._report.is_file():
            report = json.loads(self._report.read_text(encoding="utf-8"))
            self.error = report["error"]
            self._warn(report["warnings"])
            self.recorded |= report["recorded"]
        elif status < 0 and self._attempts < _ATTEMPTS:
            log.warning("%s: the build was ended by signal %d; again", self._name, -status)
            shutil.rmtree(self._target, ignore_errors=True)
            self._begin()
            return False
        else:
            self.error = _no_report(self._name, status)
            log.error(self.error)
        if self.error:
            log.error("%s: not built; the last good pages stay", self._name)
            shutil.rmtree(self._target, ignore_errors=True)
            self._stale = self._stale or None
            is_new = True
        else:
            is_new = not self._follows or known != (self.error, self.warnings) or self._differs()
            self._show()
            self.is_there = True
        self._follows = bool(self._stale) and not self.error
        if not self.error:
            self._stale = set()
        if self._report.is_file():
            self._goes_on = time.monotonic() + (_REST if is_new else 0)
        return is_new

    def go_on(self) -> None:
        """After a dirty build a whole one; and something is ready for what is saved next.

        To be said while nothing is built: somebody may wait for that.
        """
        if self._goes_on is None or time.monotonic() < self._goes_on:
            return
        self._goes_on = None
        if self._follows:
            self._attempts = 0
            self._begin()
        if not self._spare:
            self._spare = Process(self.language)

    def _warn(self, warnings: list[str]) -> None:
        """A dirty build knows what is wrong with its pages; the rest stays until a whole one."""
        if not self._stale:
            self._whole_warnings = warnings
        self.warnings = "\n".join(dict.fromkeys([*self._whole_warnings, *warnings]))

    def _differs(self) -> bool:
        """Whether the pages that were built are others than those that are shown."""
        return any(
            not (old := self._kept[-1] / page.relative_to(self._target)).is_file()
            or not filecmp.cmp(page, old, shallow=False)
            for page in self._target.rglob("*.html")
        )

    @property
    def _name(self) -> str:
        return self.language.configuration

    @property
    def _target(self) -> Path:
        return self._link.with_name(f"{self.language.name}-{self._number}")

    @property
    def _report(self) -> Path:
        return self._target.with_suffix(".json")

    def _begin(self) -> None:
        self._number += 1
        self._attempts += 1
        process, self._spare = self._spare or Process(self.language), None
        pages = tuple(sorted(map(str, self._stale or ())))
        base = str(self._kept[-1]) if pages else ""
        places = str(self._target), self._address, str(self._report)
        self._process = process
        self._process.begin(Job(*places, base, pages, patient=self._follows))

    def _show(self) -> None:
        """Put the new pages in the place of the old ones, in one step."""
        for other in LANGUAGES:
            if other.below and not self.language.below:
                (self._target / other.below.rstrip("/")).symlink_to(self._link.parent / other.name)
        link = self._target.with_suffix(".link")
        link.symlink_to(self._target)
        link.replace(self._link)
        self._kept.append(self._target)
        while len(self._kept) > 2:  # somebody may still be reading the one before
            shutil.rmtree(self._kept.pop(0), ignore_errors=True)


def _no_report(name: str, status: int) -> str:
    if status < 0:
        cure = Cure("preview-killed", "Is there enough memory? Save any file, and it is built.")
        return f"{name}: the build was ended by signal {-status}, twice\n    {cure}"
    cure = Cure("preview-status", "Mend what the terminal names; the pages are built when saved.")
    return f"{name}: the build ended with status {status} and no word\n    {cure}"
