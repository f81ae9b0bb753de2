"""What is said of machines' images and states is followed, on a host with a QEMU of its own."""

import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.labs.disk import check_space
from snippetlab.labs.image import read_recipe
from snippetlab.project import Project
from tests.engine.machines import Runner
from tests.support import advised

QEMU = '''\
#!/usr/bin/env python3
"""Comes up, is saved unless the disk is full, and comes back from what it saved."""
import json, os, re, socket, sys

if "--version" in sys.argv:
    sys.exit(print("QEMU emulator version {version}"))
line = " ".join(sys.argv)
port = socket.socket(fileno=int(re.search("id=lab,fd=([0-9]+)", line)[1]))
if found := re.search("-incoming file:(.+)", line):
    if open(found[1]).read() != "saved":
        sys.exit("not a saved state")
elif not (found := re.search("id=monitor,fd=([0-9]+)", line)):
    sys.exit(1)
port.sendall(b"R" + bytes(4))
if "-incoming" in line:
    port.recv(1)
    sys.exit(0)
monitor = socket.socket(fileno=int(found[1]))
monitor.sendall(b"{}\\n")
while said := monitor.recv(4096):
    full = os.path.exists("{here}/full")
    if (file := re.search(b'"file:(.+?)"', said)) and not full:
        open(file[1], "w").write("saved")
    monitor.sendall(json.dumps({"return": {"status": "failed" if full else "completed"}}).encode())
    monitor.sendall(b"\\n")
'''
MMDEBSTRAP = """\
#!/bin/sh
case $* in *qemu.tar*) [ ! -e {here}/no-qemu ] || { echo no such suite >&2; exit 1; } ;; esac
for argument; do case $argument in *.tar) cp {here}/system.tar "$argument" ;; esac; done
"""
"""Fails for an emulator where there is a file `no-qemu`."""
LOADER = """\
#!/bin/sh
shift 2
exec "$@"
"""
MKE2FS = "#!/bin/sh\necho tree >disk.raw\n"
HOST_TOOLS = [
    "bwrap",
    "chmod",
    "cp",
    "env",
    "fallocate",
    "mkdir",
    "python3",
    "rm",
    "setpriv",
    "sh",
    "tar",
]
SYSTEM = {
    "boot/vmlinuz": "kernel",
    "boot/initrd": "disk",
    "usr/bin/qemu-img": "#!/bin/sh\nfor disk; do :; done\n: >$disk\n",
    "usr/bin/qemu-system-x86_64": QEMU.replace("{version}", "11, the labs' own"),
    "usr/lib/modules/6.1/x": "",
    "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": LOADER,
    "var/lib/dpkg/status": "Package: base-files\nVersion: 13\n",
}


@pytest.fixture
def host(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where everyone may enter, with tools that make a tiny machine."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        here = Path(name)
        here.chmod(0o755)
        for path, text in SYSTEM.items():
            (here / "system" / path).parent.mkdir(parents=True, exist_ok=True)
            (here / "system" / path).write_text(text.replace("{here}", name))
            (here / "system" / path).chmod(0o755)
        with tarfile.open(here / "system.tar", "w") as archive:
            archive.add(here / "system", ".")
        (here / "bin").mkdir()
        tools = {"mmdebstrap": MMDEBSTRAP, "mke2fs": MKE2FS}
        for tool, text in tools.items():
            (here / "bin" / tool).write_text(text.replace("{here}", name))
            (here / "bin" / tool).chmod(0o755)
        monkeypatch.chdir(project.root)
        for tool in HOST_TOOLS:
            (here / "bin" / tool).symlink_to(str(shutil.which(tool, path="/usr/bin:/bin")))
        monkeypatch.setenv("PATH", f"{here}/bin")
        monkeypatch.setenv("SNIPPETLAB_CACHE", f"{here}/cache")
        monkeypatch.setattr("snippetlab.labs.qemu._KVM", here / "no-kvm")
        monkeypatch.setattr("snippetlab.labs.disk._NEEDED", {"machine": 0})
        yield here


@pytest.fixture
def status(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What is said of the machine lab."""

    def status() -> str:
        capsys.readouterr()
        main(["lab", "status"])
        said = capsys.readouterr().out
        return said[said.index("machine: ") : said.index("docker: ")]

    return status


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


def install_qemu(host: Path, version: str) -> None:
    """On the host itself."""
    for tool in ("qemu-img", "qemu-system-x86_64"):
        text = SYSTEM[f"usr/bin/{tool}"].replace("11, the labs' own", version)
        (host / "bin" / tool).write_text(text.replace("{here}", str(host)))
        (host / "bin" / tool).chmod(0o755)


@cure("build-emulator")
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


@cure("state-gone")
def test_a_state_that_is_taken_away_meanwhile_is_made_anew(
    host: Path, status: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between being found and being restored."""
    from snippetlab.labs.machine import MachineLab

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
        "snippetlab.labs.disk.shutil.disk_usage",
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
