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
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from snippetlab.labs.machine.facts import facts_of
    from snippetlab.labs.machine.remains import Remains
    from snippetlab.labs.machine.run import Run
    from snippetlab.labs.machine.wire import receive, send

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
    send(port, b"R")
    kind, data = receive(port)
    job = json.loads(data)
    _wake(job["time"], bytes.fromhex(job["entropy"]))
    for name, content in job["files"].items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(base64.b64decode(content))
    send(port, b"R")
    if kind == b"S":
        _interact(port, job["environment"])
    else:
        os.chdir(HOME)
        Run(port, job, remains).all()
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
                send(port, b"O", os.read(master, 1 << 16))
        if port.fileno() in ready:
            os.write(master, receive(port)[1])
    send(port, b"X", b"%d" % (shell.returncode % 256))


if "port" in globals():  # left by the loader
    main(globals()["port"])
