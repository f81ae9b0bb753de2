"""The command line as such: help, misuse, interrupts, and readers that go away."""

import errno
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.library import Library
from tests.support import PATIENCE, Write, is_running, snippet


def test_a_reader_that_has_enough_ends_a_list_silently(write: Write) -> None:
    write("snippets/a/one.sh", snippet("true\n"))
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
    def broken(_: object) -> Library:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("snippetlab.cli.list.read_library", broken)
    assert main(["list"]) == 1
    assert capsys.readouterr().err == "snippetlab: Broken pipe\n"


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


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_recording_loses_nothing(
    number: signal.Signals, status: int, two: None, project: Project, write: Write
) -> None:
    before = (project.snippets / "a/two.out").read_bytes()
    nap = f"sleep 51.{os.getpid()}{number}"  # another run of these tests has another
    write("snippets/a/two.sh", snippet(f"echo 2\n{nap}\n", timeout=60))
    command = [sys.executable, "-m", "snippetlab", "record", "a/two"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not is_running(nap):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == status, err
    assert out == ""
    assert "Traceback" not in err
    assert (project.snippets / "a/two.out").read_bytes() == before
    assert sorted(p.name for p in (project.snippets / "a").glob("*two*")) == ["two.out", "two.sh"]
    assert not is_running(nap)


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (
            [],
            [
                *("adopt", "drift", "flaky", "init", "lab", "list", "migrate", "new", "record"),
                *("run", "verify"),
            ],
        ),
        (["lab"], ["build", "drift", "key", "moved", "prune", "shell", "sources", "status"]),
    ],
)
def test_the_help_names_every_command_and_each_has_its_own(
    group: list[str], names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*group, "--help"]) == 0
    said = dict(re.findall(r"^  ([a-z]+)  +(.+)$", capsys.readouterr().out, re.MULTILINE))
    assert [*said] == names
    for name, summary in said.items():
        assert main([*group, name, "--help"]) == 0
        out = capsys.readouterr().out
        assert out.startswith(f"Usage: {' '.join(('snippetlab', *group, name))} ")
        assert f"\n  {summary}\n" in out


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], "snippetlab.snippet.library"),
        (["list"], "snippetlab.run.runner"),
        (["lab", "--help"], "snippetlab.labs"),
        (["lab", "key", "base"], "snippetlab.images.bootstrap"),
    ],
)
def test_what_other_commands_need_is_not_imported(arguments: list[str], unwanted: str) -> None:
    """The snippets take less time to read than all of it."""
    asking = f"""if True:
        import sys
        from snippetlab.cli import main
        assert main({arguments}) == 0
        print(*sys.modules)"""
    said = subprocess.check_output([sys.executable, "-c", asking], text=True)
    imported = said.splitlines()[-1].split()
    assert "snippetlab.cli" in imported
    assert unwanted not in imported


@pytest.mark.parametrize(
    ("wrong", "cure", "right"),
    [
        (["lsit"], "Did you mean 'list'?", ["list"]),
        (["list", "--jsno"], "Did you mean '--json'?", ["list", "--json"]),
        (["list", "--lab", "\x1b[2J"], "'namespace', 'machine'", ["list", "--lab", "machine"]),
        (["new"], "Missing argument 'ID'", ["new", "a/b"]),
    ],
)
def test_misuse_has_the_status_2_and_says_what_would_be_right(
    wrong: list[str], cure: str, right: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(wrong) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Usage: snippetlab ")
    assert cure in printed.err
    assert "\x1b" not in printed.err
    assert main(right) == 0


@pytest.mark.cure("number-in-range")
@pytest.mark.parametrize("arguments", [["verify", "--repeat"], ["flaky", "a/one", "--times"]])
@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "100000", "9" * 5000])
def test_how_often_is_a_number_that_makes_sense(
    arguments: list[str], number: str, two: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, number]) == 2
    said = capsys.readouterr().err
    assert f"Invalid value for '{arguments[-1]}': " in said
    (least,) = re.findall(r"write a number from (\d+) to \d+$", said, re.MULTILINE)
    assert main([*arguments, least]) == 0


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"snippetlab \d+\.\d+\.\d+\n", capsys.readouterr().out)
