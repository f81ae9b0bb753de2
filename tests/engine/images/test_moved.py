"""An image whose packages are no longer those that its recipe names."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from snippetlab.cli import main
from snippetlab.errors import LabUnavailableError
from snippetlab.images.image import Image, find_image, read_recipe
from snippetlab.images.moved import moved
from snippetlab.project import Project
from tests.engine.following import follow
from tests.support import Write

DIGEST = "0123456789abcdef" * 4
NAMED = """\
extends = "base"

[machine]
memory = 512

[from.forky]
"docker.io" = "28.5.2+dfsg4-5"
"""
Made = Callable[..., None]


@pytest.fixture
def made(project: Project, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Have a docker image with these packages made from the recipe that is there."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(cache))
    monkeypatch.chdir(project.root)
    for path in (*project.lab.glob("docker*"), project.lab / "lock.toml"):
        if path.is_file():
            path.unlink()
    write("lab/docker.toml", NAMED)

    def make(**packages: str) -> None:
        (cache / "images" / DIGEST[:16]).mkdir(parents=True, exist_ok=True)
        (cache / "recipes").mkdir(exist_ok=True)
        names = {name.replace("_", "."): version for name, version in packages.items()}
        note = json.dumps({"name": "docker", "digest": DIGEST, "packages": names})
        (cache / "recipes" / f"{read_recipe(project, 'docker').key}.json").write_text(note)

    return make


def test_an_image_with_what_is_named_has_not_moved(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    made(docker_io="28.5.2+dfsg4-5")
    assert main(["lab", "moved"]) == 0
    assert not any(capsys.readouterr())


@pytest.mark.cure("moved-package")
def test_a_package_that_moved_is_named_with_line_and_cure(
    made: Made, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    made(docker_io="28.5.3-1")
    assert main(["lab", "moved"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "lab/docker.toml:7: the docker image has docker.io 28.5.3-1:"
        " forky has no 28.5.2+dfsg4-5 now\n"
    )
    line = said.partition("Write it there: ")[2].split("\n")[0]
    assert line == '"docker.io" = "28.5.3-1"'
    toml = project.lab / "docker.toml"
    toml.write_text(toml.read_text().replace('"docker.io" = "28.5.2+dfsg4-5"', line))
    programs = project.root / "programs"
    programs.mkdir()
    (programs / "snippetlab").write_text('#!/bin/sh\necho "$*" >>called\n')
    (programs / "snippetlab").chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path)
        follow("Then make the image, and see what it changes", said, project.root)
    assert (project.root / "called").read_text() == "lab build docker\nverify --lab docker\n"
    made(docker_io="28.5.3-1")  # which is what it builds then
    assert main(["lab", "moved"]) == 0


def test_the_lab_that_runs_on_the_image_is_named(made: Made, project: Project) -> None:
    made()
    (project.lab / "docker.toml").rename(project.lab / "base.toml")
    recipe = read_recipe(project)
    image = Image("base", project.root, DIGEST, {})
    (error,) = moved(project, recipe, image)
    assert error.cure.endswith(": snippetlab lab build base && snippetlab verify --lab namespace")


def test_a_package_that_fell_out_of_the_image_has_moved_too(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    assert main(["lab", "moved"]) == 1
    assert "the docker image has docker.io absent" in capsys.readouterr().err


def test_an_image_that_is_not_here_is_said(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    del made
    assert main(["lab", "moved"]) == 0
    assert capsys.readouterr().out == "the docker image is not here\n"


def test_a_build_says_what_moved_and_what_is_otherwise_locked(
    made: Made, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And takes it: nothing fails."""
    made(docker_io="28.5.3-1", runc="1.3.6-1")
    write(
        "lab/lock.toml",
        '[images.docker]\ndigest = "00"\n[images.docker.packages]\nbash = "5.2"\n'
        '"docker.io" = "28.5.2+dfsg4-5"\nrunc = "1.3.6-1"\n'
        '[labs.docker]\nimage = "docker"\nkernel = "6.12"\n',
    )
    monkeypatch.setattr("snippetlab.make.layers.build", lambda *_, **__: None)
    assert main(["lab", "build", "docker"]) == 0
    said = capsys.readouterr().out
    assert "lab/docker.toml:7: the docker image has docker.io 28.5.3-1" in said
    changed = [line for line in said.splitlines() if line.startswith("not what was last verified")]
    assert changed == [
        "not what was last verified: docker.io 28.5.2+dfsg4-5 → 28.5.3-1",
    ]


def test_the_state_of_a_lab_says_what_moved(
    made: Made,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made(docker_io="28.5.3-1")
    image = find_image(read_recipe(project, "docker"))
    lab = SimpleNamespace(weaknesses=(), emulator="")
    facts = SimpleNamespace(lab=lab, image=image, kernel="6.12", drift=[])

    def opened(_: Project, name: str) -> AbstractContextManager[SimpleNamespace]:
        if name != "docker":
            raise LabUnavailableError("not asked for")
        return nullcontext(facts)

    monkeypatch.setattr("snippetlab.cli.lab.status.open_laboratory", opened)
    assert main(["lab", "status"]) == 1
    said = capsys.readouterr().out.splitlines()
    after = said[said.index("docker: works with image 0123456789abcdef") :]
    assert "    the docker image has docker.io 28.5.3-1: forky has no 28.5.2+dfsg4-5 now" in after
