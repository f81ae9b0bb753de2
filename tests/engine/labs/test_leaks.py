"""What a chain leaves behind is an error at the step that left it, unless it is declared."""

from pathlib import Path

import pytest

from snippetlab.labs.failing import RunError
from snippetlab.labs.watch import audited, read_leaks
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.leaks import Leak, parse_leaves
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from tests.support import Write, snippet


def _program(code: str, name: str = "x.sh", leaves: str = "") -> Program:
    path = Path(name)
    return Program(path, bash.parse(path, code), {}, 10, leaves=frozenset(leaves.split()))


def test_a_namespace_that_is_removed_is_no_leak(laboratory: Laboratory) -> None:
    laboratory.lab.run([_program("ip netns add web\nip netns delete web\n")])


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", "/run"])
def test_a_file_is_looked_for_wherever_all_may_write(place: str, laboratory: Laboratory) -> None:
    with pytest.raises(RunError, match=f"leaves a file behind: {place}/x"):
        laboratory.lab.run([_program(f"touch {place}/x\n")])


def test_a_follower_may_take_down_what_was_left_for_it(laboratory: Laboratory) -> None:
    up = _program("mkdir m; mount -t tmpfs tmpfs m\n", "up.sh")
    laboratory.lab.run([up, _program("umount m\n", "down.sh")])


def test_a_follower_inherits_what_is_declared(laboratory: Laboratory) -> None:
    up = _program("mkdir m; mount -t tmpfs tmpfs m\n", "up.sh", "mount")
    laboratory.lab.run([up, _program("ls m\n", "use.sh")])


def test_a_process_that_is_about_to_end_is_no_leak(laboratory: Laboratory) -> None:
    laboratory.lab.run([_program("sleep 0.1 &\n")])


def test_a_leak_that_is_not_there_the_second_time_counts_still() -> None:
    answers = iter([[Leak("file", "/tmp/x", "/tmp/x")], []])
    with pytest.raises(RunError, match=r"x\.sh:2: this step leaves a file behind: /tmp/x"):
        audited([_program("true\ntrue\n")], lambda _: ((), next(answers)))


@pytest.mark.parametrize("value", ['["proces"]', '"process"', "[1]"])
def test_a_wrong_tag_is_an_error(value: str, project: Project, write: Write) -> None:
    text = snippet("true\n").replace("# ///\ntrue", f"# leaves = {value}\n# ///\ntrue")
    write("snippets/a/x.sh", text)
    with pytest.raises(Exception, match=r"a/x.sh:4: .*\n.*# leaves = \["):
        load_library(project)


def test_the_tag_does_not_stale_a_recording(project: Project, write: Write) -> None:
    path = write("snippets/a/x.sh", snippet("true\n"))
    before = load_library(project).entries["a/x"]
    path.write_text(snippet("true\n", leaves=["mount"]))
    after = load_library(project).entries["a/x"]
    assert after.snippet.leaves == parse_leaves(["mount"])
    assert after.inputs == before.inputs


@pytest.mark.parametrize(
    "said",
    [b"\xff", b"~1", b"~process\0x\0y", b"~process\0x\0", b"~process\0" * 4, b"~\0" * 100_000]
    + [b"~file\0/tmp/x\0/tmp/x\0proces\0x\0y\0"],
)
def test_a_stage_that_answers_nonsense_is_itself_a_leak(said: bytes) -> None:
    """Its first process is the snippet's to change."""
    assert {leak.kind for leak in read_leaks(said)} == {"process"}


def test_a_stage_where_nothing_is_left_says_so() -> None:
    assert list(read_leaks(b"~")) == []


def test_the_names_of_leaks_hold_nothing_that_a_terminal_obeys() -> None:
    (leak,) = read_leaks("~file\0/tmp/x\0/tmp/\033[2J\n$ rm \u202e\0".encode())
    assert leak.what.isprintable()
