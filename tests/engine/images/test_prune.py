"""Removing what no recipe leads to any more, and nothing else."""

import json
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.images.image import read_recipe
from snippetlab.project import Project

QEMU = "00112233445566778899" * 3 + "0011"
DIGEST = {"old": "0123456789abcdef" * 4, "new": "fedcba9876543210" * 4}


@pytest.fixture
def cache(repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with two base images, a QEMU, a saved state of a machine, and half of a build."""
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    monkeypatch.chdir(repository.root)
    (tmp_path / "recipes").mkdir()
    key = read_recipe(repository).key
    emulator = read_recipe(repository, "machine").emulator
    assert emulator
    (tmp_path / "images" / QEMU[:16]).mkdir(parents=True)
    note = json.dumps({"name": "qemu", "digest": QEMU, "packages": {}})
    (tmp_path / "recipes" / f"{emulator.key}.json").write_text(note)
    for digest in DIGEST.values():
        file = tmp_path / "images" / digest[:16] / "usr/file"
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(2_000_000))
        note = json.dumps({"name": "base", "digest": digest, "packages": {}})
        for name in (f"{key}.json", f"{key}-{digest[:16]}.json"):
            (tmp_path / "recipes" / name).write_text(note)
    for name in ("machines/docker-0123", "build-killed"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "memory").write_bytes(bytes(1_000_000))
    return tmp_path


def test_it_lists_first_and_removes_when_told(
    cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (digest[:16] for digest in DIGEST.values())
    assert main(["lab", "prune"]) == 0
    listed = capsys.readouterr().out
    assert f"  {cache}/images/{old}\n" in listed
    assert f"  {cache}/machines/docker-0123\n" in listed
    assert f"  {cache}/build-killed\n" in listed
    assert new not in listed
    assert listed.endswith("4 MB could be freed: snippetlab lab prune --force\n")
    assert (cache / "images" / old).is_dir()

    assert main(["lab", "prune", "--force"]) == 0
    assert capsys.readouterr().out.endswith("4 MB freed\n")
    assert {path.name for path in cache.glob("images/*")} == {new, QEMU[:16]}
    assert not list(cache.glob("machines/*"))
    assert not list(cache.glob("build-*"))
    notes = [path.stem for path in cache.glob("recipes/*")]
    assert len(notes) == 3
    assert not any(old in note for note in notes)

    assert main(["lab", "prune"]) == 0
    assert capsys.readouterr().out == "0 MB freed\n"
