"""A host with tools that make a tiny machine, and a QEMU that only seems to be one."""

import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.registry import LABS

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


@pytest.fixture(name="host")
def tiny_host(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
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
        monkeypatch.setattr("snippetlab.labs.machine.qemu._KVM", here / "no-kvm")
        monkeypatch.setitem(LABS, "machine", replace(LABS["machine"], room=0))
        yield here


@pytest.fixture(name="status")
def machine_status(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What is said of the machine lab."""

    def status() -> str:
        capsys.readouterr()
        main(["lab", "status"])
        said = capsys.readouterr().out
        return said[said.index("machine: ") : said.index("docker: ")]

    return status


def install_qemu(host: Path, version: str) -> None:
    """On the host itself."""
    for tool in ("qemu-img", "qemu-system-x86_64"):
        text = SYSTEM[f"usr/bin/{tool}"].replace("11, the labs' own", version)
        (host / "bin" / tool).write_text(text.replace("{here}", str(host)))
        (host / "bin" / tool).chmod(0o755)
