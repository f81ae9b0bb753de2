"""What excuses a build whose snippet no longer prints its recording, and what does not.

Each is a real build of a small site, and `snippetlab verify` beside it, which excuses nothing.
"""

import os
import subprocess
import sys
import tomllib
from dataclasses import replace

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.library import load_library
from snippetlab.lock import Lock, write_lock
from snippetlab.project import Project
from snippetlab.recording import write_recording
from tests.support import ROOT, Write, snippet

CONFIGURATION = """\
site_name: small
docs_dir: docs/ko
theme: {{ name: mkdocs, language: ko }}
hooks: [{root}/hooks/main.py]
markdown_extensions: [pymdownx.superfences]
"""


class Site:
    """One page with one snippet."""

    def __init__(self, project: Project, write: Write, laboratory: Laboratory) -> None:
        self.project = project
        self.write = write
        self._laboratory = laboratory
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
        entry = load_library(self.project).entries["a/b"]
        assert entry.recording
        steps = entry.recording.transcript.steps
        changed = [
            replace(step, output=step.output.replace(old.encode(), new.encode())) for step in steps
        ]
        assert changed != list(steps)
        transcript = replace(entry.recording.transcript, steps=tuple(changed))
        write_recording(entry.snippet, entry.key, transcript)

    def lock(self, kernel: str = "", **packages: str) -> None:
        """The lock names this machine's lab, but for that."""
        named = self._laboratory.described([*packages, "grep"])
        named = replace(named, packages={**named.packages, **packages}, digest="0" * 64)
        named = replace(named, kernel=kernel or named.kernel)
        write_lock(self.project.lab / "lock.toml", Lock({"namespace": named}))

    def build(self) -> "subprocess.CompletedProcess[str]":
        return self.run("mkdocs", "build", "--strict")

    def verify(self) -> "subprocess.CompletedProcess[str]":
        return self.run("snippetlab", "verify")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.project.root,
            capture_output=True,
            text=True,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )


@pytest.fixture
def site(project: Project, write: Write, laboratory: Laboratory) -> Site:
    return Site(project, write, laboratory)


def test_another_kernel_alone_excuses_nothing(site: Site) -> None:
    site.recorded("echo ok\n")
    assert site.build().returncode == 0
    site.says("ok", "not ok")
    site.lock(kernel="6.1.0-other")
    done = site.build()
    assert done.returncode == 1
    assert "a/b no longer prints what is recorded" in done.stderr
    assert "| -not ok\n    | +ok\n" in done.stderr
    assert site.verify().returncode == 1


def test_another_version_of_what_the_step_runs_excuses_a_build_not_a_verification(
    site: Site,
) -> None:
    site.recorded("printf 'a\\nb\\n' > list\ngrep --count a list\n")
    site.says("1", "2")
    site.lock(grep="3.1-other")
    now = site._laboratory.packages.versions["grep"]
    done = site.build()
    assert done.returncode == 0, done.stderr
    assert f"step 2: `grep` comes from grep 3.1-other → {now}" in done.stderr
    assert "This build lets it pass, `snippetlab verify` does not." in done.stderr
    verified = site.verify()
    assert verified.returncode == 1
    assert "1 changed" in verified.stdout
    assert f"step 2: `grep` comes from grep 3.1-other → {now}" in verified.stderr
    assert "lets it pass" not in verified.stderr


def test_another_version_of_something_else_excuses_nothing(site: Site) -> None:
    site.recorded("printf 'a\\nb\\n' > list\ngrep --count a list\necho ok\n")
    site.says("ok", "not ok")
    site.lock(grep="3.1-other")
    assert site.build().returncode == 1
    # Nor does one step's cause excuse another.
    site.says("1", "2")
    assert site.build().returncode == 1


def test_a_failed_run_is_excused_by_the_step_in_which_it_ended(site: Site) -> None:
    site.recorded("echo ok\nls missing # ? 2\n")
    site.write("snippets/a/b.sh", snippet("echo ok\nls missing # ? 3\n"))
    entry = load_library(site.project).entries["a/b"]
    old = entry.recording
    assert old
    steps = (old.transcript.steps[0], replace(old.transcript.steps[1], status=3))
    write_recording(entry.snippet, entry.key, replace(old.transcript, steps=steps))
    done = site.build()
    assert done.returncode == 1
    assert "b.sh:6: this step failed with exit status 2 instead of 3" in done.stderr
    site.lock(coreutils="8.0-other")
    done = site.build()
    assert done.returncode == 0, done.stderr
    assert "step 2: `ls` comes from coreutils 8.0-other → " in done.stderr
    assert site.verify().returncode == 1


@pytest.mark.cure("depends-on-the-kernel")
def test_a_snippet_that_names_the_kernel_is_excused_by_another_one(site: Site) -> None:
    site.recorded("echo ok\n")
    site.says("ok", "not ok")
    site.lock(kernel="6.1.0-other")
    done = site.build()
    assert done.returncode == 1
    _, tag = done.stderr.split("and builds let it pass: # depends = ")
    tag = tag.splitlines()[0]
    path = site.project.snippets / "a/b.sh"
    path.write_text(path.read_text().replace("# ///\n", f"# depends = {tag}\n# ///\n"))
    done = site.build()
    assert done.returncode == 0, done.stderr
    change = f"6.1.0-other → {site._laboratory.kernel}"
    assert f"the kernel, named by the tag `depends`: {change}" in done.stderr
    assert site.verify().returncode == 1


def test_the_lock_names_the_packages_that_steps_come_from(site: Site) -> None:
    site.recorded("hostname\n")
    (site.project.lab / "lock.toml").unlink()
    done = site.run("snippetlab", "verify", "--write")
    assert done.returncode == 0, done.stderr
    locked = tomllib.loads((site.project.lab / "lock.toml").read_text())
    versions = site._laboratory.packages.versions
    assert locked["images"]["base"]["packages"]["hostname"] == versions["hostname"]
    assert site.build().returncode == 0
