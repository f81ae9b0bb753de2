"""Recipes in layers, and container images that are made without an engine."""

import hashlib
import json
import re
import tarfile
from pathlib import Path

import pytest

from snippetlab.errors import EngineError, SourceError
from snippetlab.images.disk import digest_archive
from snippetlab.images.image import read_recipe
from snippetlab.images.oci import ImageConfig, Layout, write_busybox, write_layer
from snippetlab.project import Project
from tests.engine.following import commit, follow


def test_each_layer_has_what_is_below_it(project: Project) -> None:
    layers = ("base", "machine", "docker-26", "docker")
    base, machine, older, docker = (read_recipe(project, name) for name in layers)
    assert set(base.packages) < set(machine.packages) < set(older.packages) < set(docker.packages)
    stated = [set(recipe.stated.packages) for recipe in (base, machine, older)]
    assert stated[0] < stated[1] < stated[2]
    assert len({recipe.scripts[-1] for recipe in (base, machine, older, docker)}) == 1
    assert len({recipe.key for recipe in (base, machine, older, docker)}) == 4


def test_a_key_changes_with_what_is_in_the_image_alone(project: Project) -> None:
    def keys() -> tuple[str, str]:
        return read_recipe(project, "machine").key, read_recipe(project, "docker").key

    before = keys()
    toml = project.lab / "machine.toml"
    toml.write_text(toml.read_text().replace("memory = 512", "memory = 640"))
    assert keys() == before
    (project.lab / "machine/etc/motd").write_text("hello\n")
    after = keys()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_an_unreadable_recipe_is_named(project: Project) -> None:
    (project.lab / "docker.toml").write_text('extends = "base"\npackages = 3')
    with pytest.raises(EngineError, match=r"docker\.toml: the recipe is unreadable"):
        read_recipe(project, "docker")


def test_a_site_without_recipes_has_those_of_the_engine(tmp_path: Path, project: Project) -> None:
    """And one that has its own may add to them."""
    site = Project(tmp_path / "site")
    for name in ("base", "machine", "docker", "docker-26", "qemu"):
        assert read_recipe(site, name).key == read_recipe(project, name).key
    before = read_recipe(site, "docker")
    site.lab.mkdir(parents=True)
    (site.lab / "base.toml").write_text('extends = "base"\npackages = ["git"]\n')
    (site.lab / "base").mkdir()
    (site.lab / "base/motd").write_text("hello\n")
    base, docker = read_recipe(site), read_recipe(site, "docker")
    assert base.packages[-1] == "git"
    assert not base.machine
    assert base.files == (site.lab / "base",)
    assert "git" in docker.packages
    assert docker.machine == before.machine
    assert docker.key != before.key


@pytest.mark.cure("extend-recipe")
@pytest.mark.parametrize("begun", ["", 'extends = "bse"\n'])
def test_a_recipe_that_only_adds_says_to_what(begun: str, project: Project) -> None:
    toml, names = project.lab / "base.toml", read_recipe(project).packages
    added = 'packages = ["git"]\n'
    toml.write_text(begun + added)
    with pytest.raises(EngineError, match=r"base\.toml:?1?: ") as caught:
        read_recipe(project)
    (line,) = re.findall(r': (extends = "base")$', str(caught.value), re.MULTILINE)
    toml.write_text(f"{line}\n{added}")
    assert read_recipe(project).packages == (*names, "git")


@pytest.mark.cure("recipe-name")
@pytest.mark.parametrize(
    ("key", "wrong"), [("extends", "---base"), ("extends", "Base"), ("emulator", "../qemu")]
)
def test_a_recipe_that_is_not_there_is_named_anew(key: str, wrong: str, project: Project) -> None:
    before, toml = read_recipe(project, "docker"), project.lab / "machine.toml"
    text = re.sub(rf"^{key} = .*", f'{key} = "{wrong}"', toml.read_text(), flags=re.MULTILINE)
    toml.write_text(text)
    with pytest.raises(SourceError) as caught:
        read_recipe(project, "docker")
    lines = text.split("\n")
    assert caught.value.path == toml
    assert lines[caught.value.line - 1] == f'{key} = "{wrong}"'
    lines[caught.value.line - 1] = caught.value.cure.rpartition(": ")[2]
    toml.write_text("\n".join(lines))
    assert read_recipe(project, "docker") == before


@pytest.mark.cure("recipe-loop")
@pytest.mark.parametrize(
    ("wrong", "old", "new", "loop"),
    [
        ("base", "suite = ", 'extends = "machine"\nsuite = ', "machine → base → machine"),
        ("machine", 'extends = "base"', 'extends = "docker-26"', "docker-26 → machine → docker-26"),
        (
            *("machine", 'emulator = "qemu"', 'emulator = "docker"'),
            "docker → docker-26 → machine → docker",
        ),
    ],
)
def test_recipes_that_lead_back_to_themselves_are_restored(
    wrong: str, old: str, new: str, loop: str, project: Project
) -> None:
    commit(project)
    toml = project.lab / f"{wrong}.toml"
    text = toml.read_text()
    toml.write_text(text.replace(old, new))
    with pytest.raises(SourceError, match=f"it is made of itself: {loop}") as caught:
        read_recipe(project, "docker")
    follow("Restore them", str(caught.value), project.root)
    assert toml.read_text() == text
    read_recipe(project, "docker")


def archive(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            source = path.with_suffix(".content")
            source.write_bytes(content)
            info = tar.gettarinfo(source, name)
            info.mtime = 0
            with source.open("rb") as stream:
                tar.addfile(info, stream)
    return path


def test_a_layer_holds_what_the_one_below_lacks(tmp_path: Path) -> None:
    below = archive(tmp_path / "below.tar", same=b"1", changed=b"2")
    whole = archive(tmp_path / "whole.tar", same=b"1", changed=b"3", added=b"4")
    write_layer(whole, tmp_path / "layer.tar", below)
    with tarfile.open(tmp_path / "layer.tar") as layer:
        assert layer.getnames() == ["changed", "added"]


def test_the_digest_of_an_archive_does_not_depend_on_its_order(tmp_path: Path) -> None:
    one = archive(tmp_path / "one.tar", a=b"1", b=b"2")
    two = archive(tmp_path / "two.tar", b=b"2", a=b"1")
    three = archive(tmp_path / "three.tar", b=b"2", a=b"2")
    assert digest_archive(one) == digest_archive(two) != digest_archive(three)


def test_an_image_is_the_same_every_time_and_its_digests_are_right(tmp_path: Path) -> None:
    def make(name: str) -> Path:
        directory = tmp_path / name
        layout = Layout(directory / "blobs")
        layer = directory / "layer.tar"
        write_busybox(b"binary", ["ls", "sh"], 1735689600, layer)
        image = layout.add_image(ImageConfig("amd64", 1735689600, ["sh"]), [layout.add_file(layer)])
        layout.write_archive(directory / "image.tar", layout.add_index([image]), ["busybox:latest"])
        return directory / "image.tar"

    first = make("first")
    assert first.read_bytes() == make("second").read_bytes()
    with tarfile.open(first) as tar:
        contents = {m.name: s.read() for m in tar if (s := tar.extractfile(m))}
    for name, content in contents.items():
        if name.startswith("blobs/"):
            assert name == f"blobs/sha256/{hashlib.sha256(content).hexdigest()}"
    (docker,) = json.loads(contents["manifest.json"])
    config = json.loads(contents[docker["Config"]])
    assert [f"sha256:{Path(layer).name}" for layer in docker["Layers"]] == (
        config["rootfs"]["diff_ids"]
    )
