"""The labs' images as one file: whoever saves and whoever loads them, they are as built there."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from snippetlab.images.bootstrap import digest_tree
from snippetlab.images.image import find_image, read_recipe
from snippetlab.images.tools import install, missing_packages
from snippetlab.images.user import NOBODY
from snippetlab.project import Project, cache_directory
from tests.support import ROOT
from tests.tools.host import ID, Host, temporary_host
from tools import images
from tools.finding import tracked

pytestmark = [
    pytest.mark.pageless,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users"),
]


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    install(missing_packages({"sudo": "sudo", "zstd": "zstd"}), print)


@pytest.fixture
def host() -> Iterator[Host]:
    """A machine with what this checkout has but its pages, ready to run snippets."""
    with temporary_host() as host:
        for name in tracked(":!docs", ":!*.md"):
            target = host.checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        host.own(host.checkout)
        do(host, "tools/ci.sh", "host")
        yield host


def do(host: Host, *command: str, root: bool = False) -> str:
    done = host.run([*(("sudo", "env") if root else ("env",)), "IMAGES=base", *command], {})
    assert done.returncode == 0, done.stdout
    return done.stdout


def small_cache(directory: Path) -> list[str]:
    """A cache of root's with an image that has something of everything; what is in it."""
    root = directory / "images/new"
    (root / "etc").mkdir(parents=True)
    (root / "etc/shadow").write_text("")
    (root / "etc/shadow").chmod(0o640)
    (root / "etc/rc").write_text("echo")
    (root / "etc/rc").chmod(0o755)
    (root / "bin").symlink_to("usr/bin")
    (root / "etc").chmod(0o2775)
    for path in (root, *root.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        os.utime(path, (1735689600, 1735689600), follow_symlinks=False)
    digest = digest_tree(root)
    root.rename(root.with_name(digest[:16]))
    note = directory / f"recipes/{read_recipe(Project(ROOT)).key}.json"
    note.parent.mkdir()
    note.write_text(json.dumps({"name": "base", "digest": digest, "packages": {}}))
    return [f"images/{digest[:16]}", f"recipes/{note.name}"]


@pytest.mark.parametrize("loads", ["root", "user"])
@pytest.mark.parametrize("saves", ["root", "user"])
def test_an_image_is_as_if_it_had_been_built_where_it_is_loaded(
    saves: str, loads: str, host: Host, tmp_path: Path
) -> None:
    before, file = saves == "root", str(host.directory / "temporary/images.tar.zst")
    names = small_cache(tmp_path)
    host.keep(tmp_path, names, root=before)
    do(host, "tools/ci.sh", "image_save", file, root=before)
    shutil.rmtree(host.cache(root=before))
    after = loads == "root"
    do(host, "tools/ci.sh", "image_load", file, root=after)
    image = host.cache(root=after) / names[0]
    assert digest_tree(image).startswith(image.name)
    owners = {path.lstat().st_uid for path in (image, *image.rglob("*"))}
    assert owners == {NOBODY if after else ID}
    assert not list(host.cache(root=after).glob("load-*"))


def test_a_file_that_ends_early_changes_nothing(host: Host, tmp_path: Path) -> None:
    file = host.directory / "temporary/images.tar.zst"
    host.keep(tmp_path, small_cache(tmp_path))
    do(host, "tools/ci.sh", "image_save", str(file))
    shutil.rmtree(host.cache())
    os.truncate(file, file.stat().st_size // 2)
    done = host.run(["tools/ci.sh", "image_load", str(file)], {})
    assert done.returncode
    assert not [path for path in host.cache().rglob("*") if path.is_file()]


def test_what_root_built_runs_for_a_user(host: Host) -> None:
    """The other three ways are gone by the workflows' jobs: see test_runner.py."""
    recipe = read_recipe(Project(ROOT))
    image = find_image(recipe)
    assert image, "snippetlab lab build base"
    names = [f"images/{image.root.name}", f"recipes/{recipe.key}.json"]
    host.keep(cache_directory(), names, root=True)
    file = str(host.directory / "temporary/images.tar.zst")
    do(host, "tools/ci.sh", "image_save", file, root=True)
    do(host, "tools/ci.sh", "image_load", file)
    assert "1 held" in do(host, ".venv/bin/snippetlab", "verify", "about/lab")


def test_with_a_machine_comes_its_qemu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = read_recipe(Project(ROOT), "machine")
    assert recipe.emulator
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "one"))
    for made, digit in ((recipe, "0"), (recipe.emulator, "1")):
        file = tmp_path / "one/images" / (digit * 16) / "usr/bin/file"
        file.parent.mkdir(parents=True)
        file.write_text(made.name)
        note = tmp_path / "one/recipes" / f"{made.key}.json"
        note.parent.mkdir(exist_ok=True)
        note.write_text(json.dumps({"name": made.name, "digest": digit * 64, "packages": {}}))
    images.save(tmp_path / "file", ["machine"])
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "other"))
    images.load(tmp_path / "file")
    loaded = find_image(recipe.emulator)
    assert loaded
    file = loaded.root / "usr/bin/file"
    assert file.read_text() == "qemu"
    assert file.stat().st_uid == 0  # nobody, who runs it, is not to change it


def test_disks_stay_sparse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine's disk is six gigabytes, most of them holes; a runner has not so much room."""
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "one"))
    recipe = read_recipe(Project(ROOT), "machine")
    disk = tmp_path / "one/images" / ("0" * 16) / "disk.raw"
    disk.parent.mkdir(parents=True)
    disk.write_bytes(b"boot")
    os.truncate(disk, 1 << 30)
    note = disk.parents[2] / f"recipes/{recipe.key}.json"
    note.parent.mkdir()
    note.write_text(json.dumps({"name": "machine", "digest": "0" * 64, "packages": {}}))
    images.save(tmp_path / "file", ["machine"])
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "other"))
    images.load(tmp_path / "file")
    loaded = tmp_path / "other/images" / ("0" * 16) / "disk.raw"
    assert loaded.stat().st_size == 1 << 30
    assert loaded.stat().st_blocks * 512 < 1 << 20
