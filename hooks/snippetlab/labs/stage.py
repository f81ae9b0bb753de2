"""The stage: what runs inside the namespace lab's guard (see namespace.py).

It is started once by the image's own Python. It forks *seats*, which run one job at a time
each, so that a seat's control group holds the whole of one run and nothing else. A warm
process that clones costs a third of what starting bubblewrap for every snippet does. Of the
engine only confine.py and audit.py are beside it.

For a seat comes a packet with the descriptor of its socket, over which the seat says `here`
and then gets its jobs. A job is one packet with the descriptors of its lifeline, its output,
its control socket, a file with JSON (see guard.Job), and perhaps an audit socket, where the
first process answers each packet with what is left on the stage at that moment. Over the
lifeline goes back `~` with what was left at the end, if anything was, then the exit status,
or `!` and why the sandbox could not be made; when its other end is shut, everything in the
sandbox dies.
"""

import base64
import contextlib
import ctypes
import fcntl
import gc
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

from snippetlab.labs.audit import Audit
from snippetlab.labs.confine import confine

HOME = Path("/root")
STAGE = Path("/run/lab")
CONTROL = 9
"""Where scripts report; snippetlab.shell.CONTROL."""

# <linux/sched.h>: mount, cgroup, uts, ipc, user, pid, net, time.
_NAMESPACES = 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000
_NAMESPACES |= 0x20000000 | 0x40000000 | 0x80
_CLONE_PIDFD, _SYS_CLONE3 = 0x1000, 435  # the number is the same on every architecture
_NOSUID, _NODEV, _NOEXEC, _PRIVATE = 0x2, 0x4, 0x8, 0x4000 | 0x40000  # <sys/mount.h>; MS_REC
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1  # netdevice(7)
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15  # <sys/prctl.h>

# Keeps the interpreter lock during a call: clone3 returns twice, and once without other threads.
_libc = ctypes.PyDLL(None, use_errno=True)


def main() -> None:
    """Fork seats until the guard dies; or, with `shell` first, become the command that follows."""
    confine()
    if sys.argv[1] == "shell":
        os.execvp(sys.argv[2], sys.argv[2:])
    _yield_to_others(int(sys.argv[2]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # seats that end leave nothing
    # A collection writes to every object, and each clone would then copy all of memory.
    gc.freeze()
    gc.disable()
    seats = socket.socket(fileno=int(sys.argv[1]))
    while True:
        packet, descriptors, _, _ = socket.recv_fds(seats, 16, 1)
        if not packet:
            return
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            seats.close()
            _sit(socket.socket(fileno=descriptors[0]))
            os._exit(0)
        os.close(descriptors[0])


def _sit(jobs: socket.socket) -> None:
    """Serve jobs, one after another."""
    jobs.send(b"here")  # the kernel tells the receiver who sent it
    while True:
        packet, descriptors, _, _ = socket.recv_fds(jobs, 16, 5)
        if not packet:
            return
        lifeline = descriptors[0]
        try:
            _see_off(_start(*descriptors), lifeline, descriptors[1:])
        except OSError as error:
            with contextlib.suppress(OSError):
                os.write(lifeline, f"!{error}".encode())
        for descriptor in descriptors:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _see_off(process: int, lifeline: int, others: list[int]) -> None:
    """Wait for the end of a sandbox, which comes at once if its lifeline is cut; tell how."""
    for descriptor in others:  # the end of the output must be seen from outside
        os.close(descriptor)
    poll = select.poll()
    poll.register(process, select.POLLIN)
    poll.register(lifeline, select.POLLIN)
    if all(ready != process for ready, _ in poll.poll()):
        signal.pidfd_send_signal(process, signal.SIGKILL)
    ended = os.waitid(os.P_PIDFD, process, os.WEXITED)
    os.close(process)
    assert ended
    status = ended.si_status if ended.si_code == os.CLD_EXITED else 128 + ended.si_status
    with contextlib.suppress(OSError):
        os.write(lifeline, b"%d" % status)


def _yield_to_others(niceness: int) -> None:
    """Give way among processes, and among sessions: sched(7), "The autogroup feature".

    It is also why runs have no session of their own.
    """
    os.nice(niceness)
    with contextlib.suppress(OSError):  # a kernel without that feature
        Path("/proc/self/autogroup").write_text(str(niceness))


def _start(lifeline: int, output: int, control: int, job: int, *audit: int) -> int:
    """Start the first process of a sandbox in namespaces of its own; return its descriptor.

    Raises OSError where the kernel has no namespaces left.
    """
    descriptor = ctypes.c_int(-1)
    # struct clone_args, clone(2): flags, pidfd, child_tid, parent_tid, exit_signal, 3 × stack.
    arguments = (ctypes.c_uint64 * 8)(
        _NAMESPACES | _CLONE_PIDFD, ctypes.addressof(descriptor), 0, 0, signal.SIGCHLD
    )
    user, group = os.geteuid(), os.getegid()
    process = _libc.syscall(_SYS_CLONE3, ctypes.byref(arguments), ctypes.sizeof(arguments))
    if process == 0:
        try:
            _become_init(user, group, (lifeline, output, control, job, *audit))
        except BaseException as error:
            os.write(lifeline, f"!{error}".encode()[:4096])
        os._exit(1)
    if process < 0:
        raise OSError(ctypes.get_errno(), "clone3: " + os.strerror(ctypes.get_errno()))
    return descriptor.value


def _become_init(user: int, group: int, descriptors: tuple[int, ...]) -> None:
    """As the first process of the sandbox, furnish it and run the scripts; never returns."""
    _close_all_but(*descriptors)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _libc.prctl(_PR_SET_NAME, b"init")
    # Short of memory, the kernel may end the seat; nobody else would know of this process then.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    lifeline, output, control, job, *asked = descriptors
    values = json.loads(os.pread(job, os.fstat(job).st_size, 0))
    _furnish(values)
    audit = Audit()
    # Out of the way: any of them may have one of the numbers that shells are to give them.
    moved = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 16) for fd in (output, control)]
    code = 0
    for script in values["scripts"]:
        code = code or _run_shell(Path(script), values["environment"], moved, asked, audit)
    if found := audit.found():
        os.write(lifeline, b"~" + json.dumps(found[:50]).encode())
    os._exit(code)


