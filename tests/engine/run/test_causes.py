"""Which package a step's programs come from: what excuses a difference, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest
import tree_sitter

from snippetlab.project import Project
from snippetlab.run import origin
from snippetlab.run.cause import causes
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.library import load_library
from snippetlab.snippet.syntax import syntax
from tests.support import Write, snippet


@pytest.fixture
def other(laboratory: Laboratory) -> Laboratory:
    """The lab, where the lock names another version of every package, and another kernel."""
    packages = dict.fromkeys(laboratory.packages.versions, "0-other")
    locked = replace(laboratory.described(), packages=packages, kernel="6.1.0-other")
    return replace(laboratory, locked=locked)


def packages(found: tuple[str, ...]) -> set[str]:
    return {name for cause in found for name in re.findall(r"comes from (\S+) 0-other → ", cause)}


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("ls /\n", 1, "coreutils"),
        ("/bin/ls /\n", 1, "coreutils"),  # a directory that is a link
        ("awk 1 /dev/null\n", 1, "mawk"),  # through /etc/alternatives
        ("python3 -c 1\n", 1, "python3-minimal python3.13-minimal"),  # a link of another package
        ("ip -brief addr | grep --count lo\n", 1, "iproute2 grep"),
        ("x=1\n", 1, "bash"),
        ("[[ 1 == 1 ]]\n", 1, "bash"),
        ("cd /tmp && pwd\n", 1, "bash"),
        ("echo $(hostname) >out\n", 1, "bash hostname"),
        ("if grep -q root /etc/passwd; then id; fi\n", 1, "bash grep coreutils"),
        ("env -i A=b sed --version >out\n", 1, "coreutils sed"),
        ("unshare --uts --map-root-user hostname\n", 1, "util-linux hostname"),
        (f"{'env ' * 2000}sed --version\n", 1, "coreutils sed"),
        ("timeout 5 nice -n 5 sed -n 1p /etc/passwd\n", 1, "coreutils sed"),
        ("sh -c 'hostname; exec id'\n", 1, "dash hostname coreutils"),
        ("find / -maxdepth 0 -name ls -exec sed 1q {} +\n", 1, "findutils sed"),
        ("ip netns exec red grep x\n", 1, "iproute2 grep"),
        ('show() { sed 1q "$1"; }\nshow /etc/passwd\n', 2, "sed"),
        ("unshare --uts bash <<'jail'\nhostname\ntrue\njail\ntrue\n", 1, "util-linux bash"),
        ("unshare --uts bash <<'jail'\nhostname\ntrue\njail\ntrue\n", 2, "hostname"),
        ("unshare --uts sh <<'jail'\nhostname\necho\njail\ntrue\n", 3, "dash"),
        ("unshare --uts sh <<'jail'\nhostname\necho\njail\ntrue\n", 4, "bash"),
        ("echo ls # sed\n", 1, "bash"),
        ("printf '%s' 'sed x' \"grep y\"\n", 1, "bash"),
        ("cat <<'end'\nsed 1q\nend\n", 1, "coreutils"),
        ("//bin/ls /\n", 1, "coreutils"),
        ("//made-here\n", 1, ""),
        (f"env {'x' * 300}\n", 1, "coreutils"),  # too long for a name
        ("./made-here\n", 1, ""),
        ("$program --version\n", 1, ""),
        ("no-such-program\n", 1, ""),
        ("f() { g() { sed 1q; }; g; }; h() { id; }\n", 1, "sed coreutils"),
        ("f() { g() { sed 1q; }; g; }\nf\ng\n", 3, "sed"),
        (f"eval '{'$(' * 300}sed{')' * 300}'\n", 1, "bash sed"),
        (f"{'eval ' * 2000}sed\n", 1, ""),
    ],
)
def test_a_step_comes_from_the_packages_of_what_it_names(
    code: str, step: int, expected: str, project: Project, write: Write, other: Laboratory
) -> None:
    write("snippets/a/b.sh", snippet(code))
    entry = load_library(project).entries["a/b"]
    assert packages(causes(other, entry, [step - 1])) == set(expected.split())


def test_however_functions_are_nested_each_is_read_once(
    project: Project, write: Write, other: Laboratory
) -> None:
    depth = 60
    code = "".join(f"f{n}() {{ " for n in range(depth)) + "sed 1q" + "; }" * depth
    write("snippets/a/b.sh", snippet(f"{code}\n"))
    entry, times = load_library(project).entries["a/b"], 0

    def read(code: str) -> Iterator[tree_sitter.Node]:
        nonlocal times
        times += 1
        assert times <= depth + 1
        yield from syntax(code)

    with mock.patch.object(origin, "syntax", read):
        assert packages(causes(other, entry, [0])) == {"sed"}


def test_every_step_needs_a_cause_of_its_own(
    project: Project, write: Write, other: Laboratory
) -> None:
    write("snippets/a/b.sh", snippet("ls\n./made-here\nsed 1q\n"))
    entry = load_library(project).entries["a/b"]
    assert packages(causes(other, entry, [0, 2])) == {"coreutils", "sed"}
    assert causes(other, entry, [0, 1]) == ()
    assert causes(other, entry, []) == ()


def test_python_and_docker_have_one_step_each(
    project: Project, write: Write, other: Laboratory
) -> None:
    write("snippets/a/b.py", snippet("import os\nos.system('ls')\n"))
    write("snippets/a/image.Dockerfile", snippet("FROM busybox\nRUN sed 1q\n"))
    entries = load_library(project).entries
    python = packages(causes(other, entries["a/b"], [0]))
    assert python == {"python3-minimal", "python3.13-minimal"}
    assert causes(other, entries["a/image"], [0]) == ()


def test_the_kernel_is_a_cause_where_the_snippet_names_it(
    project: Project, write: Write, other: Laboratory
) -> None:
    path = write("snippets/a/b.sh", snippet("./made-here\n", depends="@"))
    path.write_text(path.read_text().replace('"@"', '["kernel"]'))
    entry = load_library(project).entries["a/b"]
    (cause,) = causes(other, entry, [0])
    assert f"6.1.0-other → {other.kernel}" in cause
    assert other.locked
    same = replace(other, locked=replace(other.locked, kernel=other.kernel))
    assert causes(same, entry, [0]) == ()
