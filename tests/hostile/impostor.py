"""A program in the place of QEMU: what the engine would hear from a guest that has taken over."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from snippetlab.images.emulator import Emulator
from snippetlab.images.image import Image
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.labs.machine.qemu import Processor
from snippetlab.labs.machine.snapshot import Snapshot

FRAMES = {
    "status": b"X\0\0\0\x03now",
    "long-status": b"X\0\0\x40\0" + b"9" * 0x4000,
    "no-status": b"X\0\0\0\0",
    "early-end": b"X\0\0\0\x010",
    "half": b"O\0\0\0\x05ab",
    "unknown": b"Z\0\0\0\x02hi" * 1000,
    "again": b"R\0\0\0\0" * 1000,
    "no-text": b"C\0\0\0\x03\xff\xfe\n",
    "no-report": b"C\0\0\0\x01\n" * 1000,
    "endless-report": b"C\0\x01\0\0" + b"x" * 0x10000 + b"C\0\0\0\x01x",
    "foreign-digits": b"@done \xc2\xb2 0\n",
    "many-digits": b"@done 0 " + b"1" * 5000 + b"\n",
    "out-of-order": b"@done 1 0\n",
    "left-again": b"L\0\0\0\x01~" * 1000,
}
"""Name → bytes. A line after `@` is a report of a step."""


def _left(said: bytes) -> bytes:
    """A run of two steps, and what it says that it has left."""
    return b"@done 0 0\n@done 1 0\n" + said + b"X\0\0\0\x010"


LEFT = {
    "no-text": _left(b"L\0\0\0\x02\xff\xfe"),
    "unknown-kind": _left(b"L\0\0\0\x0c~proces\0x\0y\0"),
    "escapes": _left(b"L\0\0\0\x11~file\0x\0/\x1b[2J\x1b]0\0"),
    "many": _left(b"L\0\x0f\0\0" + bytes(0xF0000)),
    "again": _left(b"L\0\0\0\x0c~file\0x\0yyy\0" * 5000),
}
"""Name → bytes."""
HUGE = b"O" + b"\xff" * 4
PANIC = b"\x1b]0;owned\x07\x1b[2J[    0.0] Kernel panic - \x1b[31m" + b"x" * 10_000 + b"\n"

# Stands alone: whoever runs it may not be able to read this checkout.
_PROGRAM = """
import socket, sys, time, zlib

port = socket.socket(fileno=int(sys.argv[1]))
head = port.recv(5, socket.MSG_WAITALL)
port.recv(int.from_bytes(head[1:], "big"), socket.MSG_WAITALL)
port.sendall(b"R\\0\\0\\0\\0")
said, zeros, console, line = (zlib.decompress(bytes.fromhex(word)) for word in sys.argv[2:6])
stays = sys.argv[6:]
if said.startswith(b"@"):
    said, _, frames = said.rpartition(b"\\n")
    said = said.replace(b"@", b"") + b"\\n"
    said = b"C" + len(said).to_bytes(4, "big") + said + frames
port.sendall(said)
for _ in range(int(zeros or b"0")):
    port.sendall(bytes(1 << 20))
for _ in range(int(console or b"0")):
    sys.stdout.buffer.write(bytes([27, 91]) * 10_000)
sys.stdout.buffer.write(b"\\n" + line)
sys.stdout.buffer.flush()
if stays:
    time.sleep(600)
"""


@contextmanager
def lab(
    directory: Path,
    said: bytes = b"",
    *,
    zeros: int = 0,
    console: int = 0,
    line: bytes = b"",
    stays: bool = False,
) -> Iterator[MachineLab]:
    """The machine lab with an impostor as its machine.

    It takes a job, sends `said` and so many MiB of zeros; then writes so many lumps of 20 kB
    and the line to its console, and is powered off unless it `stays`.
    """
    (directory / "memory").touch()
    words = [said, b"%d" % zeros, b"%d" % console, line]

    def command(*arguments: object) -> list[str]:
        return [
            "python3",
            "-c",
            _PROGRAM,
            str(arguments[4]),
            *(zlib.compress(word).hex() for word in words),
            *["stays"] * stays,
        ]

    machine = {"memory": 16, "processors": 1, "cmdline": ""}
    processor = Processor("tcg", Emulator("0", (), ()))
    image, state = Image("machine", directory, "0", {}), Snapshot(directory, processor)
    made = MachineLab("machine", image, state, machine)
    with mock.patch("snippetlab.labs.machine.qemu.command", command):
        yield made
    made.close()
