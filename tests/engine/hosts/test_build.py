"""What a build shows, runs and refuses."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generated.sources import linked_sources
from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.hosts.build import Build
from snippetlab.project import Project, cache_directory
from snippetlab.run.cause import locked
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.lock import write_lock
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, advised, snippet

PAGE = "```snippet\na/b\n```\n"


class Site:
    """A checkout with one page that shows one snippet."""

    def __init__(self, project: Project, write: Write) -> None:
        self.project = project
        self.write = write
        self.said: list[str] = []
        write("snippets/a/b.sh", snippet("echo real\n"))
        write("docs/ko/index.md", PAGE)

    def build(self, *, live: bool = True, write: bool = False) -> Build:
        pages = self.project.docs / "ko"
        build = Build(self.project, pages, live=live, write=write, say=self.said.append)
        build.start()
        build.finish()
        return build

    def forge(self) -> None:
        """A recording with right key and sum of something that was never printed."""
        entry = load_library(self.project).entries["a/b"]
        transcript = Transcript((Step("echo real", b"forged\n"),))
        write_recording(entry.snippet, entry.inputs, transcript)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laboratory: Laboratory) -> Path:
    """A cache with the image and nothing else."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for name in ("images", "recipes"):
        (cache / name).symlink_to(cache_directory() / name)
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(cache))
    return cache


