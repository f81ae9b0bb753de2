"""A seat: a process in the guard that runs one job at a time, with a control group of its own."""

import os
import socket
import struct

from snippetlab.labs.cgroup import Cgroup, Cgroups
from snippetlab.labs.job import ENVIRONMENT, Job
from snippetlab.labs.namespace.lifeline import Lifeline
from snippetlab.limits import CEILINGS, Limits

_SECONDS = 30.0
"""How long the kernel may take to begin a seat."""
_PAGE = 4096


class Seat:
    """One run at a time; the next one only after `clear`."""

    def __init__(self, guard: socket.socket, cgroups: Cgroups | None) -> None:
        """Have the guard fork one. Raises OSError where that, or its control group, fails."""
        self.guard = guard
        """The connection to the guard that it belongs to."""
        self._stuck = False
        self._cgroup: Cgroup | None = None
        self._jobs, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._jobs.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            self._jobs.settimeout(_SECONDS)
            with theirs:
                socket.send_fds(guard, [b"seat"], [theirs.fileno()])
            process = _sender(self._jobs)
            self._jobs.setblocking(False)
            if cgroups:
                self._cgroup = cgroups.create(process)
        except OSError:
            self.close()
            raise

    @property
    def usable(self) -> bool:
        """Whether it can take another job; the kernel may have ended it for want of memory."""
        try:
            return not self._stuck and bool(self._jobs.recv(1))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def limit(self, memory: int) -> None:
        """What the next run may use, in bytes; its processes together, if there are cgroups."""
        if self._cgroup:
            self._cgroup.limit(memory)

    def submit(self, job: Job, limits: Limits, *descriptors: int) -> None:
        """Start a job, which holds these from now on: lifeline, output, errors, control, perhaps
        an audit socket. Raises OSError."""
        with os.fdopen(os.memfd_create("job"), "wb", buffering=0) as file:
            file.write(_encoded(job, limits))
            passed = [*descriptors[:4], file.fileno(), *descriptors[4:]]
            socket.send_fds(self._jobs, [b"job"], passed)

    def clear(self, lifeline: Lifeline) -> None:
        """Cut the lifeline, and wait until all that ran has gone."""
        self._stuck = not lifeline.clear()

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel has ended processes of this seat since this was last asked."""
        return bool(self._cgroup and self._cgroup.kills())

    def close(self) -> bool:
        """End it; whether nothing is left of it."""
        self._jobs.close()
        return not self._cgroup or self._cgroup.remove()


def _sender(jobs: socket.socket) -> int:
    """The process id of who says that it is here, as seen from this process (unix(7))."""
    said, ancillary, _, _ = jobs.recvmsg(200, socket.CMSG_SPACE(12))
    if said.startswith(b"!"):
        raise OSError(said[1:].decode("utf-8", "replace"))
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            return int(struct.unpack("3i", data[:12])[0])
    raise ConnectionError("the guard ended")


def _encoded(job: Job, limits: Limits) -> bytes:
    """The job as job.c reads it: in the machine's own order of bytes, it stays on it."""
    limited = (  # setrlimit(2): AS, CORE, FSIZE, NOFILE, NPROC
        limits.memory,
        0,
        CEILINGS.disk,  # on a file system that the snippet has mounted
        limits.files,
        # Counted within the stage's user namespace: the caller's processes do not matter.
        limits.processes,
    )
    tmpfs = f"mode=0755,size={limits.disk},nr_inodes={max(1024, limits.disk // _PAGE)}"
    environment = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    parts = [struct.pack("=5Q", *limited), _text(tmpfs.encode())]
    for texts in (job.plans, environment):
        parts += [_number(len(texts)), *(_text(text.encode()) for text in texts)]
    parts.append(_number(len(job.files)))
    for path, content in job.files.items():
        parts += [_text(path.encode()), _text(content)]
    return b"".join(parts)


def _number(number: int) -> bytes:
    return struct.pack("=I", number)


def _text(text: bytes) -> bytes:
    return _number(len(text)) + text + b"\0"
