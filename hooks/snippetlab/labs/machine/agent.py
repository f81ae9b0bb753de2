"""The agent: the first process of a lab's virtual machine (see machine.py).

It comes over the machine's port when that is first started, waits there, and is part of the
saved state; so a restored machine goes on from "wait for a job". It imports nothing of the
engine, whose files are not in the image; the texts of its neighbours stand before its own (see
snapshot.py). The loader in lab/machine/ leaves it `port`.

Frames are those of frames.py. A job is JSON: {"time": nanoseconds, "entropy": hexadecimal,
"plans": [text], "files": {path: base64}, "environment": {…}}.
"""

import base64
import contextlib
import ctypes
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from snippetlab.labs.machine.follow import Followed, facts_of
    from snippetlab.labs.machine.printed import Printed
    from snippetlab.labs.machine.pseudoterminal import Terminal
    from snippetlab.labs.machine.remains import GRACE, Remains

HOME = "/root"
"""As places.HOME."""
_RNDADDENTROPY, _RNDRESEEDCRNG = 0x40085203, 0x5207  # <linux/random.h>, random(4)
_PR_SET_NAME = 15  # <sys/prctl.h>


def main(port: BinaryIO) -> None:
    """Wait for a job and do it; the machine is thrown away afterwards."""
    ctypes.CDLL(None).prctl(_PR_SET_NAME, b"init")
    _have_the_kernel_patched()
    remains = Remains()
    facts_of("/usr/bin/bash")  # so that no run has to read it
    os.sync()
    _send(port, b"R")
    kind, data = _receive(port)
    job = json.loads(data)
    _wake(job["time"], bytes.fromhex(job["entropy"]))
    for name, content in job["files"].items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(base64.b64decode(content))
    _send(port, b"R")
    if kind == b"S":
        _interact(port, job["environment"])
    else:
        os.chdir(HOME)
        _Run(port, job, remains).all()
    while True:
        signal.pause()


def _have_the_kernel_patched() -> None:
    """Switch on limits on CPU time now, so that no run is the first to.

    At the first `cpu.max` the kernel patches its own code (cfs_bandwidth_usage_inc in
    kernel/sched/fair.c), by way of a breakpoint. QEMU 7.2, which emulates each processor in a
    thread, at times executes that after it is gone: a panic, "Oops: int3". With one processor it
    cannot, and a group that is removed with its limit leaves the code as it is.
    """
    others = list(Path("/sys/devices/system/cpu").glob("cpu[1-9]*/online"))
    for processor in others:
        processor.write_text("0")
    group = Path("/sys/fs/cgroup/lab")
    controllers = group.parent / "cgroup.subtree_control"
    before = controllers.read_text().split()
    controllers.write_text("+cpu")
    group.mkdir()
    (group / "cpu.max").write_text("50000 100000")
    group.rmdir()
    if "cpu" not in before:
        controllers.write_text("-cpu")
    for processor in others:
        processor.write_text("1")


def _wake(now: int, entropy: bytes) -> None:
    """Set the clock, and make sure that no two restored machines draw the same numbers."""
    time.clock_settime_ns(time.CLOCK_REALTIME, now)
    with Path("/dev/urandom").open("wb", buffering=0) as random:
        # struct rand_pool_info: bits, bytes, data. Only reseeding makes them count at once.
        info = struct.pack("ii", 8 * len(entropy), len(entropy)) + entropy
        fcntl.ioctl(random, _RNDADDENTROPY, info)
        fcntl.ioctl(random, _RNDRESEEDCRNG)


