"""The namespace lab: bubblewrap over the base image, in milliseconds.

Two sandboxes, one in the other. The outer one, made by bubblewrap, is the guard: an
unprivileged user sees the image read-only and nothing else of the host. The inner one, made
by unshare(1), is the stage: there the snippet is root and may mount, chroot and unshare. The
guard's mounts were made in another user namespace, so that root cannot loosen them
(mount_namespaces(7), "Restrictions on mount namespaces").
"""

import os
import secrets
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from snippetlab import shell
from snippetlab.command import Command
from snippetlab.errors import LabUnavailableError
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.image import Image
from snippetlab.labs.progress import Progress, RunError
from snippetlab.labs.user import unprivileged
from snippetlab.program import Program
from snippetlab.transcript import Transcript

HOME = "/root"
"""Where a snippet begins: an empty tmpfs."""
ENVIRONMENT = {
    "COLUMNS": "80",
    "HOME": HOME,
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TZ": "UTC",
    "USER": "root",
}
_STAGE = "/run/lab"
_INIT = Path(__file__).with_suffix(".bash")
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

    def __init__(self, image: Image) -> None:
        self._image = image
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Mount an overlay in the lab. Raises LabUnavailableError if that does not work."""
        commands = (Command(_PROBE, 1),)
        try:
            self.run(Program(Path("probe"), commands, {}, timeout=10))
        except (LabUnavailableError, RunError, OSError) as error:
            unreachable = "source path" in str(error)
            cure = _CURE_CACHE if unreachable else _CURE_USER_NAMESPACES
            raise LabUnavailableError(
                f"the namespace lab does not work: {error}\n    {cure}"
            ) from None

    def run(self, program: Program) -> Transcript:
        """Run all commands in a fresh sandbox, of which nothing is left afterwards.

        Raises RunError for a step that fails, hangs or floods.
        """
        progress = Progress(program, secrets.token_hex(8))
        script = f"cd; unset OLDPWD\n{shell.script(program.commands, progress.nonce)}"
        files = {f"{_STAGE}/{_INIT.name}": _INIT.read_bytes()}
        files[f"{_STAGE}/{program.path.name}"] = script.encode()
        files |= {f"{HOME}/{name}": content for name, content in program.files.items()}
        with ExitStack() as stack:
            ours, theirs = map(stack.enter_context, socket.socketpair())
            read_end, write_end = os.pipe()
            output = stack.enter_context(os.fdopen(read_end, "rb", buffering=0))
            descriptors = {
                path: stack.enter_context(_held(content)).fileno()
                for path, content in files.items()
            }
            try:
                process = subprocess.Popen(
                    self._command(descriptors, theirs.fileno(), program.path.name),
                    stdin=subprocess.DEVNULL,
                    stdout=write_end,
                    stderr=write_end,
                    pass_fds=(*descriptors.values(), theirs.fileno()),
                )
            finally:
                os.close(write_end)
                theirs.close()
            with self._watched(process):
                Conversation(progress, ours, output.fileno()).hold()
                status = process.wait()
        return progress.transcript(status)

    def stop(self) -> None:
        """End every run at once; each raises in its own thread."""
        with self._lock:
            for process in self._running:
                process.kill()

    @contextmanager
    def _watched(self, process: "subprocess.Popen[bytes]") -> Iterator[None]:
        """See to it that the process has gone, and with it all that it started."""
        with self._lock:
            self._running.add(process)
        try:
            yield
        finally:
            process.kill()
            process.wait()
            with self._lock:
                self._running.discard(process)

    def _command(self, descriptors: Mapping[str, int], control: int, name: str) -> list[str]:
        """The command line that makes both sandboxes and starts the script `name` in them."""
        guard = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        guard += ["--unshare-net", "--unshare-cgroup-try", "--die-with-parent", "--new-session"]
        # Not 0: a namespace may map its parent's root only with a capability the guard drops.
        guard += ["--uid", "1000", "--gid", "1000"]
        guard += ["--ro-bind", str(self._image.root), "/", "--dev", "/dev", "--proc", "/proc"]
        for directory in ("/tmp", "/run", HOME):
            guard += ["--tmpfs", directory]
        for path, descriptor in descriptors.items():
            guard += ["--file", str(descriptor), path]
        guard += ["--clearenv", "--chdir", HOME]
        for variable, value in ENVIRONMENT.items():
            guard += ["--setenv", variable, value]
        stage = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork"]
        stage += ["--kill-child", "--mount-proc", "--uts", "--ipc", "--net", "--cgroup", "--time"]
        init = ["bash", f"{_STAGE}/{_INIT.name}", str(control), name]
        return unprivileged([*guard, *stage, *init])


def _held(content: bytes) -> BinaryIO:
    """An open file with that content, which has no name anywhere."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    stream.write(content)
    stream.seek(0)
    return stream
