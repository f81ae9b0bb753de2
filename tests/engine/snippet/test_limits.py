"""Limits: lowered by a tag, raised to a ceiling; an error that comes of one says so."""

from pathlib import Path

import pytest

from snippetlab.errors import SourceError
from snippetlab.labs.failing import RunError
from snippetlab.limits import CEILINGS, DEFAULTS, parse_limits, together
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from tests.support import Write, snippet


def _fault(laboratory: Laboratory, code: str, **limits: object) -> str:
    path = Path("x.sh")
    program = Program(path, bash.parse(path, code), {}, 10, parse_limits(limits))
    with pytest.raises(RunError) as caught:
        laboratory.lab.run([program])
    return str(caught.value)


FORK = "import os, time\nfor _ in range(99): os.fork() or time.sleep(9)"
MET: dict[str, tuple[str, dict[str, object], str]] = {
    "processes": (f"python3 -c '{FORK}'", {"processes": 20}, "processes 20"),
    "disk": ("head -c 2M /dev/zero > x", {"disk": "1MB"}, "disk 1MB"),
    "files": ("python3 -c '[open(str(n), \"w\").fileno() for n in range(99)]; x = [open(\"0\")"
              " for n in range(99)]'", {"files": 32}, "files 32"),
    "memory": ("python3 -c 'x = b\"x\" * 10**8'", {"memory": "64MB"}, "memory 64MB"),
    "output": ("yes", {"output": "20kB"}, "output 20kB"),
}  # fmt: skip


@pytest.mark.parametrize("name", MET)
def test_an_error_names_the_limit_the_figure_and_the_tag(name: str, laboratory: Laboratory) -> None:
    code, limits, named = MET[name]
    fault = _fault(laboratory, f"true\n{code}\n", **limits)
    assert fault.startswith("x.sh:2: ")
    assert f"The limit: {named}, set by the tag `limits = {{ {name} = " in fault
    assert f"at most {CEILINGS.text(name)}" in fault


def test_memory_of_the_whole_chain_is_named_too(laboratory: Laboratory) -> None:
    code = "mount -t tmpfs tmpfs /mnt; head -c 100M /dev/zero > /mnt/x"
    fault = _fault(laboratory, f"{code}\n", memory="64MB", disk="200MB")
    assert "Its memory was used up. The limit: memory 64MB" in fault


def test_the_next_run_on_the_same_seat_is_not_blamed(laboratory: Laboratory) -> None:
    code = "mount -t tmpfs tmpfs /mnt; head -c 100M /dev/zero > /mnt/x"
    _fault(laboratory, f"{code}\n", memory="64MB", disk="200MB")
    for _ in range(10):
        assert "used up" not in _fault(laboratory, "false\n")


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ('{ memory = "3GB" }', "must be a size like"),
        ('{ memory = "1kB" }', "must be a size like"),
        ("{ memory = 64 }", "must be a size like"),
        ("{ processes = 5000 }", "must be a number from 8 to 1024"),
        ("{ processes = true }", "must be a number"),
        ('{ procs = "1" }', "unknown limit `procs`"),
        ('"64MB"', "must be a table"),
    ],
)
def test_a_wrong_tag_is_an_error(tag: str, message: str, project: Project, write: Write) -> None:
    write("snippets/a/x.sh", snippet("true\n").replace("# ///\ntrue", f"# limits = {tag}\n# ///\n"))
    with pytest.raises(SourceError, match=message) as caught:
        load_library(project)
    assert "a/x.sh:4: " in str(caught.value)


def test_limits_of_their_own_make_a_recording_stale_and_defaults_do_not(
    project: Project, write: Write
) -> None:
    path = write("snippets/a/x.sh", snippet("true\n"))
    before = load_library(project).entries["a/x"]
    path.write_text(snippet("true\n").replace("# ///\ntrue", "# limits = {}\n# ///\ntrue"))
    same = load_library(project).entries["a/x"]
    tag = '# limits = { memory = "64MB" }'
    path.write_text(snippet("true\n").replace("# ///\ntrue", f"{tag}\n# ///\ntrue"))
    after = load_library(project).entries["a/x"]
    assert before.inputs == same.inputs
    assert after.inputs == (*before.inputs, "limits memory=64MB")


def test_a_chain_has_the_greatest_of_each() -> None:
    parts = [parse_limits({"memory": "64MB", "files": 500}), parse_limits({"memory": "1GB"})]
    both = together(parts)
    assert (both.memory, both.files, both.disk) == (10**9, 500, DEFAULTS.disk)
