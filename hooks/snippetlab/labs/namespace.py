"""The namespace lab: bubblewrap over the base image, in milliseconds.

Two sandboxes, one in the other. The guard, made by bubblewrap, is an unprivileged user who
sees the image read-only and nothing else of the host. The stage is made anew in it for each
run: there the snippet is root and may mount, chroot and unshare. The guard's mounts belong to
another user namespace, so that root cannot loosen them (mount_namespaces(7), "Restrictions on
mount namespaces").
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from snippetlab import shell
from snippetlab.command import Command
from snippetlab.errors import LabUnavailableError
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.guard import Guard
from snippetlab.labs.image import Image
from snippetlab.labs.lifeline import Lifeline
from snippetlab.labs.progress import Progress, RunError
from snippetlab.labs.refusal import cure_of
from snippetlab.labs.reserve import Reserve
from snippetlab.labs.seat import Job, Seat
from snippetlab.labs.stage import HOME, STAGE
from snippetlab.labs.watch import Watch, audited, read_leaks
from snippetlab.labs.weakness import Weakness, of_groups
from snippetlab.leaks import Leak
from snippetlab.limits import Limits, cure, together
from snippetlab.program import Program
from snippetlab.transcript import Transcript

ENVIRONMENT = {
    "COLUMNS": "80",
    "HOME": HOME,
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TZ": "UTC",
    "USER": "root",
}

_PROBE = """
mkdir lower upper work merged
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
umount merged"""
_CHECK = 60.0
"""Seconds for what takes milliseconds: a lab works on a busy machine, too."""
_SECONDS = 5.0
"""How long the stage may take to end, after its output has, beyond the deadline of the run."""

_STARVED = "this machine had next to no memory left, and so everything that ran was ended"


class NamespaceLab:
    """Runs each program in namespaces of its own. Safe to use from several threads."""

    name = "namespace"
    # A run spends most of its time waiting for the kernel to take its namespaces down.
    workers = 4 * (os.cpu_count() or 1)

    def __init__(self, image: Image, *, niceness: int = 0) -> None:
        """With `niceness` (0 to 19), runs give way to whoever else wants the processor."""
        self._guard = Guard(image.root, niceness)
        self._prompt = Guard(image.root, 0) if niceness else None
        """Of runs that give way to nobody, where others do."""
        self._lifelines: set[Lifeline] = set()
        self._lock = threading.Lock()
        self._reserve = Reserve(self._relieve)

    @property
    def weaknesses(self) -> Sequence[Weakness]:
        """What is not limited here."""
        return tuple(of_groups(self._guard.cgroups))

    def check(self) -> None:
        """Mount an overlay in the lab. Raises LabUnavailableError if that does not work."""
        commands = (Command(_PROBE, 1),)
        try:
            self.run([Program(Path("probe"), commands, {}, timeout=_CHECK)])
        except (LabUnavailableError, RunError, OSError) as error:
            message = f"the namespace lab does not work: {error}"
            raise LabUnavailableError(message, cure_of(str(error))) from None

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        """Run programs one after another on a fresh stage, of which nothing is left afterwards.

        Raises RunError for a step that fails, hangs, floods or leaves something behind,
        LabUnavailableError if there is no stage to be had.
        """
        guard = (alone and self._prompt) or self._guard
        return audited(chain, lambda watch: self._run(guard, chain, watch))

    def _run(
        self, guard: Guard, chain: Sequence[Program], watch: Watch | None
    ) -> tuple[tuple[Transcript, ...], list[Leak]]:
        """The transcripts, and everything that was left at the end."""
        progresses = [Progress(program, secrets.token_hex(8)) for program in chain]
        limits = together(program.limits for program in chain)
        with ExitStack() as stack:
            seat = stack.enter_context(guard.seat(limits.memory))
            stack.enter_context(self._reserve.kept())
            lifeline = stack.enter_context(Lifeline())
            control, far_control = map(stack.enter_context, socket.socketpair())
            read_end, write_end = os.pipe()
            output = stack.enter_context(os.fdopen(read_end, "rb", buffering=0))
            with lifeline.far, far_control, os.fdopen(write_end, "wb", buffering=0) as far_output:
                ends = [lifeline.far.fileno(), far_output.fileno(), far_control.fileno()]
                ends += [watch.far.fileno()] if watch else []
                seat.submit(_job(progresses, limits), *ends)
            look = watch.look if watch else None
            try:
                with self._kept(lifeline, seat):
                    conversation = Conversation(progresses, control, output.fileno(), look)
                    conversation.hold()
                    status, found = self._ending(guard, lifeline, conversation)
                return tuple(progress.transcript(status) for progress in progresses), found
            except RunError as error:
                if lifeline.starved:
                    raise LabUnavailableError(_STARVED) from None
                if seat.ran_out_of_memory():
                    why = cure("memory", limits, "Its memory was used up. ")
                    raise error.because(why) from None
                raise

    def stop(self) -> None:
        """End every run at once; each raises in its own thread."""
        with self._lock:
            for lifeline in self._lifelines:
                lifeline.cut()

    def _relieve(self) -> None:
        with self._lock:
            for lifeline in self._lifelines:
                lifeline.starved = True
                lifeline.cut()

    def interact(self) -> int:
        """Open a shell on the terminal, with what a snippet would find; its exit status."""
        return self._guard.interact()

    def close(self) -> None:
        """End the guards."""
        self._reserve.close()
        self._guard.close()
        if self._prompt:
            self._prompt.close()

    def _ending(
        self, guard: Guard, lifeline: Lifeline, conversation: Conversation
    ) -> tuple[int, list[Leak]]:
        """The exit status and what was left. Only what is no status is an error here."""
        found: list[Leak] = []
        until = max(conversation.deadline, time.monotonic()) + _SECONDS
        try:
            while said := lifeline.receive(until):
                if said.startswith(b"~"):
                    found = list(read_leaks(said))
                elif said.isdigit() and len(said) <= 3:
                    return int(said), found
                else:
                    why = said.decode("utf-8", "replace").removeprefix("!")
                    raise LabUnavailableError(_printable(why))
        except TimeoutError:
            raise conversation.progress.overdue() from None
        raise LabUnavailableError(guard.complaint() or "the stage ended without a word")

    @contextmanager
    def _kept(self, lifeline: Lifeline, seat: Seat) -> Iterator[None]:
        """On leaving, cut the lifeline and wait until all that ran on the stage has gone."""
        with self._lock:
            self._lifelines.add(lifeline)
        try:
            yield
        finally:
            with self._lock:
                self._lifelines.discard(lifeline)
            seat.clear(lifeline)


def _job(progresses: Sequence[Progress], limits: Limits) -> Job:
    files: dict[str, bytes] = {}
    scripts = []
    for number, progress in enumerate(progresses):
        program = progress.program
        files |= {f"{HOME}/{name}": content for name, content in program.files.items()}
        # Each in a directory of its own: two of a chain may have the same name.
        scripts.append(f"{STAGE}/{number}/{program.path.name}")
        script = f"cd; unset OLDPWD\n{shell.script(program.commands, progress.nonce)}"
        files[scripts[-1]] = script.encode()
    return Job(scripts, files, ENVIRONMENT, limits)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
