"""The saved state of a machine that has started: its memory and what it wrote to its disk."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, EngineError, LabUnavailableError
from snippetlab.labs import frames, qemu
from snippetlab.labs.debian import tail
from snippetlab.labs.image import DISK, Image, Recipe
from snippetlab.labs.user import NOBODY
from snippetlab.project import cache_directory

_AGENT = ("remains.py", "agent.py")
"""What a machine's first process runs, in one text: neither is a module there."""


@dataclass(frozen=True)
class Snapshot:
    """A saved state; every run starts from it and changes nothing in it."""

    directory: Path
    processor: qemu.Processor

    @property
    def memory(self) -> Path:
        return self.directory / "memory"

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
        disk, memory = state / "disk.qcow2", state / "memory"
        backing = ["-b", str(image.root / DISK), "-F", "raw"]
        _checked(["qemu-img", "create", "-q", "-f", "qcow2", *backing, str(disk)])
        memory.touch()
        if os.geteuid() == 0:
            os.chown(disk, NOBODY, NOBODY)
        how = "with KVM" if processor.accelerator == "kvm" else "emulated"
        say(f"{recipe.name} lab: starting the machine, {how} …")
        _start_and_save(recipe, image, processor, disk, memory, say)
        for path in (disk, memory):
            if os.geteuid() == 0:
                os.chown(path, 0, 0)
            path.chmod(0o444)
        real = {directory / path.name: path for path in (disk, memory)}
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
    """A name for the saved state that is the same on all machines, wherever the image lies."""
    return _key(recipe, replace(image, root=Path("image")), processor)


def _key(recipe: Recipe, image: Image, processor: qemu.Processor) -> str:
    line = qemu.command(processor, recipe.machine, image, "", 0)
    facts = json.dumps([image.digest, processor.key, line]).encode() + _agent()
    return hashlib.sha256(facts).hexdigest()[:16]


def _agent() -> bytes:
    return b"\n".join(Path(__file__).with_name(name).read_bytes() for name in _AGENT)


def _start_and_save(
    recipe: Recipe,
    image: Image,
    processor: qemu.Processor,
    disk: Path,
    memory: Path,
    say: Callable[[str], None],
) -> None:
    port, far_port = socket.socketpair()
    monitor, far_monitor = socket.socketpair()
    with port, monitor, far_port, far_monitor:
        extra = ["-chardev", f"socket,id=monitor,fd={far_monitor.fileno()}"]
        extra += ["-mon", "chardev=monitor,mode=control"]
        drive = f"file={disk},format=qcow2"
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
            _save(monitor, memory, recipe.name)


def _save(monitor: socket.socket, memory: Path, name: str) -> None:
    """Have QEMU write its state (QMP: docs/interop/qmp-spec.txt and the `migrate` command)."""
    talk = _Monitor(monitor)
    talk.ask("qmp_capabilities")
    with memory.open("wb") as stream:
        talk.ask("getfd", {"fdname": "memory"}, [stream.fileno()])
        talk.ask("migrate-set-parameters", {"max-bandwidth": 1 << 40})
        talk.ask("migrate", {"uri": "fd:memory"})
        while (status := talk.ask("query-migrate")["status"]) != "completed":
            if status in ("failed", "cancelled"):
                text = f"Make room in {cache_directory()}, then: snippetlab lab build {name}"
                raise EngineError("saving the machine failed", Cure("saving-room", text))
            time.sleep(0.1)
        os.fsync(stream.fileno())


class _Monitor:
    def __init__(self, monitor: socket.socket) -> None:
        self._socket = monitor
        self._lines = monitor.makefile("rb")
        self._lines.readline()  # its greeting

    def ask(
        self,
        what: str,
        arguments: Mapping[str, object] | None = None,
        descriptors: Sequence[int] = (),
    ) -> Any:
        text = json.dumps({"execute": what, "arguments": arguments or {}}).encode()
        socket.send_fds(self._socket, [text], list(descriptors))
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
