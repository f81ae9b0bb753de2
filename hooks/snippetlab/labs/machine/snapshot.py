"""The saved state of a machine that has started: memory, devices, what it wrote to its disk.

Its memory is a file that restored machines map for themselves alone: what they read comes from the
host's page cache, the same for all of them, what they write is their own, and QEMU opens the file
for reading only.
"""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, EngineError, LabUnavailableError
from snippetlab.images.debian import tail
from snippetlab.images.image import DISK, Image, Recipe
from snippetlab.images.user import NOBODY
from snippetlab.labs.machine import frames, qemu
from snippetlab.project import cache_directory

_DEVICES = "devices"
AGENT = (
    *("wire.py", "remains.py", "facts.py", "shell.py", "follow.py"),
    *("printed.py", "pseudoterminal.py", "run.py", "agent.py"),
)
"""What a machine's first process runs, in one text: none is a module there."""


@dataclass(frozen=True)
class Snapshot:
    """A saved state; every run starts from it and changes nothing in it."""

    directory: Path
    processor: qemu.Processor

    @property
    def memory(self) -> Path:
        return self.directory / "memory"

    def restoring(self, machine: Mapping[str, Any]) -> list[str]:
        """What QEMU is told beyond the machine's command line to start from here."""
        options = _memory(machine, self.memory, "share=off,readonly=on,rom=off")
        return [*options, "-incoming", f"file:{self.directory / _DEVICES}"]

    @property
    def disk(self) -> str:
        """For QEMU's command line: what is written goes to a file that has no name."""
        return f"file={self.directory / 'disk.qcow2'},format=qcow2,snapshot=on"


def find_snapshot(recipe: Recipe, image: Image, processor: qemu.Processor) -> Snapshot | None:
    """The saved state. Raises LabUnavailableError where it or the image is damaged."""
    directory = directory_of(recipe, image, processor)
    if not directory.is_dir():
        return None
    cure = Cure("state-damaged", f"Make it anew: snippetlab lab build {recipe.name}")
    try:
        sizes = json.loads((directory / "sizes.json").read_text())
        damaged = [path for path, size in sizes.items() if Path(path).stat().st_size != size]
    except (OSError, ValueError) as error:
        raise LabUnavailableError(f"the saved state is damaged: {error}", cure) from None
    if damaged:
        path = Path(damaged[0])
        if path.parent == image.root:
            text = f"Make the image anew: snippetlab lab build {recipe.name} --fresh"
            cure = Cure("image-damaged", text)
        raise LabUnavailableError(f"{path} is damaged: it has another size", cure)
    return Snapshot(directory, processor)


def make_snapshot(
    recipe: Recipe, image: Image, processor: qemu.Processor, say: Callable[[str], None]
) -> Snapshot:
    """Start the machine and save it once its agent waits.

    Raises EngineError if it does not come so far; then nothing is left.
    """
    cache, began = cache_directory(), time.monotonic()
    directory = directory_of(recipe, image, processor)
    directory.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as temporary:
        workshop = Path(temporary)
        workshop.chmod(0o755)
        state = workshop / "state"
        state.mkdir()
        disk, memory, devices = state / "disk.qcow2", state / "memory", state / _DEVICES
        backing = ["-b", str(image.root / DISK), "-F", "raw"]
        _checked([*processor.emulator.img, "create", "-q", "-f", "qcow2", *backing, str(disk)])
        for path in (memory, devices):
            path.touch()
        if os.geteuid() == 0:
            for path in (disk, memory, devices):
                os.chown(path, NOBODY, NOBODY)
        how = "with KVM" if processor.accelerator == "kvm" else "emulated"
        say(f"{recipe.name} lab: starting the machine, {how} …")
        _start_and_save(recipe, image, processor, state, say)
        _checked(["fallocate", "--dig-holes", str(memory)])  # pages of zeros take no room
        for path in (disk, memory, devices):
            if os.geteuid() == 0:
                os.chown(path, 0, 0)
            path.chmod(0o444)
        real = {directory / path.name: path for path in (disk, memory, devices)}
        sizes = {str(name): path.stat().st_size for name, path in real.items()}
        sizes[str(image.root / DISK)] = (image.root / DISK).stat().st_size
        (state / "sizes.json").write_text(json.dumps(sizes, indent=2))
        if directory.exists():
            shutil.rmtree(directory)
        state.rename(directory)
    seconds = time.monotonic() - began
    used = sum(path.stat().st_blocks * 512 for path in directory.iterdir()) / 1e6
    say(f"{recipe.name} lab: saved after {seconds:.0f} s, {used:.0f} MB in {directory}")
    return Snapshot(directory, processor)


