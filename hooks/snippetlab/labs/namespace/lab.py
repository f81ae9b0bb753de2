"""The namespace lab: bubblewrap over the base image, in milliseconds.

Two sandboxes, one in the other. The guard, made by bubblewrap, is an unprivileged user who
sees the image read-only and nothing else of the host. The stage is made anew in it for each
run: there the snippet is root and may mount, chroot and unshare. The guard's mounts belong to
another user namespace, so that root cannot loosen them (mount_namespaces(7), "Restrictions on
mount namespaces").
"""

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from snippetlab.errors import LabUnavailableError
from snippetlab.images.image import Image, read_recipe, require_image
from snippetlab.images.refusal import cure_of
from snippetlab.images.tools import tool_version
from snippetlab.images.user import NOBODY
from snippetlab.labs import Opened
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.failing import RunError
from snippetlab.labs.job import job_of
from snippetlab.labs.namespace.guard import Guard
from snippetlab.labs.namespace.lifeline import Lifeline
from snippetlab.labs.namespace.seat import Seat
from snippetlab.labs.pipes import Pipes
from snippetlab.labs.reserve import Reserve
from snippetlab.labs.steps import Steps
from snippetlab.labs.watch import Watch, audited, read_leaks
from snippetlab.labs.weakness import Weakness, of_groups
from snippetlab.limits import cure, together
from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.say import in_one_line
from snippetlab.snippet.command import Command
from snippetlab.snippet.leaks import Leak
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

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
        runs = [Steps(program) for program in chain]
        limits = together(program.limits for program in chain)
        with ExitStack() as stack:
            seat = stack.enter_context(guard.seat(limits.memory))
            stack.enter_context(self._reserve.kept())
            lifeline = stack.enter_context(Lifeline())
            control, far_control = map(stack.enter_context, socket.socketpair())
            apart = any(program.apart for program in chain)
            owner = NOBODY if os.geteuid() == 0 else -1
            pipes = stack.enter_context(Pipes(apart=apart, owner=owner))
            with lifeline.far, far_control, pipes.far:
                ends = [lifeline.far.fileno(), *pipes.far_ends, far_control.fileno()]
                ends += [watch.far.fileno()] if watch else []
                seat.submit(job_of(runs), limits, *ends)
            look = watch.look if watch else None
            try:
                with self._kept(lifeline, seat):
                    conversation = Conversation(runs, control, pipes.output, pipes.errors, look)
                    conversation.hold()
                    status, found = self._ending(guard, lifeline, conversation)
                return tuple(steps.transcript(status) for steps in runs), found
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
                    raise LabUnavailableError(in_one_line(why))
        except TimeoutError:
            raise conversation.steps.overdue() from None
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


def open_lab(project: Project, name: str, niceness: int, image: Image | None) -> Opened:
    """See registry.open_lab."""
    image = image or require_image(read_recipe(project, LABS[name].image))
    lab = NamespaceLab(image, niceness=niceness)

    def rests_on() -> tuple[str, ...]:
        user = "root" if os.geteuid() == 0 else "a user"
        host = (os.uname().release, f"{os.cpu_count()} processors", user)
        missing = "; ".join(weakness.what for weakness in lab.weaknesses)
        return (*host, tool_version("bwrap"), missing)

    return Opened(lab, image, os.uname().release, rests_on)
