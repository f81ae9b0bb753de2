"""What differs between two images."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.images.image import Image, read_recipe, stored_image
from snippetlab.project import Project, cache_directory
from snippetlab.run.drift import output_changes, package_changes
from snippetlab.run.laboratory import Laboratory, open_laboratory
from snippetlab.run.runner import Verdict
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet


@pytest.fixture
def other(laboratory: Laboratory) -> Iterator[Image]:
    """The image with a file that the first one lacks, as if of another bash."""
    with tempfile.TemporaryDirectory(dir=cache_directory()) as directory:
        Path(directory).chmod(0o755)
        root = Path(directory) / "root"
        shutil.copytree(laboratory.image.root, root, symlinks=True, copy_function=os.link)
        (root / "etc/motd.lab").write_text("drifted\n")
        packages = {**laboratory.image.packages, "bash": "9.9-1"}
        yield replace(laboratory.image, root=root, digest="d" * 64, packages=packages)


def test_two_images_are_compared_by_what_snippets_print(
    project: Project, write: Write, laboratory: Laboratory, other: Image
) -> None:
    write("snippets/a/same.sh", snippet("echo $$\n", volatile="pid"))
    write("snippets/a/drifts.sh", snippet("cat /etc/motd.lab || true # ? *\n"))
    write("snippets/a/fails.sh", snippet("false\n"))
    entries = list(load_library(project).entries.values())
    with open_laboratory(project, image=other) as after:
        assert package_changes(laboratory, after) == [
            f"bash {laboratory.image.packages['bash']} → 9.9-1"
        ]
        found = {r.entry.snippet.id: r for r in output_changes(laboratory, after, entries)}
    assert found.keys() == {"a/drifts", "a/fails"}
    assert found["a/fails"].verdict is Verdict.FAILED
    assert "+drifted" in found["a/drifts"].diff


def test_an_image_is_found_by_the_beginning_of_its_digest(
    laboratory: Laboratory,
) -> None:
    digest = laboratory.image.digest
    assert stored_image(digest[:16]).root == laboratory.image.root
    with pytest.raises(EngineError, match="no image 'zz' here"):
        stored_image("zz")


@pytest.fixture
def among(
    laboratory: Laboratory, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The digest of the lab's image, in a cache that also has two of other kinds."""
    image = laboratory.image
    found = {"docker": "d" * 64, "qemu": "e" * 64, image.name: image.digest}
    tmp_path.chmod(0o755)
    (tmp_path / "recipes").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / image.digest[:16]).symlink_to(image.root)
    for name, digest in found.items():
        (tmp_path / "images" / digest[:16]).mkdir(exist_ok=True)
        note = json.dumps({"name": name, "digest": digest, "packages": dict(image.packages)})
        (tmp_path / "recipes" / f"{name}.json").write_text(note)
        if name == image.name:
            (tmp_path / "recipes" / f"{read_recipe(project).key}.json").write_text(note)
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    monkeypatch.chdir(project.root)
    return image.digest


@pytest.mark.cure("images-of-two-labs")
def test_images_of_two_labs_are_not_compared(
    among: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "drift", among, "dddd"]) == 1
    said = capsys.readouterr().err
    assert "of two labs: base and docker\n" in said
    assert "Give the digest of another base image." in said
    assert main(["lab", "drift", among, among]) == 0


@pytest.mark.cure("image-without-lab")
def test_an_image_that_no_lab_runs_on_is_not_compared(
    among: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "drift", "eeee"]) == 1
    said = capsys.readouterr().err
    assert "no lab runs on the qemu image" in said
    assert "Give the digest of an image that a lab runs on." in said
    assert main(["lab", "drift", among]) == 0


def test_of_a_machine_its_own_lab_is_opened(among: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the image that was named, and the snippets of that lab."""
    opened = []

    def open_(_: Project, name: str, *, image: Image | None) -> Laboratory:
        opened.append((name, image and image.digest[:4]))
        raise EngineError("enough")

    monkeypatch.setattr(import_module("snippetlab.cli.lab.drift"), "open_laboratory", open_)
    assert among
    assert main(["lab", "drift", "dddd"]) == 1
    assert opened == [("docker", "dddd")]