def directory_of(recipe: Recipe, image: Image, processor: qemu.Processor) -> Path:
    """Where the saved state is, or would be."""
    return cache_directory() / "machines" / f"{recipe.name}-{_key(recipe, image, processor)}"


def state_key(recipe: Recipe, image: Image, processor: qemu.Processor) -> str:
    """A name for the saved state that is the same on all machines, wherever images lie."""
    emulator = replace(processor.emulator, system=("qemu",))
    anywhere = replace(image, root=Path("image"))
    return _key(recipe, anywhere, replace(processor, emulator=emulator))


def _key(recipe: Recipe, image: Image, processor: qemu.Processor) -> str:
    extra = _memory(recipe.machine, Path("memory"), "")
    line = qemu.command(processor, recipe.machine, image, "", 0, extra)
    facts = json.dumps([image.digest, processor.key, line]).encode() + _agent()
    return hashlib.sha256(facts).hexdigest()[:16]


def _memory(machine: Mapping[str, Any], file: Path, how: str) -> list[str]:
    """The machine's memory as a file, which is no part of what QEMU saves."""
    backend = f"memory-backend-file,id=memory,size={machine['memory']}M,mem-path={file},{how}"
    return [
        *("-machine", "memory-backend=memory", "-object", backend.rstrip(",")),
        *("-global", "migration.x-ignore-shared=on"),
    ]


def _agent() -> bytes:
    return b"\n".join(Path(__file__).with_name(name).read_bytes() for name in AGENT)


def _start_and_save(
    recipe: Recipe,
    image: Image,
    processor: qemu.Processor,
    state: Path,
    say: Callable[[str], None],
) -> None:
    port, far_port = socket.socketpair()
    monitor, far_monitor = socket.socketpair()
    with port, monitor, far_port, far_monitor:
        extra = ["-chardev", f"socket,id=monitor,fd={far_monitor.fileno()}"]
        extra += ["-mon", "chardev=monitor,mode=control"]
        extra += _memory(recipe.machine, state / "memory", "share=on")
        drive = f"file={state / 'disk.qcow2'},format=qcow2"
        line = qemu.command(processor, recipe.machine, image, drive, far_port.fileno(), extra)
        with qemu.Qemu(line, [far_port.fileno(), far_monitor.fileno()]) as machine:
            far_port.close()
            far_monitor.close()
            agent = _agent()
            port.sendall(len(agent).to_bytes(4, "big") + agent)
            port.settimeout(recipe.machine["boot_timeout"])
            try:
                first = next(frames.receive(port), None)
            except TimeoutError:
                what = f"nothing after {recipe.machine['boot_timeout']} s"
                log = tail(machine.console())
                raise EngineError(
                    f"the {recipe.name} machine does not start: {what}\n{log}"
                ) from None
            if first is None:
                what, log = machine.obituary(), tail(machine.console())
                raise EngineError(f"the {recipe.name} machine does not start: {what}\n{log}")
            if trouble := machine.console().strip():
                say(tail(trouble))
            if "lab: " in trouble:
                raise EngineError(f"the {recipe.name} machine does not start properly (see above)")
            say(f"{recipe.name} lab: saving …")
            _save(monitor, state / _DEVICES, recipe.name)


def _save(monitor: socket.socket, devices: Path, name: str) -> None:
    """Have QEMU write its state (QMP: docs/interop/qmp-spec.txt and the `migrate` command)."""
    talk = _Monitor(monitor)
    talk.ask("qmp_capabilities")
    talk.ask("migrate", {"uri": f"file:{devices}"})
    while (status := talk.ask("query-migrate")["status"]) != "completed":
        if status in ("failed", "cancelled"):
            text = f"Make room in {cache_directory()}, then: snippetlab lab build {name}"
            raise EngineError("saving the machine failed", Cure("saving-room", text))
        time.sleep(0.1)


class _Monitor:
    def __init__(self, monitor: socket.socket) -> None:
        self._socket = monitor
        self._lines = monitor.makefile("rb")
        self._lines.readline()  # its greeting

    def ask(self, what: str, arguments: Mapping[str, object] | None = None) -> Any:
        text = json.dumps({"execute": what, "arguments": arguments or {}}).encode()
        self._socket.sendall(text)
        while line := self._lines.readline():
            said = json.loads(line)
            if "error" in said:
                raise EngineError(f"QEMU: {said['error']['desc']}")
            if "return" in said:
                return said["return"]
        raise EngineError("QEMU died while it was saving the machine")


def _checked(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise EngineError(f"{' '.join(command[:2])} failed:\n{tail(done.stderr)}")
