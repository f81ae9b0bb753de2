"""What differs between two images."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.errors import EngineError
from snippetlab.images.image import Image, stored_image
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
