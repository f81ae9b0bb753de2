"""What is said of machines' images and states is followed, on a host with a QEMU of its own."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.images.disk import check_space
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.engine.machines import Runner
from tests.engine.tiny_machine import machine_status, tiny_host
from tests.support import advised

__all__ = ("machine_status", "tiny_host")  # fixtures


def empty(cache: Path) -> None:
    for directory in cache.glob("machines/*"):
        shutil.rmtree(directory)


def cut_off(name: str) -> Callable[[Path], None]:
    def damage(cache: Path) -> None:
        (path,) = cache.glob(name)
        path.chmod(0o644)
        path.write_text("")

    return damage


def spoil(cache: Path) -> None:
    """As long as it was, and nothing that QEMU takes."""
    (devices,) = cache.glob("machines/*/devices")
    devices.chmod(0o644)
    devices.write_text("spoil")


cure = pytest.mark.cure


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(empty, "no saved state", marks=cure("build-state")),
        pytest.param(cut_off("machines/*/devices"), "another size", marks=cure("state-damaged")),
        pytest.param(cut_off("machines/*/sizes.json"), "damaged"),
        pytest.param(cut_off("images/*/disk.raw"), "another size", marks=cure("image-damaged")),
        pytest.param(spoil, "does not work", marks=cure("state-anew")),
    ],
)
def test_what_is_damaged_is_made_anew(
    damage: Callable[[Path], None], said: str, host: Path, status: Callable[[], str]
) -> None:
    assert main(["lab", "build", "machine"]) == 0
    assert status().startswith("machine: works")
    damage(host / "cache")
    complaint = status()
    assert said in complaint
    assert main(advised(complaint)) == 0
    assert status().startswith("machine: works")
    (disk,) = host.glob("cache/images/*/disk.raw")
    assert disk.read_text() == "tree\n"  # not the damaged one, with a state made of it


@cure("state-gone")
def test_a_state_that_is_taken_away_meanwhile_is_made_anew(
    host: Path, status: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between being found and being restored."""
    from snippetlab.labs.machine.lab import MachineLab

    assert main(["lab", "build", "machine"]) == 0
    with monkeypatch.context() as patch:
        checked = MachineLab.check

        def check(lab: MachineLab) -> None:
            empty(host / "cache")
            checked(lab)

        patch.setattr(MachineLab, "check", check)
        complaint = status()
    assert "the saved state is gone" in complaint
    assert main(advised(complaint)) == 0
    assert status().startswith("machine: works")


@cure("saving-room")
def test_a_state_for_which_there_is_no_room(
    host: Path, status: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    (host / "full").touch()
    assert main(["lab", "build", "machine"]) == 1
    (where, command) = re.findall(
        r"Make room in (\S+), then: snippetlab (.+)$", capsys.readouterr().err, re.MULTILINE
    )[0]
    assert where == f"{host}/cache"
    (host / "full").unlink()
    assert main(command.split()) == 0
    assert status().startswith("machine: works")


@cure("disk-space")
def test_a_cache_on_another_disk_has_the_room(
    repository: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(
        "snippetlab.images.disk.shutil.disk_usage",
        lambda path: usage._replace(free=0 if "full" in str(path) else 1 << 40),
    )
    recipe = read_recipe(repository, "machine")
    monkeypatch.setenv("SNIPPETLAB_CACHE", "/full/cache")
    with pytest.raises(EngineError, match="or set SNIPPETLAB_CACHE to a directory on another disk"):
        check_space(recipe)
    monkeypatch.setenv("SNIPPETLAB_CACHE", "/other/cache")
    check_space(recipe)


@cure("machine-inside")
def test_a_machine_that_is_to_end_is_one_inside(
    laboratory_of: Callable[[str], Laboratory],
) -> None:
    run = Runner(laboratory_of("machine"))
    said = run.fault("echo o >/proc/sysrq-trigger; sleep 50\n")
    assert "show that in a machine inside this one" in said
    inside = "qemu-system-x86_64 -nodefaults -display none -S -monitor stdio"
    (step,) = run(f"echo quit | {inside}\n")
    assert b"QEMU" in step.output
