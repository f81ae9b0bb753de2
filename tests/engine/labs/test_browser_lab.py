"""The browser lab, run in node: what it has of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.errors import EngineError
from snippetlab.images.browser.image import BrowserImage
from snippetlab.images.browser.packages import Node, merged
from snippetlab.images.browser.recipe import read_browser_recipe
from snippetlab.images.browser.root import pack
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.snippet import bash
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from tests.support import ROOT, Write, snippet

LIBRARY = load_library(Project(ROOT))
HOLDING = [id_ for id_, entry in LIBRARY.entries.items() if entry.snippet.browser]
OWN = [id_ for id_ in HOLDING if LIBRARY.entries[id_].snippet.lab == "browser"]
"""These run in tests/snippets/test_recordings.py."""


def test_there_is_no_disk_and_no_card(laboratory_of: Callable[[str], Laboratory]) -> None:
    path = Path("x.sh")
    code = "ls /sys/class/net | grep -v bonding_masters\nls /sys/block\n"
    program = Program(path, bash.parse(path, code), {}, 3000)
    (transcript,) = laboratory_of("browser").lab.run([program])
    assert [step.output for step in transcript.steps] == [b"lo\n", b""]


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
        ("namespace", {"browser": 1}, "must be true, or say why not"),
        ("none", {"browser": True, "reason": "x", "source": "y"}, "must be true"),
        ("namespace", {"browser": True, "unordered": ["a"]}, "`unordered` leaves open"),
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
