"""What is kept of an image's making for the next one, and for other images."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.images.containers import pack_containers
from snippetlab.images.debian import System
from snippetlab.images.disk import remove_stale
from snippetlab.images.image import Recipe, read_recipe
from snippetlab.project import Project

OLD, NEW = "0123456789abcdef", "fedcba9876543210"


class _MadeError(Exception):
    pass


def keys(recipe: Recipe, workshop: Path) -> Iterator[str]:
    """Of each container image's system: what it is made of."""

    def archive(_: System, key: str) -> Path:
        raise _MadeError(key)

    for name, values in recipe.containers.items():
        with pytest.raises(_MadeError) as made:
            pack_containers(replace(recipe, containers={name: values}), workshop, archive, print)
        yield str(made.value)


def test_versions_of_a_lab_share_what_their_container_images_are_made_of(
    project: Project, tmp_path: Path
) -> None:
    """Of the other suite there is nothing in them."""
    recipe, older = read_recipe(project, "docker"), read_recipe(project, "docker-26")
    assert recipe.pins
    assert not older.pins
    assert len(recipe.containers) == 3
    assert list(keys(recipe, tmp_path)) == list(keys(older, tmp_path))


def test_only_what_another_value_made_of_the_same_goes(tmp_path: Path) -> None:
    """The name of an image may begin with that of another."""
    names = {
        f"docker-system-{NEW}": False,
        f"docker-system-{OLD}": False,
        f"docker-26-system-{OLD}": True,
        f"container-busybox-amd64-{NEW}": True,
        f"container-busybox-amd64-{OLD}": False,
        f"container-busybox-arm64-{OLD}": True,
        f"container-golang-{OLD}": True,
    }
    for name in names:
        (tmp_path / f"{name}.tar").touch()
    used = [tmp_path / f"docker-system-{NEW}.tar", tmp_path / f"container-busybox-amd64-{NEW}.tar"]
    remove_stale(used, "docker-system-")
    left = {path.stem for path in tmp_path.iterdir()}
    assert left == {name for name, stays in names.items() if stays}
