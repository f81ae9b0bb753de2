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
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from snippetlab import shell
from snippetlab.command import Command
from snippetlab.errors import LabUnavailableError
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.guard import Guard, Job
from snippetlab.labs.image import Image
from snippetlab.labs.progress import Progress, RunError
from snippetlab.labs.stage import HOME, STAGE
from snippetlab.program import Program
from snippetlab.transcript import Transcript

ENVIRONMENT = {
    "COLUMNS": "80",
    "HOME": str(HOME),
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TZ": "UTC",
    "USER": "root",
}
LIMITS = {
    "AS": 2 << 30,
    "CORE": 0,
    "FSIZE": 256 << 20,
    "NOFILE": 1024,
    # Counted within the stage's user namespace, so that the caller's processes do not matter.
    "NPROC": 512,
}
"""setrlimit(2): bytes, or a number; all but NPROC for each process."""

_PROBE = "mkdir lower upper work merged\n" + (
    "mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged"
)
_CURE_USER_NAMESPACES = (
    "This host refuses unprivileged user namespaces. On Ubuntu 23.10 and later:\n"
    "    sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\n"
    "    Elsewhere: sudo sysctl -w user.max_user_namespaces=10000"
    " (and kernel.unprivileged_userns_clone=1 where that exists)."
)
_CURE_CACHE = (
    "The unprivileged user that runs snippets cannot reach the image."
    " Set SNIPPETLAB_CACHE to a directory that everyone may enter."
)


class NamespaceLab:
    """Runs each program in namespaces of its own. Safe to use from several threads."""

    name = "namespace"
    # A run spends most of its time waiting for the kernel to take its namespaces down.
    workers = 4 * (os.cpu_count() or 1)

    def __init__(self, image: Image, *, niceness: int = 0) -> None:
        """With `niceness` (0 to 19), runs give way to whoever else wants the processor."""
        self._guard = Guard(image.root, niceness)
        self._lifelines: set[socket.socket] = set()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Mount an overlay in the lab. Raises LabUnavailableError if that does not work."""
        commands = (Command(_PROBE, 1),)
        try:
            self.run([Program(Path("probe"), commands, {}, timeout=10)])
        except (LabUnavailableError, RunError, OSError) as error:
            unreachable = "source path" in str(error)
            cure = _CURE_CACHE if unreachable else _CURE_USER_NAMESPACES
            message = f"the namespace lab does not work: {error}\n    {cure}"
            raise LabUnavailableError(message) from None

    def run(self, chain: Sequence[Program]) -> tuple[Transcript, ...]:
        """Run programs one after another on a fresh stage, of which nothing is left afterwards.

        Raises RunError for a step that fails, hangs or floods, LabUnavailableError if there
        is no stage to be had.
        """
        progresses = [Progress(program, secrets.token_hex(8)) for program in chain]
        with ExitStack() as stack:
            pair = socket.socketpair(type=socket.SOCK_SEQPACKET)
            lifeline, far_lifeline = map(stack.enter_context, pair)
            control, far_control = map(stack.enter_context, socket.socketpair())
            read_end, write_end = os.pipe()
            output = stack.enter_context(os.fdopen(read_end, "rb", buffering=0))
            with far_lifeline, far_control, os.fdopen(write_end, "wb", buffering=0) as far_output:
                job = _job(progresses)
                descriptors = (far_lifeline, far_output, far_control)
                self._guard.submit(job, *(end.fileno() for end in descriptors))
            with self._kept(lifeline, output.fileno()):
                Conversation(progresses, control, output.fileno()).hold()
                status = self._status(lifeline)
        return tuple(progress.transcript(status) for progress in progresses)

    def stop(self) -> None:
        """End every run at once; each raises in its own thread."""
        with self._lock:
            for lifeline in self._lifelines:
                lifeline.shutdown(socket.SHUT_WR)

    def interact(self) -> int:
        """Open a shell on the terminal, with what a snippet would find; its exit status."""
        return self._guard.interact()

    def close(self) -> None:
        """End the guard."""
        self._guard.close()

    def _status(self, lifeline: socket.socket) -> int:
        said = lifeline.recv(4096).decode("utf-8", "replace")
        if said.lstrip("-").isdigit():
            return int(said)
        raise LabUnavailableError(said.removeprefix("!") or self._guard.complaint())

    @contextmanager
    def _kept(self, lifeline: socket.socket, output: int) -> Iterator[None]:
        """On leaving, cut the lifeline and wait until all that ran on the stage has gone."""
        with self._lock:
            self._lifelines.add(lifeline)
        try:
            yield
        finally:
            with self._lock:
                self._lifelines.discard(lifeline)
            lifeline.close()
            os.set_blocking(output, True)
            while os.read(output, 65536):
                pass


def _job(progresses: Sequence[Progress]) -> Job:
    files: dict[str, bytes] = {}
    scripts = []
    for number, progress in enumerate(progresses):
        program = progress.program
        files |= {str(HOME / name): content for name, content in program.files.items()}
        # Each in a directory of its own: two of a chain may have the same name.
        scripts.append(str(STAGE / str(number) / program.path.name))
        script = f"cd; unset OLDPWD\n{shell.script(program.commands, progress.nonce)}"
        files[scripts[-1]] = script.encode()
    return Job(scripts, files, ENVIRONMENT, LIMITS)