def _close_all_but(*kept: int) -> None:
    """What belongs to the guard or to other runs must not be had from this process (ptrace)."""
    first = 3
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        os.set_inheritable(descriptor, False)
        first = descriptor + 1
    os.closerange(first, 65536)


def _furnish(values: Any) -> None:
    _mount(None, "/", None, _PRIVATE)
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    for directory in ("/dev/shm", "/run", "/tmp", str(HOME)):
        _mount("tmpfs", directory, "tmpfs", _NOSUID | _NODEV, values["tmpfs"].encode())
    _mount("devpts", "/dev/pts", "devpts", _NOSUID | _NOEXEC, b"newinstance,ptmxmode=0666")
    socket.sethostname("lab")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    for name, content in values["files"].items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(base64.b64decode(content))
    for name, limit in values["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def _run_shell(
    script: Path, environment: dict[str, str], given: list[int], asked: list[int], audit: Audit
) -> int:
    """Run a script to its end, reaping orphans meanwhile; return its exit status as shells do.

    By its name alone, so that error messages of the shell begin as they do by hand.
    """
    os.chdir(script.parent)
    nothing = os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
    output, control = given
    shell = os.posix_spawn(
        "/usr/bin/bash",
        ["bash", script.name],
        environment,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, source, target)
            for source, target in ((nothing, 0), (output, 1), (output, 2), (control, CONTROL))
        ],
        setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],  # which Python ignores
    )
    while True:
        if asked:
            _answer(asked[0], audit)
        ended, status = os.waitpid(-1, os.WNOHANG if asked else 0)
        if ended == shell:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _answer(asked: int, audit: Audit) -> None:
    """Tell what is left now, if that is asked within a moment."""
    if select.select([asked], [], [], 0.01)[0] and os.read(asked, 16):
        os.write(asked, json.dumps(audit.found(0)[:200]).encode())


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, data: bytes | None = None
) -> None:
    names = (None if name is None else name.encode() for name in (source, target, kind))
    _call(_libc.mount, *names, flags, data)


def _call(function: Any, *arguments: Any) -> None:
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}{arguments}: {os.strerror(number)}")
