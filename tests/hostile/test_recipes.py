"""What stands in lab/*.toml is data: on the host, no shell and no option is made of it.

Nothing is installed: mmdebstrap and chroot are programs that note their arguments.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.images.containers import pack_containers
from snippetlab.images.debian import System, make_archive
from snippetlab.images.disk import system_of
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from tests.support import Write

EVIL = "a'; touch CANARY; '$(touch CANARY)`touch CANARY`\"; touch CANARY; \"\ntouch CANARY\n"
NOTES = f"#!{sys.executable}\nimport json, sys\njson.dump(sys.argv[1:], open('NOTED', 'w'))\n"


@pytest.fixture(autouse=True)
def _noting(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a directory of its own, with programs that note what they are called with."""
    place = tmp_path_factory.mktemp("host")
    monkeypatch.chdir(place)
    for name in ("chroot", "mmdebstrap"):
        (place / name).write_text(NOTES)
        (place / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")


def _noted() -> list[str]:
    assert not Path("CANARY").exists()
    arguments: list[str] = json.loads(Path("NOTED").read_text())
    return arguments


class _StopError(Exception):
    pass


def _hooks(project: Project, write: Write, values: str) -> Sequence[str]:
    """What is run on the host for a container image of these values."""
    text = (project.lab / "docker.toml").read_text()
    write("lab/docker.toml", f"{text}\n[images.evil]\ntags = ['x']\n{values}")
    made = list[System]()

    def archive(system: System, key: str) -> Path:
        made.append(system)
        raise _StopError

    recipe = read_recipe(project, "docker")
    only = replace(recipe, containers={"evil": recipe.containers["evil"]})
    with pytest.raises(_StopError):
        pack_containers(only, project.root, archive, print)
    return made[0].hooks


@pytest.mark.parametrize("name", ["prepare", "environment"])
def test_what_prepares_an_image_runs_in_it_alone(name: str, project: Project, write: Write) -> None:
    prepare = json.dumps(EVIL if name == "prepare" else "true")
    value = json.dumps(EVIL if name == "environment" else "1")
    hook, *_ = _hooks(project, write, f"prepare = {prepare}\nenvironment = {{ X = {value} }}\n")
    # As mmdebstrap runs a hook that is no file.
    subprocess.run(["sh", "-c", hook, "exec", "ROOT"], check=True)
    assert EVIL in (word.removeprefix("X=") for word in _noted())


def test_a_package_is_one_word(project: Project, write: Write) -> None:
    text = (project.lab / "base.toml").read_text()
    write("lab/base.toml", text.replace('"tcc",\n]', f'"tcc", {json.dumps(EVIL)},\n]'))
    make_archive(system_of(read_recipe(project), project.root), project.root / "x.tar", print)
    (packages,) = (word for word in _noted() if word.startswith("--include="))
    assert packages.endswith(EVIL)


def test_a_suite_is_no_option(project: Project, write: Write) -> None:
    """A hook of mmdebstrap's is a command that runs on the host."""
    option = "--setup-hook=touch CANARY"
    text = (project.lab / "base.toml").read_text()
    write("lab/base.toml", text.replace('"trixie"', json.dumps(option)))
    make_archive(system_of(read_recipe(project), project.root), project.root / "x.tar", print)
    arguments = _noted()
    assert "--" in arguments[: arguments.index(option)]
