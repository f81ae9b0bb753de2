"""The stage: what runs inside the namespace lab's guard (see namespace.py).

It is started once by the image's own Python, and forks a fresh sandbox for each job that
comes over its socket. A warm process that forks costs a third of what starting bubblewrap
for every snippet does. It imports nothing of the engine, whose files are not in the image.

A job is one packet with the descriptors of its lifeline, its output, its control socket and
a file with JSON: {"scripts": [name], "files": {path: base64}, "environment": {…}, "limits": {…}}.
Over the lifeline goes back the exit status, or `!` and why the sandbox could not be made;
when the other end closes it, everything in the sandbox dies.
"""

import base64
import contextlib
import ctypes
import fcntl
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any

HOME = Path("/root")
STAGE = Path("/run/lab")
CONTROL = 9
"""Where scripts report; snippetlab.shell.CONTROL."""

# <sched.h>: mount, cgroup, uts, ipc, user, pid, net, time.
_NAMESPACES = 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000
_NAMESPACES |= 0x20000000 | 0x40000000 | 0x80
_NOSUID, _NODEV, _NOEXEC, _PRIVATE = 0x2, 0x4, 0x8, 0x4000 | 0x40000  # <sys/mount.h>; MS_REC
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1  # netdevice(7)
_PR_SET_NAME, _PR_SET_PDEATHSIG = 15, 1  # <sys/prctl.h>

_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Serve jobs until the guard dies."""
    _yield_to_others()
    jobs = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the keepers
    while True:
        packet, descriptors, _, _ = socket.recv_fds(jobs, 16, 4)
        if not packet:
            return
        if os.fork() == 0:
            jobs.close()
            _keep(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _yield_to_others() -> None:
    """Let go first who renders the pages meanwhile: among processes, and among sessions (sched(7),
    "The autogroup feature"), which is why runs have no session of their own.
    """
    os.nice(19)
    with contextlib.suppress(OSError):  # a kernel without that feature
        Path("/proc/self/autogroup").write_text("19")


def _keep(lifeline: int, output: int, control: int, job: int) -> None:
    """Make the namespaces, and see to it that they end with the job; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for descriptor in (lifeline, output, control, job):
        os.set_inheritable(descriptor, False)
    try:
        user, group = os.geteuid(), os.getegid()
        _call(_libc.unshare, _NAMESPACES)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
        init = os.fork()
        if init == 0:
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            _prepare(lifeline, output, control, job)
    except BaseException as error:
        _give_up(lifeline, error)
    for descriptor in (output, control, job):
        os.close(descriptor)
    ended = os.pidfd_open(init)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(lifeline, select.POLLIN)
    if poll.poll()[0][0] == lifeline:
        os.kill(init, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])
    os.write(lifeline, b"%d" % status)
    os._exit(0)


def _prepare(lifeline: int, output: int, control: int, job: int) -> None:
    """As the first process of the sandbox, furnish it and run the script; never returns."""
    try:
        _libc.prctl(_PR_SET_NAME, b"init")
        values = json.loads(os.pread(job, os.fstat(job).st_size, 0))
        _furnish(values)
        os.chdir(STAGE)
        # Out of the way: any of them may have one of the numbers that shells are to give them.
        moved = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 16) for fd in (output, control)]
        code = 0
        for script in values["scripts"]:
            code = code or _run_shell(script, values["environment"], *moved)
        os._exit(code)
    except BaseException as error:
        _give_up(lifeline, error)


def _furnish(values: Any) -> None:
    _mount(None, "/", None, _PRIVATE)
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    for directory in ("/dev/shm", "/run", "/tmp", str(HOME)):
        _mount("tmpfs", directory, "tmpfs", _NOSUID | _NODEV, b"mode=0755")
    _mount("devpts", "/dev/pts", "devpts", _NOSUID | _NOEXEC, b"newinstance,ptmxmode=0666")
    socket.sethostname("lab")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    STAGE.mkdir()
    for name, content in values["files"].items():
        Path(name).write_bytes(base64.b64decode(content))
    for name, limit in values["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def _run_shell(script: str, environment: dict[str, str], output: int, control: int) -> int:
    """Run a script to its end, reaping orphans meanwhile; return its exit status as shells do."""
    nothing = os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
    given = ((nothing, 0), (output, 1), (output, 2), (control, CONTROL))
    shell = os.posix_spawn(
        "/usr/bin/bash",
        ["bash", script],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, source, target) for source, target in given],
        setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],  # which Python ignores
    )
    while True:
        ended, status = os.wait()
        if ended == shell:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, data: bytes | None = None
) -> None:
    names = (None if name is None else name.encode() for name in (source, target, kind))
    _call(_libc.mount, *names, flags, data)


def _call(function: Any, *arguments: Any) -> None:
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}{arguments}: {os.strerror(number)}")


def _give_up(lifeline: int, error: BaseException) -> None:
    os.write(lifeline, f"!{error}".encode()[:4096])
    os._exit(1)


if __name__ == "__main__":
    main()
