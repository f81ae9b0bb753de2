"""`snippetlab verify`: a status that can be trusted, and the cure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.images.image import read_recipe
from snippetlab.project import Project, cache_directory
from snippetlab.run.lock import read_lock
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet


def test_what_is_recorded_verifies(two: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "2 held\n"


def test_a_changed_output_fails_with_a_diff(
    two: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = load_library(project).find("a/two")
    forged = Transcript((Step("echo two", b"three\n"),))
    write_recording(entry.snippet, entry.inputs, forged)
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "1 held, 1 changed\n"
    assert "two.out:1: a/two no longer prints" in printed.err
    assert "| -three\n    | +two\n" in printed.err
    assert "snippetlab record a/two" in printed.err


@pytest.mark.parametrize("state", ["stale", "missing", "edited by hand"])
def test_a_recording_that_is_not_fresh_fails(
    state: str, two: None, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = project.snippets / "a/two.out"
    if state == "stale":
        write("snippets/a/two.sh", snippet("echo 2\n"))
    elif state == "missing":
        recording.unlink()
    else:
        recording.write_text(recording.read_text().replace("two\n", "2\n"))
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "1 held, 1 not fresh (see above)\n"
    assert "snippetlab record a/two" in printed.err
    assert main(["list", "--json"]) == 0
    states = {row["id"]: row["state"] for row in json.loads(capsys.readouterr().out)}
    assert states == {"a/one": "fresh", "a/two": state}


def test_what_is_not_fresh_alone_is_not_taken_for_nothing(
    two: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.snippets / "a/two.out").unlink()
    assert main(["verify", "a/two"]) == 1
    assert capsys.readouterr().out == "0 run, 1 not fresh (see above)\n"


def test_verify_writes_the_lock_only_if_all_held(
    two: None, project: Project, write: Write, repository: Project
) -> None:
    lock = project.lab / "lock.toml"
    write("snippets/a/two.sh", snippet("echo 2\n"))
    assert main(["verify", "--write"]) == 1
    assert not lock.exists()
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    read = read_lock(lock)
    assert read.labs["namespace"].kernel == os.uname().release
    assert set(read.labs["namespace"].packages) >= set(read_recipe(project).packages)


def test_without_an_image_it_names_the_cure(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("snippets/a/one.sh", snippet("echo one\n"))
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "cache"))
    assert main(["record"]) == 1
    assert "snippetlab lab build base" in capsys.readouterr().err
    assert main(["verify"]) == 1


def test_without_bubblewrap_it_names_the_cure(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/one.sh", snippet("echo one\n"))
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["verify"]) == 1
    assert "sudo apt-get install bubblewrap" in capsys.readouterr().err


def test_a_host_that_refuses_user_namespaces_is_told_what_works(two: None) -> None:
    """In a user namespace that may have none below it, as under Ubuntu's AppArmor rule."""
    outer = "echo 1 >/proc/sys/user/max_user_namespaces; exec unshare --user --map-user=1000"
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", f'{outer} "$@"', "sh"]
        + [sys.executable, "-m", "snippetlab", "verify"],
        capture_output=True,
        text=True,
        env=os.environ | {"SNIPPETLAB_CACHE": str(cache_directory())},
    )
    assert done.returncode == 1
    assert "the namespace lab does not work" in done.stderr
    assert "Pages are built all the same, from their recordings." in done.stderr
    assert "sysctl -w" not in done.stderr, "no setting of this host refuses"
    assert "Traceback" not in done.stderr
