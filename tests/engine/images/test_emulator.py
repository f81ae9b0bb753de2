"""The QEMU that machines run on: the labs' own, made where it is missing, else the host's."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from tests.engine.tiny_machine import install_qemu, machine_status, tiny_host
from tests.support import advised

__all__ = ("machine_status", "tiny_host")  # fixtures


@pytest.mark.cure("build-emulator")
@pytest.mark.parametrize("version", ["", "7.2.22"])
def test_a_missing_qemu_is_made_also_where_the_host_has_an_old_one(
    version: str, host: Path, status: Callable[[], str]
) -> None:
    if version:
        install_qemu(host, version)
    assert main(["lab", "build", "machine"]) == 0
    for directory in host.glob("cache/images/*/usr"):
        shutil.rmtree(directory.parent)
    complaint = status()
    assert "the labs' QEMU is missing" in complaint
    assert ("older" in complaint) == bool(version)
    assert main(advised(complaint)) == 0
    said = status()
    assert said.startswith("machine: works")
    assert "QEMU emulator version 11, the labs' own, emulated\n" in said


def test_where_it_cannot_be_made_the_host_s_runs_the_machines(
    host: Path, status: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    (host / "no-qemu").touch()
    assert main(["lab", "build", "machine"]) == 1
    assert "no such suite" in capsys.readouterr().err
    install_qemu(host, "10.0")
    assert main(["lab", "build", "machine"]) == 0
    assert "QEMU could not be made; QEMU emulator version 10.0 is used" in capsys.readouterr().out
    said = status()
    assert said.startswith("machine: works")
    assert "version 10.0, emulated; this host's" in said
