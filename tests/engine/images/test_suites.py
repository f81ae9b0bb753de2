"""Packages of another suite: what apt makes of them, asked of two small suites on this disk."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from snippetlab.errors import EngineError
from snippetlab.images.image import read_recipe
from snippetlab.images.suites import customize_hooks, fallen, joined, setup_hooks
from snippetlab.project import Project
from tests.support import Write

PINS = {"forky": {"engine": "28.5-1"}}
FIELDS = "Architecture: all\nMaintainer: a <a@example.org>\nDescription: b\n"
SHA256 = "0" * 64
Apt = Callable[..., str]


def suite(mirror: Path, name: str, valid: str, **versions: str) -> None:
    """One of a mirror: its date, and package → version."""
    directory = mirror / "dists" / name / "main/binary-amd64"
    directory.mkdir(parents=True)
    packages = "\n".join(
        f"Package: {package}\nVersion: {version}\nFilename: {package}.deb\nSize: 1\n"
        f"SHA256: {SHA256}\n{FIELDS}"
        for package, version in versions.items()
    )
    (directory / "Packages").write_text(packages)
    release = f"Origin: Debian\nSuite: {name}\nCodename: {name}\nComponents: main\n"
    release += f"Architectures: amd64\nDate: Mon, 01 Jan 2024 00:00:00 UTC\nValid-Until: {valid}\n"
    done = subprocess.run(["sha256sum", directory / "Packages"], capture_output=True, text=True)
    size = len(packages)
    release += f"SHA256:\n {done.stdout[:64]} {size} main/binary-amd64/Packages\n"
    (directory.parents[1] / "Release").write_text(release)


PAST, LATER = "Tue, 02 Jan 2024 00:00:00 UTC", "Fri, 01 Jan 2100 00:00:00 UTC"


@pytest.fixture
def apt(tmp_path: Path) -> Apt:
    """Write two suites, do what mmdebstrap would, and ask apt about a package."""

    def ask(
        package: str,
        *,
        newest: str = "28.5-1",
        pins: Mapping[str, Mapping[str, str]] = PINS,
        base: str = LATER,
    ) -> str:
        mirror, root = tmp_path / "mirror", tmp_path / "root"
        suite(mirror, "trixie", base, engine="26.1-1", shell="5.2-1")
        suite(mirror, "forky", PAST, engine=newest, shell="5.3-1", new="1-1")
        for name in ("etc/apt/sources.list.d", "etc/apt/preferences.d", "etc/apt/apt.conf.d"):
            (root / name).mkdir(parents=True)
        for name in ("var/lib/apt/lists/partial", "var/cache/apt/archives/partial", "var/lib/dpkg"):
            (root / name).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        (root / "etc/apt/sources.list").write_text(f"deb file:{mirror} trixie main\n")
        for hook in setup_hooks(pins, ["main"], f"file:{mirror}"):
            subprocess.run(["sh", "-c", hook, "exec", root], check=True)
        (root / "apt.conf").write_text(
            f'Dir "{root}/"; Dir::State::status "{root}/var/lib/dpkg/status";\n'
            'APT::Architecture "amd64"; APT::Sandbox::User "root"; Acquire::Languages "none";\n'
            'Acquire::AllowInsecureRepositories "true";\n'  # nobody signed them
        )
        environment = {"APT_CONFIG": str(root / "apt.conf"), "LC_ALL": "C"}
        environment["PATH"] = os.environ["PATH"]
        done = subprocess.run(
            ["apt-get", "update"], env=environment, capture_output=True, text=True
        )
        if "is expired" in done.stderr + done.stdout or "is not valid any" in done.stderr:
            return "expired"
        assert done.returncode == 0, done.stderr
        policy = subprocess.run(
            ["apt-cache", "policy", package], env=environment, capture_output=True, text=True
        ).stdout
        (candidate,) = re.findall(r"Candidate: (.+)", policy)
        for hook in customize_hooks(pins):
            subprocess.run(["sh", "-c", hook, "exec", root], check=True)
        assert not list((root / "etc/apt/preferences.d").iterdir())
        return str(candidate)

    return ask


def test_a_package_that_is_named_comes_from_there_and_no_other_does(
    tmp_path: Path, apt: Apt
) -> None:
    assert apt("engine") == "28.5-1"


def test_what_is_not_named_stays_as_it_is(apt: Apt) -> None:
    assert apt("shell") == "5.2-1"


def test_what_a_named_one_needs_and_only_that_suite_has_is_there(apt: Apt) -> None:
    assert apt("new") == "1-1"


@pytest.mark.parametrize("newest", ["28.6-1", "27.9-1"])
def test_a_version_that_is_gone_falls_to_the_one_that_there_is(newest: str, apt: Apt) -> None:
    assert apt("engine", newest=newest) == newest
    assert fallen(PINS, {"engine": newest}) == [("forky", "engine", newest, "28.5-1")]


def test_without_pins_nothing_is_taken_from_there(apt: Apt) -> None:
    assert apt("engine", pins={}) == "26.1-1"


def test_an_outdated_snapshot_is_allowed_to_that_suite_alone(apt: Apt) -> None:
    assert apt("engine", base=PAST) == "expired"


def test_the_upper_layer_says_where_a_package_comes_from() -> None:
    below = {"forky": {"engine": "28-1", "shell": "5.3-1"}, "sid": {"cli": "1-1"}}
    above = {"sid": {"engine": "29-1"}}
    assert joined(below, above) == {
        "forky": {"shell": "5.3-1"},
        "sid": {"cli": "1-1", "engine": "29-1"},
    }
    assert joined({"forky": {"engine": "28-1"}}, above) == {"sid": {"engine": "29-1"}}


def test_a_version_is_a_part_of_the_recipe(project: Project, write: Write) -> None:
    write("lab/own.toml", 'extends = "base"\n')
    plain = read_recipe(project, "own")
    write("lab/own.toml", 'extends = "base"\n[from.forky]\ngit = "1:2-1"\n')
    first = read_recipe(project, "own")
    assert first.packages == (*plain.packages, "git")
    assert first.pins == {"forky": {"git": "1:2-1"}}
    write("lab/own.toml", 'extends = "base"\n[from.forky]\ngit = "1:2-2"\n')
    assert len({plain.key, first.key, read_recipe(project, "own").key}) == 3


@pytest.mark.parametrize(
    "table",
    [
        '[from."forky main [trusted=yes]"]\ngit = "1"',
        '[from.forky]\n"git\\nPin: release a=x" = "1"',
        '[from.forky]\ngit = "1\\nPin-Priority: 1001"',
        "[from.forky]\ngit = 1",
        'from = "forky"',
    ],
)
def test_what_apt_would_read_otherwise_is_refused(
    table: str, project: Project, write: Write
) -> None:
    write("lab/own.toml", f'extends = "base"\n{table}\n')
    with pytest.raises(EngineError, match=r"own\.toml: the recipe is unreadable"):
        read_recipe(project, "own")
