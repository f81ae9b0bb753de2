"""The guard: one bubblewrap sandbox, kept warm, in which every run gets a stage of its own."""

import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path

from snippetlab.errors import LabUnavailableError
from snippetlab.images.user import unprivileged
from snippetlab.labs.cgroup import find_cgroups
from snippetlab.labs.namespace.seat import Seat
from snippetlab.labs.namespace.stage import TREE

_HERE = Path(__file__).parent
_SHARED = ("facts.c", "follow.c", "places.py", "plan.c")
"""What lies above, since it belongs to all labs."""
_INSIDE = "/run/stage"
_START = "from snippetlab.labs.namespace import stage; stage.main()"


class Guard:
    """Starts with the first seat, ends with this process. Safe to use from several threads."""

    def __init__(self, root: Path, niceness: int) -> None:
        self._root = root
        self._niceness = niceness
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._seats: socket.socket | None = None
        self._idle: list[Seat] = []
        self._left: list[Seat] = []
        """Ended, but not gone."""
        self.cgroups = find_cgroups()

    @contextmanager
    def seat(self, memory: int) -> Iterator[Seat]:
        """A place for one run, whose processes together may use so much memory (bytes).

        Raises LabUnavailableError where the guard does not start.
        """
        with self._lock:
            seats = self._connection()
            seat = self._idle.pop() if self._idle else None
        try:
            seat = seat or Seat(seats, self.cgroups)
            seat.limit(memory)
        except OSError as error:
            raise LabUnavailableError(self.complaint() or str(error)) from None
        try:
            yield seat
        finally:
            self._give_back(seat)

    def _give_back(self, seat: Seat) -> None:
        with self._lock:
            if seat.usable and seat.guard is self._seats:
                self._idle.append(seat)
            elif not seat.close():
                self._left.append(seat)

    def close(self) -> None:
        """End the guard and everything in it."""
        with self._lock:
            self._end()

    def complaint(self) -> str:
        """Why the guard has ended; empty if it has not."""
        with self._lock:
            return self._complaint()

    def _complaint(self) -> str:
        if not (self._process and self._process.stderr):
            return "the guard is not running"
        try:
            status = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return ""
        complaint = self._process.stderr.read().decode("utf-8", "replace").strip()
        return complaint or f"the guard ended with status {status}"

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            if self._process.stderr:
                self._process.stderr.close()
        for seat in (*self._idle, *self._left):
            seat.close()
        self._idle.clear()
        self._left.clear()
        if self._seats:
            self._seats.close()
        self._process = self._seats = None

    def _connection(self) -> socket.socket:
        if self._seats and self._process and self._process.poll() is None:
            return self._seats
        self._end()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        started: Future[subprocess.Popen[bytes]] = Future()
        keeper = threading.Thread(target=self._keep, args=(theirs, started), daemon=True)
        keeper.start()
        self._process, self._seats = started.result(), ours
        return ours

    def _keep(self, seats: socket.socket, started: "Future[subprocess.Popen[bytes]]") -> None:
        """Start the guard in a thread that outlives it.

        What --die-with-parent asks for, the kernel does when the parent *thread* ends
        (PR_SET_PDEATHSIG(2const)); a thread that submits jobs may end at any time.
        """
        try:
            with seats, ExitStack() as stack:
                command, descriptors = self._command(stack)
                arguments = [str(seats.fileno()), str(self._niceness)]
                process = subprocess.Popen(
                    unprivileged([*command, *_python(arguments)]),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=(*descriptors, seats.fileno()),
                )
        except OSError as error:
            started.set_exception(error)
            return
        started.set_result(process)
        process.wait()

    def interact(self) -> int:
        """A shell on the terminal, in namespaces like a stage's; its exit status."""
        stage = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--uts"]
        stage += ["--kill-child", "--mount-proc", "--ipc", "--net", "--cgroup", "--time"]
        furnish = "mount -t tmpfs tmpfs /root; cd; hostname lab; ip link set lo up; exec bash"
        with ExitStack() as stack:
            command, descriptors = self._command(stack)
            # In this session: a shell needs the terminal. The filter keeps it from typing there.
            command.remove("--new-session")
            command += ["--setenv", "HOME", "/root", *_python(["shell", *stage])]
            command += ["bash", "-c", furnish]
            return subprocess.run(unprivileged(command), pass_fds=descriptors).returncode

    def _command(self, stack: ExitStack) -> tuple[list[str], list[int]]:
        """bubblewrap's command line, and the descriptors it names, open while `stack` is."""
        command = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        command += ["--unshare-net", "--unshare-cgroup-try", "--die-with-parent", "--new-session"]
        # Not 0: a namespace may map its parent's root only with a capability the guard drops.
        command += ["--uid", "1000", "--gid", "1000", "--clearenv", "--chdir", "/"]
        command += ["--ro-bind", str(self._root), "/", "--proc", "/proc"]
        # Nothing that outlives a stage may be writable, or one run could leave word for another.
        command += ["--dev", "/dev", "--remount-ro", "/dev"]
        command += ["--tmpfs", "/run", "--ro-bind", str(self._root), TREE]
        descriptors = []
        for name, content in self._sources().items():
            file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
            file.write(content)
            file.seek(0)
            descriptors.append(file.fileno())
            command += ["--file", str(file.fileno()), f"{_INSIDE}/{self._place(name)}"]
        return [*command, "--remount-ro", "/run"], descriptors

    def _sources(self) -> dict[str, bytes]:
        """What of the engine runs inside."""
        names = (
            *("audit.c", "awaited.c", "confine.py", "job.c", "run.c", "seats.c", "sockets.c"),
            *("stage.c", "stage.py", "terminal.c", "tree.c"),
        )
        own = {name: (_HERE / name).read_bytes() for name in names}
        return own | {name: (_HERE.parent / name).read_bytes() for name in _SHARED}

    @staticmethod
    def _place(name: str) -> str:
        """Below what Python looks through, as it lies here."""
        return f"snippetlab/labs/{name}" if name in _SHARED else f"snippetlab/labs/namespace/{name}"


def _python(arguments: list[str]) -> list[str]:
    start = f"import sys; sys.path.insert(0, {_INSIDE!r}); {_START}"
    return ["/usr/bin/python3", "-I", "-S", "-B", "-c", start, *arguments]
