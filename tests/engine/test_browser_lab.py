"""The browser lab, run in node: what it gives a snippet, and how runs are told apart."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab import bash
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.labs.browser.image import BrowserImage
from snippetlab.labs.browser.packages import Node, merged
from snippetlab.labs.browser.recipe import read_browser_recipe
from snippetlab.labs.browser.root import pack
from snippetlab.labs.steps import RunError
from snippetlab.library import load_library
from snippetlab.program import Program
from snippetlab.project import Project
from snippetlab.runner import Verdict, run_all
from snippetlab.transcript import Transcript
from tests.support import ROOT, Write, snippet

LIBRARY = load_library(Project(ROOT))
HOLDING = [id_ for id_, entry in LIBRARY.entries.items() if entry.snippet.browser]
OWN = [id_ for id_ in HOLDING if LIBRARY.entries[id_].snippet.lab == "browser"]
"""These run in tests/snippets/test_recordings.py."""
FILES = {"data.txt": b"data\n" * 1000, "empty": b""}
Chain = Callable[..., tuple[Transcript, ...]]


@pytest.fixture(scope="module")
def chain(laboratory_of: Callable[[str], Laboratory]) -> Chain:
    """Run texts one after another in one machine."""
    lab = laboratory_of("browser").lab

    def chain(*codes: str, timeout: float = 10) -> tuple[Transcript, ...]:
        path = Path("x.sh")
        return lab.run([Program(path, bash.parse(path, code), FILES, timeout) for code in codes])

    return chain


FIRST = (
    "wc -l data.txt; wc -c empty\n"
    "false # ? 1\n"
    "echo out; echo err >&2\n"
    "unshare --uts bash <<'jail'\nhostname inside\nhostname\njail\n"
    "hostname; pwd; id -u; echo $LC_ALL $HOME $COLUMNS\n"
    "test -t 1 # ? 1\n"
    "head -c 20000 /dev/zero | tr '\\0' x\n"
    "busybox sh -c 'echo é'\n"
    "ls /sys/class/net | grep -v bonding_masters\nls /sys/block\n"
    "echo x > kept; x=1\n"
)
CLOCK = "date +%s\ncat /proc/sys/kernel/random/uuid\n"


@pytest.fixture(scope="module")
def ran(chain: Chain) -> tuple[Transcript, ...]:
    """Of two snippets in one machine, and one in another."""
    return chain(FIRST, f"cat kept; echo ${{x-unset}}; pwd\n{CLOCK}") + chain(
        f"ls kept # ? 2\n{CLOCK}"
    )


def test_output_status_files_and_nested_shells(ran: tuple[Transcript, ...]) -> None:
    steps = ran[0].steps[:10]
    outputs = [step.output for step in steps]
    assert outputs[:6] == [
        b"1000 data.txt\n0 empty\n",
        b"",
        b"out\nerr\n",
        b"",
        b"",
        b"inside\n",
    ]
    assert outputs[6:] == [b"lab\n/root\n0\nC.UTF-8 /root 80\n", b"", b"x" * 20000, "é\n".encode()]
    assert [step.status for step in steps] == [0, 1, 0, 0, 0, 0, 0, 1, 0, 0]


def test_a_chain_has_one_machine_and_the_next_chain_another(ran: tuple[Transcript, ...]) -> None:
    first, second, other = ran
    assert not first.steps[-1].output
    assert second.steps[0].output == b"x\nunset\n/root\n"
    assert other.steps[0].status == 2


def test_clock_and_randomness_are_not_those_of_the_saved_machine(
    ran: tuple[Transcript, ...],
) -> None:
    (clock, one), (_, other) = (transcript.steps[1:] for transcript in ran[1:])
    assert abs(int(clock.output) - time.time()) < 600
    assert one.output != other.output


def test_no_way_out(ran: tuple[Transcript, ...]) -> None:
    network, disks, _ = ran[0].steps[10:]
    assert network.output == b"lo\n"
    assert not disks.output


def test_a_step_that_hangs_fails_or_ends_its_shell_is_an_error(chain: Chain) -> None:
    with pytest.raises(RunError, match=r"x\.sh:2: this step failed with exit status 3"):
        chain("true\n(exit 3)\n")
    with pytest.raises(RunError, match=r"the shell ended in this step \(exit status 4\)"):
        chain("exit 4\n")
    with pytest.raises(RunError, match="took longer than"):
        chain("sleep 600\n", timeout=0.2)


@pytest.mark.variant("browser")
@pytest.mark.parametrize("id_", [id_ for id_ in HOLDING if id_ not in OWN])
def test_what_can_be_run_in_the_tab_holds_there(
    id_: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    entries = [LIBRARY.entries[id_]]
    (result,) = run_all({"browser": laboratory_of("browser")}, entries, inside="browser")
    assert result.verdict is Verdict.HELD, (result.error, result.faults)


def test_what_the_issue_asks_for_is_there() -> None:
    assert len(HOLDING) >= 25


def test_packs_are_those_whose_commands_a_snippet_uses() -> None:
    image = BrowserImage(Path("x"), {"packs": {"network": ["ip", "ss"], "compiler": ["tcc"]}})

    def packs(code: str, **files: bytes) -> list[str]:
        return image.packs_for([Program(Path("x"), bash.parse(Path("x"), code), files, 1)])

    assert packs("ip link\n") == ["network"]
    assert packs("unshare --net bash <<'jail'\nss -x\njail\n") == ["network"]
    assert packs("echo ipc; ls ./ip; cat a-tcc; echo slip\n") == []
    assert packs("sh x\n", x=b"tcc -o a a.c") == ["compiler"]


def test_the_archive_of_the_root_is_the_same_for_the_same_nodes() -> None:
    nodes = {"usr/bin/x": Node(0o100755, b"x"), "bin": Node(0o120777, b"usr/bin")}
    assert pack(nodes) == pack(dict(reversed(nodes.items())))
    assert merged("bin/x") == "usr/bin/x"
    assert merged("lib/i386-linux-gnu/libc.so.6") == "usr/lib/i386-linux-gnu/libc.so.6"
    assert merged("usr/lib/x") == "usr/lib/x"


def test_the_recipe_is_one_for_each_kernel(write: Write, project: Project) -> None:
    small, debian = (read_browser_recipe(Project(ROOT), kernel) for kernel in ("small", "debian"))
    assert small.key != debian.key
    assert small.files == debian.files
    write("lab/browser.toml", "suite = 'x'\n")
    with pytest.raises(EngineError, match=r"browser\.toml: the recipe is unreadable"):
        read_browser_recipe(project)


@pytest.mark.parametrize(
    ("lab", "tags", "message"),
    [
        ("namespace", {"browser": "yes"}, "must be true"),
        ("none", {"browser": True, "reason": "x", "source": "y"}, "must be true"),
        ("namespace", {"browser": True, "unordered": ["a"]}, "any order"),
    ],
)
def test_wrong_tags(
    lab: str, tags: dict[str, object], message: str, write: Write, project: Project
) -> None:
    text = snippet("true\n", **tags).replace('"namespace"', f'"{lab}"')
    write("snippets/a/b.sh", text.replace("True", "true").replace("['a']", '["a"]'))
    with pytest.raises(EngineError, match=message):
        load_library(project)


def test_a_chain_is_tagged_whole(write: Write, project: Project) -> None:
    write("snippets/a/first.sh", snippet("true\n"))
    text = snippet("true\n", after="a/first", browser=True).replace("True", "true")
    write("snippets/a/second.sh", text)
    with pytest.raises(EngineError, match=r"second\.sh:5: a/first, after which this runs"):
        load_library(project)
