"""QEMU: which processor it may use here, its command line, and one process of it."""

import hashlib
import json
import os
import platform
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from snippetlab.files import write_atomically
from snippetlab.images.emulator import Emulator, find_emulator
from snippetlab.images.image import KERNEL, RAM_DISK, Image, Recipe
from snippetlab.images.user import unprivileged
from snippetlab.labs.machine.console import Console
from snippetlab.project import cache_directory

_KVM = Path("/dev/kvm")
_PROBE_SECONDS = 20


@dataclass(frozen=True)
class Processor:
    """What executes the machine's instructions."""

    accelerator: str
    """`kvm` or `tcg`, QEMU's own emulation."""
    emulator: Emulator

    @property
    def key(self) -> str:
        """What a saved state depends on."""
        model = _host_model() if self.accelerator == "kvm" else "emulated"
        return f"{self.emulator.version} {self.accelerator} {model}"

    @property
    def options(self) -> list[str]:
        threads = ",thread=multi" if self.accelerator == "tcg" else ""
        return ["-accel", f"{self.accelerator}{threads}", "-cpu", "max"]


def find_processor(recipe: Recipe, image: Image) -> Processor:
    """KVM if a machine has been seen to start with it, else emulation.

    On some hosts /dev/kvm exists and hangs, so the first time a kernel is started to see; the
    answer is remembered. Raises LabUnavailableError without QEMU.
    """
    emulator = find_emulator(recipe)
    if not _KVM.exists():
        return Processor("tcg", emulator)
    host = f"{emulator.version} {platform.release()} {_host_model()}"
    asked = f"{host} {image.digest} {os.geteuid()}"
    name = hashlib.sha256(asked.encode()).hexdigest()[:16]
    note = cache_directory() / "probes" / f"{name}.json"
    try:
        works = bool(json.loads(note.read_text())["kvm"])
    except (OSError, ValueError, KeyError):
        works = _starts(Processor("kvm", emulator), image)
        write_atomically(note, json.dumps({"kvm": works, "asked": asked}).encode())
    return Processor("kvm" if works else "tcg", emulator)


def command(
    processor: Processor,
    machine: Mapping[str, Any],
    image: Image,
    disk: str,
    port: int,
    extra: Sequence[str] = (),
) -> list[str]:
    """The command line; `port` is the descriptor of the socket that the agent speaks over."""
    # Otherwise a machine stands still when the host's disk is full, until its deadline.
    errors = "werror=report,rerror=report"
    return [
        *(*processor.emulator.system, "-name", "lab,process=qemu-system"),
        *("-machine", "q35", *processor.options),
        *("-smp", str(machine["processors"]), "-m", str(machine["memory"])),
        *("-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-no-reboot"),
        *("-kernel", str(image.root / KERNEL), "-initrd", str(image.root / RAM_DISK)),
        *("-append", f"console=ttyS0 quiet panic=1 oops=panic {machine['cmdline']}"),
        *("-drive", f"if=none,id=disk,discard=unmap,detect-zeroes=unmap,{errors},{disk}"),
        *("-device", "virtio-blk-pci,drive=disk", "-device", "virtio-serial-pci"),
        *("-chardev", f"socket,id=lab,fd={port}"),
        *("-device", "virtserialport,chardev=lab,name=lab"),
        *("-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"),
        *("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"),
        *extra,
    ]


class Qemu:
    """One QEMU process; killed on leaving, and by the kernel if this thread dies."""

    def __init__(self, arguments: Sequence[str], descriptors: Sequence[int]) -> None:
        """Start it, with those descriptors open."""
        self._console, self._errors = Console(), Console()
        line = ["setpriv", "--pdeathsig", "KILL", *arguments]
        groups = [_KVM.stat().st_gid] if "kvm" in arguments else []
        try:
            self.process = subprocess.Popen(
                unprivileged(line, groups),
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=self._console.write_end,
                stderr=self._errors.write_end,
                cwd="/",
                start_new_session=True,  # a Ctrl-C is for the engine, which then ends this
            )
        finally:
            for console in (self._console, self._errors):
                console.begin()

    def __enter__(self) -> "Qemu":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()

    def console(self) -> str:
        """What the kernel and the programs before the agent wrote, or its end if that is long."""
        return self._console.text(wait=self.process.poll() is not None)

    def obituary(self) -> str:
        """Why it ended, waiting a moment for that."""
        try:
            status = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            return "the virtual machine no longer answers"
        if status < 0:
            return f"QEMU was killed by {signal.Signals(-status).name}"
        if status > 0:
            return f"QEMU ended with status {status}: {self._errors.text(wait=True).strip()[-500:]}"
        if "Kernel panic" in self.console():
            panic = self.console().partition("Kernel panic")[2].partition("\n")[0][:200].rstrip()
            return f"the kernel of the virtual machine panicked: Kernel panic{panic}"
        return "the virtual machine was powered off"


def _starts(processor: Processor, image: Image) -> bool:
    """Whether the image's kernel comes as far as missing its disk."""
    machine = {"processors": 1, "memory": 256, "cmdline": ""}
    ours, theirs = socket.socketpair()
    with ours, theirs, tempfile.NamedTemporaryFile() as disk:
        os.truncate(disk.fileno(), 1 << 20)
        Path(disk.name).chmod(0o666)
        drive = f"file={disk.name},format=raw,snapshot=on"
        line = command(processor, machine, image, drive, theirs.fileno())
        with Qemu(line, [theirs.fileno()]) as qemu:
            try:
                qemu.process.wait(timeout=_PROBE_SECONDS)
            except subprocess.TimeoutExpired:
                return False
            return "Kernel panic" in qemu.console()


def _host_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
