"""Images and saved states that are broken, or do not fit on the disk."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.errors import LabUnavailableError
from snippetlab.images.image import read_recipe
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.labs.machine.qemu import find_processor
from snippetlab.labs.machine.snapshot import Snapshot, find_snapshot
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.engine.machines import Runner


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


def test_runs_change_nothing_in_the_saved_state(
    laboratory: Laboratory, repository: Project
) -> None:
    """Machines have its memory mapped and its disk open."""
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    snapshot = find_snapshot(recipe, image, find_processor(recipe, image))
    assert snapshot

    def state() -> dict[str, tuple[bytes, int]]:
        found = {}
        for path in snapshot.directory.iterdir():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").digest()
            found[path.name] = digest, path.stat().st_mtime_ns
        return found

    before = state()
    program = "head -c 64M /dev/zero | tr '\\0' x >/dev/shm/x; cp /dev/shm/x /x; sync; wc -c </x\n"
    assert Runner(laboratory).outputs(program) == ["67108864\n"]
    assert state() == before


def test_a_truncated_state_is_refused(
    laboratory: Laboratory, repository: Project, tmp_path: Path
) -> None:
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    snapshot = find_snapshot(recipe, image, find_processor(recipe, image))
    assert snapshot
    copy = tmp_path / "state"
    shutil.copytree(snapshot.directory, copy)
    tmp_path.chmod(0o755)
    (copy / "memory").chmod(0o644)
    os.truncate(copy / "memory", 1 << 20)
    lab = MachineLab("machine", image, Snapshot(copy, snapshot.processor), recipe.machine)
    with pytest.raises(LabUnavailableError, match="snippetlab lab build machine --fresh"):
        lab.check()


def test_a_state_that_is_taken_away_meanwhile_is_said_to_be_gone(
    laboratory: Laboratory, repository: Project, tmp_path: Path
) -> None:
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    state = Snapshot(tmp_path / "state", find_processor(recipe, image))
    lab = MachineLab("machine", image, state, recipe.machine)
    with pytest.raises(
        LabUnavailableError, match=r"gone: .*\n    .*: snippetlab lab build machine$"
    ):
        lab.check()


def test_a_truncated_image_is_refused(
    laboratory: Laboratory, repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, image = read_recipe(repository, "machine"), laboratory.image
    processor = find_processor(recipe, image)
    snapshot = find_snapshot(recipe, image, processor)
    assert snapshot
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    assert find_snapshot(recipe, image, processor) is None
    copy = tmp_path / "machines" / snapshot.directory.name
    copy.mkdir(parents=True)
    disk = tmp_path / "disk.raw"
    disk.write_bytes(b"cut off")
    (copy / "sizes.json").write_text(f'{{"{disk}": 6442450944}}')
    with pytest.raises(LabUnavailableError, match=r"disk\.raw is damaged"):
        find_snapshot(recipe, image, processor)


def test_a_full_disk_is_noticed_before_anything_is_made(repository: Project) -> None:
    code = (
        'set -e; d=$(mktemp -d); mount -t tmpfs -o size=64M tmpfs "$d"'
        f'; export SNIPPETLAB_CACHE="$d"; "{sys.executable}" -m snippetlab lab build machine'
        ' && exit 9; ls "$d"'
    )
    command = ["unshare", "--mount", "sh", "-c", code]
    if os.geteuid() != 0:
        command[1:1] = ["--map-root-user"]
    done = subprocess.run(command, cwd=repository.root, capture_output=True, text=True)
    assert "MiB free; the machine lab needs 3072 MiB" in done.stderr
    assert done.stdout.split() == ["machine.lock"]
