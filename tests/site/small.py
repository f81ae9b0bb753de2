"""Sites of a page or two, which a build takes a second for."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.lock import Lock, write_lock
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.site.previewing import small_checkout
from tests.support import ROOT, Write, snippet

CONFIGURATION = """\
site_name: small
docs_dir: docs/ko
theme: {{ name: mkdocs, language: ko }}
hooks: [{root}/hooks/main.py]
markdown_extensions: [pymdownx.superfences]
"""

GERMAN = """\
INHERIT: mkdocs.yml
site_name: Zerlegt
site_url: http://127.0.0.1:8000/de/
docs_dir: docs/de
site_dir: site/de
theme: { language: de }
extra: { below: de/ }
plugins:
  search: { lang: de, separator: '[\\s\\-]+' }
nav:
  - index.md
  - other.md
"""
GERMAN_WORDS = """\
[transcript]
copy = "Befehle kopieren"

[verification]
title = "Prüfung: alles"
snippet = "Schnipsel"

[dates]
3 = "März"

[page]
language = "Deutsch"

[not-found]
title = "Seite nicht gefunden"
"""


def recorded_checkout(root: Path) -> Path:
    """This checkout with two pages a language, all that a reader uses, and one recorded snippet."""
    checkout = small_checkout(root)
    line = [sys.executable, "-m", "snippetlab", "record"]
    subprocess.run(line, cwd=checkout, check=True, stdin=subprocess.DEVNULL)
    return checkout


def add_german(checkout: Path) -> None:
    """A third language: two pages, some of the words, and a configuration."""
    (checkout / "docs/de").mkdir()
    (checkout / "docs/de/index.md").write_text("# Seite { #page }\n\n```snippet\na/b\n```\n")
    (checkout / "docs/de/other.md").write_text("# Andere { #other }\n")
    (checkout / "docs/words/de.toml").write_text(GERMAN_WORDS, encoding="utf-8")
    (checkout / "mkdocs.de.yml").write_text(GERMAN, encoding="utf-8")


class SmallSite:
    """One page with one snippet."""

    def __init__(self, project: Project, write: Write, laboratory: Laboratory) -> None:
        self.project = project
        self.write = write
        self.laboratory = laboratory
        write("mkdocs.yml", CONFIGURATION.format(root=ROOT))
        write("docs/ko/index.md", "# Small\n\n```snippet\na/b\n```\n")

    def recorded(self, code: str, **tags: object) -> None:
        """A snippet, recorded, of which the lock names what it ran with."""
        self.write("snippets/a/b.sh", snippet(code, **tags))
        done = self.run("snippetlab", "record", "a/b")
        assert done.returncode == 0, done.stderr
        self.lock()

    def says(self, old: str, new: str) -> None:
        """The recording says another thing, as one that was made with other versions."""
        recording = load_library(self.project).entries["a/b"].recording
        assert recording
        steps = [
            replace(step, output=step.output.replace(old.encode(), new.encode()))
            for step in recording.transcript.steps
        ]
        assert steps != list(recording.transcript.steps)
        self.forge(*steps)

    def forge(self, *steps: Step) -> None:
        """A recording of what was never printed, with all that a true one has."""
        entry = load_library(self.project).entries["a/b"]
        write_recording(entry.snippet, entry.inputs, Transcript(steps))

    def lock(self, kernel: str = "", **packages: str) -> None:
        """The lock names this machine's lab, but for that."""
        named = self.laboratory.described([*packages, "grep"])
        named = replace(named, packages={**named.packages, **packages}, digest="0" * 64)
        named = replace(named, kernel=kernel or named.kernel)
        write_lock(self.project.lab / "lock.toml", Lock({"namespace": named}))

    def build(self) -> "subprocess.CompletedProcess[str]":
        return self.run("mkdocs", "build", "--strict")

    def verify(self) -> "subprocess.CompletedProcess[str]":
        return self.run("snippetlab", "verify")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        process = self.begin(*arguments)
        out, err = process.communicate()
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """In a session of its own, so that a signal can be for all that belongs to it."""
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            start_new_session=True,
        )
