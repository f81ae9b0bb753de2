"""One language as it is served: its last good pages, and what is wrong with newer ones.

site/ko-1/     a build; its `en` leads to site/en
site/ko  →     the last good one
site/en  →     likewise
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from preview.language import LANGUAGES, Language
from snippetlab.errors import Cure

HOOKS = Path(__file__).resolve().parents[1]
_ATTEMPTS = 2
"""A build that somebody else ended is begun again, but not for ever."""

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
        self._link = site / language.name
        self._address = address + language.below
        self._kept: list[Path] = []
        self._number = 0
        self._attempts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.is_there = False
        """Whether there are good pages."""
        self._target.mkdir()
        self._show()  # nothing yet, but the way from one language to the others

    @property
    def is_building(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        """Build anew; a build of what is no longer there is ended."""
        self.stop()
        self._attempts = 0
        self._begin()

    def stop(self) -> None:
        """End the build that goes on, if there is one, with all that it has started."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            shutil.rmtree(self._target, ignore_errors=True)

    def look(self) -> bool:
        """Whether a build has ended, so that there is something new to see."""
        if not self._process or (status := self._process.poll()) is None:
            return False
        self._process = None
        if self._report.is_file():
            report = json.loads(self._report.read_text(encoding="utf-8"))
            self.error, self.warnings = report["error"], "\n".join(report["warnings"])
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
        else:
            self._show()
            self.is_there = True
        return True

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
        line = [sys.executable, "-m", "preview.build", self._name, str(self._target)]
        self._process = subprocess.Popen(
            [*line, self._address, str(self._report)],
            cwd=HOOKS.parent,
            env=os.environ | {"PYTHONPATH": str(HOOKS)} | self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # to be ended with whatever it has started, and only by us
        )

    @property
    def _environment(self) -> dict[str, str]:
        """What snippets print is compared once, not once for each language at the same time."""
        return {"SNIPPETS": "recorded"} if self.language.below else {}

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
