"""The machine lab: a virtual machine, restored from a saved state for every chain.

What runs in it is really root, on a kernel of its own, with no network card. QEMU itself is an
unprivileged process; when a chain ends, it is killed, and what the chain wrote goes with it.
"""

import contextlib
import os
import socket
import sys
import termios
import threading
import tty
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.image import RELEASE, Image, read_recipe, require_image
from snippetlab.labs import Opened
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.job import ENVIRONMENT, Job, job_of
from snippetlab.labs.machine import frames, qemu
from snippetlab.labs.machine.relay import relayed
from snippetlab.labs.machine.snapshot import Snapshot, find_snapshot, state_key
from snippetlab.labs.reserve import host_memory
from snippetlab.labs.steps import Steps
from snippetlab.labs.watch import Watch, audited, read_leaks
from snippetlab.labs.weakness import Weakness
from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.say import say
from snippetlab.snippet.leaks import Leak
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

_RESTORE_SECONDS = 60
"""Until a restored machine has taken its job; usually it is one."""
_SPARE = 1 << 30
"""Bytes of memory that are left to others."""

_EMULATED = Weakness(
    "processor: emulated, and for QEMU's developers that is no wall",
    Cure("with-kvm", "Run it where /dev/kvm is there, works, and is yours to read and write."),
)


class MachineLab:
    """Runs each chain in a machine of its own. Safe to use from several threads."""

    def __init__(
        self, name: str, image: Image, snapshot: Snapshot, machine: Mapping[str, Any]
    ) -> None:
        self.name = name
        self._image = image
        self._snapshot = snapshot
        self._machine = machine
        self.workers = _workers(machine["memory"] << 20)
        self._places = threading.BoundedSemaphore(self.workers)
        self._running: set[qemu.Qemu] = set()
        self._lock = threading.Lock()
        self._stops = 0

    @property
    def emulator(self) -> str:
        """What its machines run on, in words."""
        processor = self._snapshot.processor
        how = "with KVM" if processor.accelerator == "kvm" else "emulated"
        whose = "" if processor.emulator.own else "; this host's: the labs' own is not here"
        return f"{processor.emulator.version}, {how}{whose}"

    @property
    def weaknesses(self) -> Sequence[Weakness]:
        """Of memory a machine has its own size. See QEMU's "Security", non-virtualization use."""
        return () if self._snapshot.processor.accelerator == "kvm" else (_EMULATED,)

    def check(self) -> None:
        """Restore a machine. Raises LabUnavailableError if that does not work."""
        with self._restored(frames.SHELL, job_of([])):
            pass

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        """Run programs one after another in a fresh machine, of which nothing is left.

        Raises RunError for a step that fails, hangs, floods, leaves something behind or brings
        the machine down, LabUnavailableError if there is no machine to be had.
        """
        del alone  # its runs give way to nobody anyway
        return audited(chain, lambda watch: self._run(chain, watch))

    def _run(
        self, chain: Sequence[Program], watch: Watch | None
    ) -> tuple[tuple[Transcript, ...], list[Leak]]:
        """The transcripts, and everything that was left at the end."""
        runs = [Steps(program) for program in chain]
        with (
            self._restored(frames.JOB, job_of(runs)) as (machine, port, arriving),
            relayed(machine, port, arriving, watch) as relay,
        ):
            look = watch.look if watch else None
            conversation = Conversation(runs, relay.control, relay.output, relay.errors, look)
            conversation.hold()
            if (status := relay.status) is None:
                cure = Cure(
                    "machine-inside", "If it is meant to, show that in a machine inside this one."
                )
                why = relay.complaint or machine.obituary()
                raise conversation.steps.fault(f"{why} in this step", cure)
            transcripts = tuple(steps.transcript(status) for steps in runs)
            return transcripts, list(read_leaks(relay.left))

    def stop(self) -> None:
        """End every run at once; each raises in its own thread."""
        with self._lock:
            self._stops += 1
            for machine in self._running:
                machine.process.kill()

    def close(self) -> None:
        """End every run."""
        self.stop()

    def interact(self) -> int:
        """Open a shell on the terminal, with what a snippet would find; its exit status."""
        with self._restored(frames.SHELL, job_of([])) as (machine, port, arriving):
            status = 0
            with _raw_terminal(), contextlib.suppress(frames.FrameError):
                threading.Thread(target=_type, args=(port,), daemon=True).start()
                for kind, data in arriving:
                    if kind == frames.OUTPUT:
                        sys.stdout.buffer.write(data)
                        sys.stdout.buffer.flush()
                    elif kind == frames.ENDED:
                        return frames.status(data)
                    status = 1
            say(machine.obituary(), error=True)
            return status

    @contextmanager
    def _restored(
        self, kind: bytes, job: Job
    ) -> Iterator[tuple[qemu.Qemu, socket.socket, Iterator[tuple[bytes, bytes]]]]:
        """A machine that has taken the job; killed on leaving."""
        with ExitStack() as stack:
            stack.enter_context(self._places)
            port, far_port = map(stack.enter_context, socket.socketpair())
            if not self._snapshot.memory.exists():
                cure = Cure("state-gone", f"Make it anew: snippetlab lab build {self.name}")
                message = f"the saved state is gone: {self._snapshot.memory}"
                raise LabUnavailableError(message, cure)
            line = qemu.command(
                self._snapshot.processor,
                self._machine,
                self._image,
                self._snapshot.disk,
                far_port.fileno(),
                self._snapshot.restoring(self._machine),
            )
            stops = self._stops
            machine = stack.enter_context(qemu.Qemu(line, [far_port.fileno()]))
            stack.enter_context(self._kept(machine, stops))
            far_port.close()
            port.settimeout(_RESTORE_SECONDS)
            arriving = frames.receive(port)
            try:
                frames.send(port, kind, frames.fresh(job.encoded | {"environment": ENVIRONMENT}))
                begun = next(arriving, None)
            except (TimeoutError, OSError):
                begun = None
            if begun is None:
                text = f"Make its state anew: snippetlab lab build {self.name} --fresh"
                message = f"the {self.name} lab does not work: {machine.obituary()}"
                raise LabUnavailableError(message, Cure("state-anew", text))
            port.settimeout(None)
            yield machine, port, arriving

    @contextmanager
    def _kept(self, machine: qemu.Qemu, stops: int) -> Iterator[None]:
        with self._lock:
            self._running.add(machine)
            if stops != self._stops:  # told to stop while it was being started
                machine.process.kill()
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(machine)


