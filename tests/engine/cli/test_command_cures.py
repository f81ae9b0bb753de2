"""What messages of `verify` on its arguments and on what differs advise, done."""

import re
import shutil
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.engine.following import commit, follow
from tests.support import Write, snippet


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@pytest.fixture
def one(write: Write, laboratory: object, capsys: pytest.CaptureFixture[str]) -> Path:
    """A snippet, recorded."""
    path = write("snippets/a/b.sh", snippet("echo ok\n"))
    assert main(["record"]) == 0
    capsys.readouterr()
    return path


@pytest.mark.cure("shard-of-shards")
def test_a_selection_that_cannot_be_is_told_how(
    one: Path,
    project: Project,
    write: Write,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("snippets/a/other.sh", snippet("echo other\n"))
    assert main(["record"]) == 0
    assert main(["verify", "--shard", "3/2"]) == 1
    (said,) = re.findall(r"Write it like (\d/\d):", capsys.readouterr().err)
    assert main(["verify", "--shard", said]) == 0


@pytest.mark.cure("revision-that-exists", "install-git")
def test_a_revision_must_exist_and_so_must_git(
    one: Path,
    project: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    commit(project)
    assert main(["verify", "--changed", "nowhere"]) == 1
    (revision,) = re.findall(r"such as (\w+)\.$", capsys.readouterr().err, re.MULTILINE)
    assert main(["verify", "--changed", revision]) == 0
    capsys.readouterr()
    # A simulated host: its apt-get installs what there is none of.
    host, git = tmp_path_factory.mktemp("host"), shutil.which("git")
    install = f'[ "$*" = "install git" ] && ln -s {git} {host}/git\n'
    for name, content in (("sudo", 'exec "$@"\n'), ("apt-get", install)):
        (host / name).write_text(f"#!/bin/sh\n{content}")
        (host / name).chmod(0o755)
    for tool in ("sh", "ln", "bwrap", "setpriv"):
        (host / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setenv("PATH", str(host))
    assert main(["verify", "--changed", revision]) == 1
    follow("Install it", capsys.readouterr().err, Path.cwd())
    assert main(["verify", "--changed", revision]) == 0


@pytest.mark.cure("accept-output", "find-what-varies", "say-what-varies")
def test_another_output_is_accepted_or_found_to_vary(
    one: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = one.with_suffix(".out")
    one.write_text(snippet("echo ok; cat /etc/hostname\n"))
    assert main(["record"]) == 0
    one.write_text(snippet("echo ok; cat /proc/sys/kernel/random/uuid\n"))
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    (command,) = re.findall(r"in the tag `volatile`: snippetlab (.+)$", said, re.MULTILINE)
    assert main(command.split()) == 1
    (tag,) = re.findall(r"in the header: (# volatile = .+)$", capsys.readouterr().out, re.M)
    one.write_text(one.read_text().replace("# ///\n", f"{tag}\n# ///\n"))
    assert main(["record"]) == 0
    # Without the tag it differs from its recording, and the same is advised.
    one.write_text(one.read_text().replace(f"{tag}\n", ""))
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    (command,) = re.findall(r"from run to run: snippetlab (.+)$", said, re.MULTILINE)
    assert main(command.split()) == 1
    assert tag in capsys.readouterr().out
    # What differs once only is accepted.
    one.write_text(snippet("echo ok\n"))
    assert main(["record"]) == 0
    entry = load_library(project).entries["a/b"]
    write_recording(entry.snippet, entry.inputs, Transcript((Step("echo ok", b"not ok\n"),)))
    capsys.readouterr()
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    (command,) = re.findall(r"accept it: snippetlab (.+)$", said, re.MULTILINE)
    assert main(command.split()) == 0
    assert "not ok" not in recording.read_text()
    assert main(["verify"]) == 0
