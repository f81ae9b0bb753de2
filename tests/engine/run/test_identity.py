"""What tells labs apart in which a snippet may print something else."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from snippetlab.errors import Cure
from snippetlab.images.emulator import Emulator
from snippetlab.images.image import Image, read_recipe
from snippetlab.labs.machine import snapshot
from snippetlab.labs.machine.qemu import Processor
from snippetlab.labs.machine.snapshot import state_key
from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.labs.weakness import Weakness
from snippetlab.project import Project, cache_directory
from snippetlab.run.laboratory import Laboratory, open_laboratory
from tests.support import ROOT

Change = Callable[[pytest.MonkeyPatch], None]
OTHER_KERNEL = SimpleNamespace(release="7", sysname="Linux", machine=os.uname().machine)


def says(tool: str) -> Change:
    """This tool has another version."""

    def change(patch: pytest.MonkeyPatch) -> None:
        for module in ("namespace", "browser"):
            versions = f"snippetlab.labs.{module}.lab.tool_version"
            patch.setattr(versions, lambda name: f"{name} {name == tool}")

    return change


WEAK = [Weakness("memory", Cure("x", "y"))]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("namespace", says("bwrap")),
        ("namespace", lambda patch: patch.setattr("os.uname", lambda: OTHER_KERNEL)),
        ("namespace", lambda patch: patch.setattr("os.geteuid", lambda: 0 if os.getuid() else 1)),
        ("namespace", lambda patch: patch.setattr("os.cpu_count", lambda: 1234)),
        ("namespace", lambda patch: patch.setattr(NamespaceLab, "weaknesses", WEAK)),
        ("browser", says("node")),
        ("browser", lambda patch: patch.setattr(Project, "machine", ROOT / "mkdocs.yml")),
    ],
)
def test_what_labs_rest_on(
    name: str,
    change: Change,
    laboratory_of: Callable[[str], Laboratory],
    repository: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laboratory_of(name)  # it is there
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(cache_directory()))  # whoever asks
    says("")(monkeypatch)
    with open_laboratory(repository, name, check=False) as laboratory:
        before = laboratory.identity
    with open_laboratory(repository, name, check=False) as laboratory:
        assert laboratory.identity == before
    change(monkeypatch)
    with open_laboratory(repository, name, check=False) as laboratory:
        assert laboratory.identity != before


def test_the_module_that_drives_the_tabs_machine_stands_alone(repository: Project) -> None:
    """Or what it imports would have to be looked at as well."""
    assert not re.search(r"^import\b|\bimport\(", repository.machine.read_text(), re.MULTILINE)


def test_a_saved_state_is_known_by_all_that_it_is_made_from(
    repository: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, image = read_recipe(repository, "docker"), Image("docker", Path("a"), "digest", {})
    emulator = Emulator("QEMU 7", ("here/qemu",), ("here/qemu-img",))
    processor = Processor("tcg", emulator)
    before = state_key(recipe, image, processor)
    elsewhere = replace(emulator, system=("there/qemu",), img=("there/qemu-img",))
    assert state_key(recipe, image, Processor("tcg", elsewhere)) == before
    assert state_key(recipe, replace(image, root=Path("b")), processor) == before
    for name, value in (("memory", 1), ("processors", 9), ("cmdline", "quiet")):
        other = replace(recipe, machine={**recipe.machine, name: value})
        assert state_key(other, image, processor) != before
    assert state_key(recipe, replace(image, digest="another"), processor) != before
    assert state_key(recipe, image, Processor("tcg", replace(emulator, version="QEMU 8"))) != before
    assert state_key(recipe, image, Processor("kvm", emulator)) != before
    monkeypatch.setattr(snapshot, "_agent", lambda: b"another")
    assert state_key(recipe, image, processor) != before