class _Run:
    """The scripts of one job, one after another."""

    def __init__(self, port: BinaryIO, job: Any, remains: "Remains") -> None:
        self._port = port
        self._job = job
        self._remains = remains
        self._terminal: Terminal | None = None
        self._printed = Printed()

    def all(self) -> None:
        """Run them, and say what they left and how the last one ended."""
        status = 0
        for plan in self._job["plans"]:
            status, complete = self._one(Followed(plan.encode()))
            if not complete:
                break
        self._drain()
        _send(self._port, b"L", self._remains.tell(GRACE))
        _send(self._port, b"X", b"%d" % status)

    def _one(self, followed: "Followed") -> tuple[int, bool]:
        """Run one script by its name alone, reaping orphans.

        Its exit status as shells give it, and whether all of it ran.
        """
        nothing = os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC)
        output, errors = self._printed.ends(apart=followed.apart)
        wake, waker = os.pipe()
        for end in (wake, waker):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        environment = self._job["environment"]
        actions: list[tuple[int, ...] | tuple[int, int, str, int, int]] = [
            (os.POSIX_SPAWN_DUP2, source, target)
            for source, target in ((nothing, 0), (output, 1), (errors, 2))
        ]
        if followed.at_terminal:
            terminal = self._terminal = Terminal()
            environment = environment | {"TERM": "linux"}
            actions = [(os.POSIX_SPAWN_OPEN, 0, terminal.name, os.O_RDWR, 0)]
            actions += [(os.POSIX_SPAWN_DUP2, 0, target) for target in (1, 2)]
        shell = followed.pid = os.posix_spawn(
            "/usr/bin/bash",
            ["bash", followed.name],
            environment,
            file_actions=actions,
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD],
            setsid=True,
        )
        for descriptor in (nothing, output, errors):
            os.close(descriptor)
        status = None
        while status is None or followed.reported:
            ready = self._wait(wake, followed)
            if wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake, 4096)
            ended = _reap(shell) if status is None else None
            if self._port.fileno() in ready:
                kind, data = _receive(self._port)
                if kind == b"A":
                    self._answered(followed, data)
                elif kind == b"?":
                    _send(self._port, b"L", self._remains.tell())
            waits = self._terminal and self._terminal.asked
            report = followed.attend(ready) if status is None and not waits else ""
            self._report(report)
            if ended is not None:
                status = ended
                self._report(followed.conclude(status))
        if self._terminal:
            self._drain()
            self._terminal.hang_up()
            self._terminal = None
        signal.set_wakeup_fd(-1)
        os.close(wake)
        os.close(waker)
        followed.close()
        return status, followed.complete

    def _wait(self, wake: int, followed: "Followed") -> set[int]:
        """Until something happens; the descriptors that are ready."""
        poll = select.poll()
        for descriptor in (self._port.fileno(), *self._printed.kinds, wake):
            poll.register(descriptor, select.POLLIN)
        terminal = self._terminal
        if terminal:
            poll.register(terminal.master, select.POLLIN)
        if not (terminal and terminal.asked):
            for descriptor, wanted in followed.watched():
                poll.register(descriptor, wanted)
        ready = {d for d, _ in poll.poll(terminal.pause if terminal and followed.runs else None)}
        if terminal and followed.runs and not ready and terminal.look():
            self._drain()
            _send(self._port, b"C", b"asks\n")
        return ready

    def _answered(self, followed: "Followed", data: bytes) -> None:
        """The engine has answered, perhaps twice at once."""
        for answer in data.splitlines():
            if self._terminal and self._terminal.asked:
                self._terminal.type(answer)
            else:
                followed.go_on(answer)

    def _drain(self) -> None:
        for kind, data in self._printed.take():
            _send(self._port, kind, data)
        for data in self._terminal.take() if self._terminal else ():
            _send(self._port, b"O", data)

    def _report(self, report: str) -> None:
        """All that was printed before it must have gone ahead."""
        self._drain()
        if report and self._terminal and not self._terminal.reported():
            report = "unread"
        if report:
            _send(self._port, b"C", report.encode() + b"\n")


def _reap(shell: int) -> int | None:
    """Collect whoever has ended; the shell's exit status if it is among them."""
    status = None
    with contextlib.suppress(ChildProcessError):
        while True:
            ended, how = os.waitpid(-1, os.WNOHANG)
            if not ended:
                break
            if ended == shell:
                code = os.waitstatus_to_exitcode(how)
                status = code if code >= 0 else 128 - code
    return status


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _interact(port: BinaryIO, environment: dict[str, str]) -> None:
    """A shell on a terminal of its own, until it ends."""
    master, slave = pty.openpty()
    shell = subprocess.Popen(
        ["/usr/bin/bash", "-i"],
        cwd="/root",
        env=environment | {"TERM": "linux"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(slave)
    while shell.poll() is None:
        ready, _, _ = select.select([port.fileno(), master], [], [], 0.2)
        if master in ready:
            with contextlib.suppress(OSError):
                _send(port, b"O", os.read(master, 1 << 16))
        if port.fileno() in ready:
            os.write(master, _receive(port)[1])
    _send(port, b"X", b"%d" % (shell.returncode % 256))


def _send(port: BinaryIO, kind: bytes, data: bytes = b"") -> None:
    frame = memoryview(kind + len(data).to_bytes(4, "big") + data)
    while frame:
        frame = frame[port.write(frame) :]


def _receive(port: BinaryIO) -> tuple[bytes, bytes]:
    head = _read(port, 5)
    return head[:1], _read(port, int.from_bytes(head[1:], "big"))


def _read(port: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += port.read(size - len(data))
    return data


if "port" in globals():  # left by the loader
    main(globals()["port"])
