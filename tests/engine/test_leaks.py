"""What a chain leaves behind is an error at the step that left it, unless it is declared."""

from pathlib import Path

import pytest

from snippetlab import bash
from snippetlab.laboratory import Laboratory
from snippetlab.labs.steps import RunError
from snippetlab.labs.watch import audited, read_leaks
from snippetlab.leaks import CURES, Leak, parse_leaves
from snippetlab.library import load_library
from snippetlab.program import Program
from snippetlab.project import Project
from tests.support import Write, snippet

LEAKS = {
    "process": ("sleep 60 &", "sleep 60"),
    "mount": ("mkdir m; mount -t tmpfs tmpfs m", "tmpfs on /root/m"),
    "namespace": ("ip netns add web", "/run/netns/web"),
    "file": ("touch /tmp/x", "/tmp/x"),
}


def _program(code: str, name: str = "x.sh", leaves: str = "") -> Program:
    path = Path(name)
    return Program(path, bash.parse(path, code), {}, 10, leaves=frozenset(leaves.split()))


def _fault(laboratory: Laboratory, *chain: Program) -> str:
    with pytest.raises(RunError) as caught:
        laboratory.lab.run(chain)
    return str(caught.value)


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_is_an_error_at_its_step(kind: str, laboratory: Laboratory) -> None:
    code, what = LEAKS[kind]
    fault = _fault(laboratory, _program(f"true\n{code}\ntrue\n"))
    assert fault.startswith(f"x.sh:2: this step leaves a {kind} behind: {what}\n")
    assert CURES[kind] in fault
    assert f'leaves = ["{kind}"]' in fault


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_may_be_declared(kind: str, laboratory: Laboratory) -> None:
    laboratory.lab.run([_program(f"{LEAKS[kind][0]}\n", leaves=kind)])


def test_a_port_is_a_leak_of_its_own(laboratory: Laboratory) -> None:
    code = (
        "python3 -c 'import socket, time; s = socket.create_server((\"\", 80)); time.sleep(60)' &"
    )
    wait = "until ss -tln | grep -q :80; do sleep 0.01; done"
    fault = _fault(laboratory, _program(f"{code}\n{wait}\n", leaves="process"))
    assert "this step leaves a port behind: tcp port 80" in fault


def test_what_is_taken_down_is_no_leak(laboratory: Laboratory) -> None:
    laboratory.lab.run(
        [
            _program(
                "sleep 60 &\nkill %1\nmkdir m; mount -t tmpfs tmpfs m\numount m\n"
                "ip netns add web\nip netns delete web\ntouch /tmp/x\nrm /tmp/x\n"
            )
        ]
    )


def test_a_leak_inside_a_nested_shell_is_found_there(laboratory: Laboratory) -> None:
    fault = _fault(laboratory, _program("bash <<'jail'\ntrue\nsetsid -f sleep 60\njail\ntrue\n"))
    assert fault.startswith("x.sh:3: this step leaves a process behind")


def test_a_follower_may_take_down_what_was_left_for_it(laboratory: Laboratory) -> None:
    up = _program("mkdir m; mount -t tmpfs tmpfs m\n", "up.sh")
    laboratory.lab.run([up, _program("umount m\n", "down.sh")])


def test_the_snippet_of_a_chain_that_leaks_is_named(laboratory: Laboratory) -> None:
    chain = [_program("true\n", "a.sh"), _program("touch /run/x\n", "b.sh"), _program("true\n")]
    assert _fault(laboratory, *chain).startswith("b.sh:1: this step leaves a file behind: /run/x")


def test_a_follower_inherits_what_is_declared(laboratory: Laboratory) -> None:
    up = _program("mkdir m; mount -t tmpfs tmpfs m\n", "up.sh", "mount")
    laboratory.lab.run([up, _program("ls m\n", "use.sh")])


def test_files_in_the_working_directory_are_no_leak(laboratory: Laboratory) -> None:
    laboratory.lab.run([_program("mkdir -p a/b; touch a/b/c\n")])


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
