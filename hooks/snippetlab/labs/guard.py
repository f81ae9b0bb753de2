"""The guard: one bubblewrap sandbox, kept warm, in which every run gets a stage of its own."""

import base64
import json
import socket
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import LabUnavailableError
from snippetlab.labs.user import unprivileged

_PROGRAM = Path(__file__).with_name("stage.py")


@dataclass(frozen=True)
class Job:
    """What the stage is to run."""

    scripts: Sequence[str]
    """Paths of what bash runs, one after another."""
    files: Mapping[str, bytes]
    """Path in the sandbox → content."""
    environment: Mapping[str, str]
    limits: Mapping[str, int]
    """Name in setrlimit(2) without RLIMIT_ → limit."""


class Guard:
    """Starts with the first job, ends with this process. Safe to use from several threads."""

    def __init__(self, root: Path, niceness: int) -> None:
        self._root = root
        self._niceness = niceness
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: socket.socket | None = None

    def submit(self, job: Job, lifeline: int, output: int, control: int) -> None:
        """Start a job on a fresh stage, which holds the three descriptors from now on.

        Raises LabUnavailableError where the guard does not start.
        """
        with tempfile.TemporaryFile() as file:
            file.write(_encoded(job))
            file.flush()
            descriptors = [lifeline, output, control, file.fileno()]
            with self._lock:
                try:
                    socket.send_fds(self._connection(), [b"job"], descriptors)
                except OSError:
                    raise LabUnavailableError(self._complaint()) from None

    def close(self) -> None:
        """End the guard and everything in it."""
        with self._lock:
            self._end()

    def complaint(self) -> str:
        """What bubblewrap said, if it failed."""
        with self._lock:
            return self._complaint()

    def _complaint(self) -> str:
        if not (self._process and self._process.stderr):
            return "the guard is not running"
        try:
            status = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return "the stage ended without a word"
        complaint = self._process.stderr.read().decode("utf-8", "replace").strip()
        return complaint or f"the guard ended with status {status}"

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            if self._process.stderr:
                self._process.stderr.close()
        if self._jobs:
            self._jobs.close()
        self._process = self._jobs = None

    def _connection(self) -> socket.socket:
        if self._jobs and self._process and self._process.poll() is None:
            return self._jobs
        self._end()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        started: Future[subprocess.Popen[bytes]] = Future()
        keeper = threading.Thread(target=self._keep, args=(theirs, started), daemon=True)
        keeper.start()
        self._process, self._jobs = started.result(), ours
        return ours

    def _keep(self, jobs: socket.socket, started: "Future[subprocess.Popen[bytes]]") -> None:
        """Start the guard in a thread that outlives it.

        What --die-with-parent asks for, the kernel does when the parent *thread* ends
        (PR_SET_PDEATHSIG(2const)); a thread that submits jobs may end at any time.
        """
        try:
            with jobs, _PROGRAM.open("rb") as program:
                stage = ["/usr/bin/python3", "-I", "-S", "/run/stage"]
                stage += [str(jobs.fileno()), str(self._niceness)]
                process = subprocess.Popen(
                    unprivileged([*self._command(program.fileno()), *stage]),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=(program.fileno(), jobs.fileno()),
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
        with _PROGRAM.open("rb") as program:
            command = self._command(program.fileno())
            command = [*command, "--setenv", "HOME", "/root", *stage, "bash", "-c", furnish]
            # In this session: a shell needs the terminal, and its user is trusted.
            command.remove("--new-session")
            return subprocess.run(unprivileged(command), pass_fds=[program.fileno()]).returncode

    def _command(self, program: int) -> list[str]:
        command = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        command += ["--unshare-net", "--unshare-cgroup-try", "--die-with-parent", "--new-session"]
        # Not 0: a namespace may map its parent's root only with a capability the guard drops.
        command += ["--uid", "1000", "--gid", "1000", "--clearenv", "--chdir", "/"]
        command += ["--ro-bind", str(self._root), "/", "--proc", "/proc"]
        # Nothing that outlives a stage may be writable, or one run could leave word for another.
        command += ["--dev", "/dev", "--remount-ro", "/dev"]
        command += ["--tmpfs", "/run", "--file", str(program), "/run/stage"]
        return [*command, "--remount-ro", "/run"]


def _encoded(job: Job) -> bytes:
    files = {path: base64.b64encode(content).decode() for path, content in job.files.items()}
    values = {"scripts": list(job.scripts), "files": files}
    return json.dumps(
        values | {"environment": dict(job.environment), "limits": dict(job.limits)}
    ).encode()