def _workers(memory: int) -> int:
    """Machines at the same time: as many as there are processors, within the memory."""
    available, _ = host_memory()
    # The emulator's translated code comes on top of the machine's own memory.
    return max(1, min(os.cpu_count() or 1, (available - _SPARE) // (memory + (512 << 20))))


def _type(port: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := os.read(sys.stdin.fileno(), 4096):
            frames.send(port, frames.TYPED, data)


@contextmanager
def _raw_terminal() -> Iterator[None]:
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setraw(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def open_lab(project: Project, name: str, niceness: int, image: Image | None) -> Opened:
    """See registry.open_lab."""
    del niceness  # builds show these labs' recordings and never run them
    recipe = read_recipe(project, LABS[name].image)
    image = image or require_image(recipe)
    processor = qemu.find_processor(recipe, image)
    snapshot = find_snapshot(recipe, image, processor)
    if snapshot is None:
        cure = Cure("build-state", f"Make it: snippetlab lab build {recipe.name}")
        raise LabUnavailableError(f"the {name} lab has no saved state for this QEMU", cure)
    key = state_key(recipe, image, processor)
    release = (image.root / RELEASE).read_text().strip()
    lab = MachineLab(name, image, snapshot, recipe.machine)
    return Opened(lab, image, release, lambda: (key,))