@pytest.fixture
def site(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(project.root)
    return Site(project, write)


@pytest.fixture
def same_lab(project: Project, laboratory: Laboratory) -> None:
    """The lock names the lab of this machine."""
    write_lock(project.lab / "lock.toml", locked({"namespace": laboratory}))


def test_a_missing_recording_is_an_error(site: Site) -> None:
    with pytest.raises(EngineError, match="snippetlab record a/b"):
        site.build()


def test_serving_records_what_is_missing(site: Site, cache: Path) -> None:
    build = site.build(write=True)
    recording = build.library.entries["a/b"].recording
    assert recording
    assert recording.transcript.steps == (Step("echo real", b"real\n"),)
    assert site.said == ["recorded a/b"]


def test_serving_never_records_a_failure(site: Site, cache: Path) -> None:
    site.write("snippets/a/b.sh", snippet("false\n"))
    with pytest.raises(EngineError, match=r"b\.sh:5: this step failed"):
        site.build(write=True)
    assert not (site.project.snippets / "a/b.out").exists()


def test_a_forged_recording_fails_the_build(site: Site, cache: Path, same_lab: None) -> None:
    site.forge()
    with pytest.raises(EngineError) as caught:
        site.build()
    assert "| -forged\n    | +real" in str(caught.value)


def test_with_another_kernel_a_difference_fails_even_so(
    site: Site, cache: Path, laboratory: Laboratory
) -> None:
    """What excuses one is in tests/site/test_drift_in_builds.py."""
    other = locked({"namespace": replace(laboratory, kernel="6.1.0-other")})
    write_lock(site.project.lab / "lock.toml", other)
    site.forge()
    with pytest.raises(EngineError, match="no longer prints what is recorded"):
        site.build()
    assert not site.said


def test_a_proof_is_remembered(site: Site, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["record"]) == 0
    site.build()
    ran: list[object] = []
    monkeypatch.setattr(
        "snippetlab.labs.namespace.lab.NamespaceLab.run", lambda _, p: ran.append(p)
    )
    monkeypatch.setattr("snippetlab.labs.namespace.lab.NamespaceLab.check", lambda _: None)
    site.build()
    assert not ran


def test_with_everything_proved_nothing_that_runs_snippets_is_imported(
    site: Site, cache: Path
) -> None:
    """It would take as long as everything else that is imported."""
    assert main(["record"]) == 0
    site.build()
    building = """if True:
        import sys
        from pathlib import Path
        from snippetlab.hosts.build import Build
        from snippetlab.project import Project
        build = Build(Project(Path.cwd()), Path("docs/ko"), live=True, write=False, say=print)
        build.start()
        build.finish()
        print(*sys.modules)"""
    said = subprocess.check_output([sys.executable, "-c", building], text=True)
    imported = set(said.split())
    assert "snippetlab.snippet.library" in imported
    what_runs = {"snippetlab.labs.namespace.lab", "snippetlab.run.live", "snippetlab.run.runner"}
    assert not what_runs & imported


def test_only_what_the_pages_show_runs(site: Site, cache: Path, same_lab: None) -> None:
    site.write("snippets/a/unshown.sh", snippet("false\n"))
    assert main(["record", "a/b"]) == 0
    site.build()


def test_without_the_lab_recordings_serve(site: Site, cache: Path) -> None:
    assert main(["record"]) == 0
    (cache / "images").unlink()
    build = site.build()
    assert build.library.entries["a/b"].recording
    (line,) = site.said
    assert line.startswith("1 snippet: shown from recordings and not run: the base image")


def test_without_the_lab_nothing_is_made_up(site: Site, cache: Path) -> None:
    (cache / "images").unlink()
    with pytest.raises(EngineError, match=r"a/b\.sh:1: .*\n.* `snippetlab record a/b`$"):
        site.build()
    # A preview shows the commands alone, and why.
    entry = site.build(write=True).library.entries["a/b"]
    assert entry.placeholder
    assert "the base image is missing" in entry.placeholder.reason
    assert not (site.project.snippets / "a/b.out").exists()


def test_where_the_lab_works_it_is_said_to_record(site: Site, cache: Path) -> None:
    with pytest.raises(
        EngineError, match=r"has no recording\n    Record it: snippetlab record a/b"
    ):
        site.build()


def test_a_preview_runs_nothing_slow(site: Site, cache: Path) -> None:
    """Nor does it say that a lab is missing which is there."""
    site.write("snippets/a/b.sh", snippet("true\n").replace("namespace", "docker"))
    entry = site.build(write=True).library.entries["a/b"]
    assert entry.placeholder
    assert "docker" in entry.placeholder.reason  # the cache has images, but no machines


def test_recorded_mode_runs_nothing(site: Site, cache: Path, same_lab: None) -> None:
    site.forge()
    site.build(live=False)
    assert not site.said


@pytest.mark.cure("runs-died")
def test_a_build_whose_runs_die_does_not_pass(site: Site, cache: Path) -> None:
    """A missing result is no result that held."""
    assert main(["record"]) == 0
    pages = site.project.docs / "ko"
    build = Build(site.project, pages, live=True, write=False, say=site.said.append)
    build.start()
    assert build._runs
    assert build._runs._background
    os.kill(build._runs._background._process, signal.SIGKILL)
    with pytest.raises(EngineError, match="the process that runs snippets died") as caught:
        build.finish()
    assert main(advised(str(caught.value))) == 0
    site.build()


def test_only_files_of_the_engine_that_pages_link_to_are_for_readers(
    site: Site, cache: Path
) -> None:
    assert main(["record"]) == 0
    for name in ("shown.py", "labs/shown.c", "other.py"):
        site.write(f"hooks/snippetlab/{name}", "")
    links = "[a](source/hooks/snippetlab/shown.py) [b](../source/hooks/snippetlab/labs/shown.c#L1)"
    site.write("docs/ko/engine.md", f"{links} [c](source/hooks/snippetlab/missing.py)\n")
    root = site.project.root
    found = linked_sources(root, site.build().pages)
    assert found == [root / f"hooks/snippetlab/{name}" for name in ("labs/shown.c", "shown.py")]


def test_what_this_machine_cannot_run_is_shown_and_said(site: Site, cache: Path) -> None:
    """A preview that has no recording of it shows the commands alone, and why."""
    site.write("snippets/a/b.sh", snippet("echo real\n"))
    assert main(["record"]) == 0
    path = site.project.snippets / "a/b.sh"
    path.write_text(
        path.read_text().replace("# ///\n", "# requires = { kernel = '99.0' }\n# ///\n")
    )
    assert site.build().library.entries["a/b"].recording
    here = os.uname().release
    assert site.said == [f"1 skipped: it needs Linux 99.0, and this is {here}: a/b"]
    path.with_suffix(".out").unlink()
    placeholder = site.build(write=True).library.entries["a/b"].placeholder
    assert placeholder
    assert placeholder.reason == f"it needs Linux 99.0, and this is {here}"
