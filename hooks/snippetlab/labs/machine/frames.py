"""The bytes between engine and agent: frames of one letter, a length of four bytes, and data."""

import json
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

READY, OUTPUT, ERRORS, CONTROL, LEFT, ENDED = b"R", b"O", b"E", b"C", b"L", b"X"
"""From the agent: waiting or begun, printed, printed on standard error that is told apart,
reported, left behind, ended with this status."""
JOB, ANSWER, LOOK, SHELL, TYPED = b"J", b"A", b"?", b"S", b"T"
"""To the agent: run these scripts, an answer to a report, say what is left by now, open a
shell, typed there."""
LARGEST = 1 << 20
"""Bytes of data in one frame from the machine; its agent sends 64 KiB at most. What runs there
is root and may speak in the agent's place, so nothing that comes is believed."""


class FrameError(ConnectionError):
    """What came is no frame of an agent's."""


def send(port: socket.socket, kind: bytes, data: bytes = b"") -> None:
    """Send one frame. Raises OSError where the machine is gone."""
    port.sendall(kind + len(data).to_bytes(4, "big") + data)


def receive(port: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """The frames that come, until the machine is gone. Raises FrameError for one too large."""
    buffer = bytearray()
    while True:
        try:
            data = port.recv(1 << 16)
        except ConnectionResetError:
            return
        if not data:
            return
        buffer += data
        while len(buffer) >= 5:
            size = 5 + int.from_bytes(buffer[1:5], "big")
            if size > 5 + LARGEST:  # seen in its head, before anything of it is kept
                raise FrameError("the machine sent a frame larger than any that its agent sends")
            if len(buffer) < size:
                break
            frame = bytes(buffer[:1]), bytes(buffer[5:size])
            del buffer[:size]
            yield frame


def status(data: bytes) -> int:
    """The exit status in a frame of the kind ENDED. Raises FrameError for what is none."""
    if not (data.isdigit() and len(data) <= 3):
        raise FrameError("the machine sent an exit status that is no number")
    return int(data)


def fresh(job: dict[str, Any]) -> bytes:
    """A job with what a restored machine cannot know: the time, and new random bits."""
    news = {"time": time.time_ns(), "entropy": os.urandom(32).hex()}
    return json.dumps(job | news).encode()
