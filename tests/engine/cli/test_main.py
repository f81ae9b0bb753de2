"""The command line: what it prints, and an exit status that can be trusted."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.labs.image import read_recipe
from snippetlab.library import load_library
from snippetlab.lock import read_lock
from snippetlab.project import Project, cache_directory
from snippetlab.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, is_running, snippet

NONE = (
    '# /// snippet\n# lab = "none"\n# proves = "x"\n# reason = "why"\n# source = "y"\n# ///\nls\n'
)


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.snippets)


@pytest.fixture
def two(laboratory: object, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Two recorded snippets."""
    write("snippets/a/one.sh", snippet("echo one\n"))
    write("snippets/a/two.sh", snippet("echo two\n"))
    assert main(["record"]) == 0
    capsys.readouterr()


def command(*arguments: str) -> "subprocess.Popen[str]":
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "snippetlab", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_is_recorded_verifies(two: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "2 held\n"


def test_what_runs_in_no_lab_is_said(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("snippets/a/none.sh", NONE)
    for name in ("run", "flaky"):
        assert main([name, "a/none"]) == 1
        assert capsys.readouterr().err == "a/none runs in no lab: why\n"
    assert main(["record", "a/none"]) == 0
    assert capsys.readouterr().out == "nothing to record: a/none runs in no lab\n"


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


def test_a_reader_that_has_enough_ends_a_list_silently(write: Write) -> None:
    write("snippets/b/three.sh", NONE)
    reader, writer = os.pipe()
    os.close(reader)
    process = [sys.executable, "-m", "snippetlab", "list"]
    done = subprocess.run(process, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 1


def test_another_broken_pipe_is_not_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("snippetlab.cli.record.listing", broken)
    assert main(["list"]) == 1
    assert capsys.readouterr().err == "snippetlab: Broken pipe\n"


def test_list_gives_id_lab_state_and_path(
    two: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/b/three.sh", NONE)
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "id": "a/one",
        "lab": "namespace",
        "state": "fresh",
        "path": "snippets/a/one.sh",
    }
    assert rows[2] == {
        "id": "b/three",
        "lab": "none",
        "state": "not run",
        "path": "snippets/b/three.sh",
    }


def test_run_prints_a_transcript_and_writes_nothing(
    two: None, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/two.sh", snippet("echo 2\n"))
    before = (project.snippets / "a/two.out").read_bytes()
    assert main(["run", "a/two"]) == 0
    assert capsys.readouterr().out == "$ echo 2\n2\n"
    assert (project.snippets / "a/two.out").read_bytes() == before


def test_a_failing_run_is_not_recorded(
    two: None, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project.snippets / "a/two.out").read_bytes()
    write("snippets/a/two.sh", snippet("echo 2\nfalse\n"))
    assert main(["record", "a/one", "a/two"]) == 1
    printed = capsys.readouterr()
    assert "two.sh:6: this step failed with exit status 1" in printed.err
    assert printed.out == "a/one: unchanged\n"
    assert (project.snippets / "a/two.out").read_bytes() == before


def test_an_unknown_id_names_the_nearest(two: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "a/tow"]) == 1
    assert "Did you mean a/two?" in capsys.readouterr().err


@pytest.mark.cure("inside-a-checkout")
def test_outside_a_checkout_it_says_so(
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["list"]) == 1
    assert "no mkdocs.yml" in capsys.readouterr().err
    monkeypatch.chdir(project.snippets)
    assert main(["list"]) == 0


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
    assert "git apply recordings.patch" in done.stderr
    assert "sysctl -w" not in done.stderr, "no setting of this host refuses"
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount one here")
def test_a_read_only_checkout_is_an_error_and_loses_nothing(
    two: None, project: Project, write: Write
) -> None:
    write("snippets/a/two.sh", snippet("echo 2\n"))
    before = (project.snippets / "a/two.out").read_bytes()
    script = 'mount --bind -o ro "$1" "$1" && cd "$1/snippets" && exec "$2" -m snippetlab record'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(project.root), sys.executable],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project.snippets / "a/two.out").read_bytes() == before


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_recording_loses_nothing(
    number: signal.Signals, status: int, two: None, project: Project, write: Write
) -> None:
    before = (project.snippets / "a/two.out").read_bytes()
    nap = f"sleep 51.{os.getpid()}{number}"  # another run of these tests has another
    write("snippets/a/two.sh", snippet(f"echo 2\n{nap}\n", timeout=60))
    process = command("record", "a/two")
    while not is_running(nap):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == status, err
    assert out == ""
    assert "Traceback" not in err
    assert (project.snippets / "a/two.out").read_bytes() == before
    assert sorted(p.name for p in (project.snippets / "a").glob("*two*")) == ["two.out", "two.sh"]
    assert not is_running(nap)


def test_the_help_names_every_command() -> None:
    out, _ = command("--help").communicate()
    for name in ("verify", "record", "run", "list", "new", "lab"):
        assert f"\n    {name} " in out


@pytest.mark.cure("number-in-range")
@pytest.mark.parametrize("arguments", [["verify", "--repeat"], ["flaky", "a/one", "--times"]])
@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "100000", "9" * 5000])
def test_how_often_is_a_number_that_makes_sense(
    arguments: list[str], number: str, two: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*arguments, number])
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert f"argument {arguments[-1]}: " in said
    (least,) = re.findall(r"write a number from (\d+) to \d+$", said, re.MULTILINE)
    assert main([*arguments, least]) == 0


def test_it_says_its_version() -> None:
    out, _ = command("--version").communicate()
    assert re.fullmatch(r"snippetlab \d+\.\d+\.\d+\n", out)


@pytest.mark.cure("form-of-an-id", "another-id")
def test_a_new_snippet_needs_an_id_of_its_own(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "Name"]) == 1
    (id_,) = re.findall(r"hyphens: (\S+)$", capsys.readouterr().err, re.MULTILINE)
    assert main(["new", id_]) == 0
    before = (project.snippets / f"{id_}.sh").read_text()
    assert main(["new", id_]) == 1
    (other,) = re.findall(r"such as (\S+)\.$", capsys.readouterr().err, re.MULTILINE)
    assert main(["new", other]) == 0
    assert (project.snippets / f"{id_}.sh").read_text() == before
