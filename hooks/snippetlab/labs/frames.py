"""The bytes between engine and agent: frames of one letter, a length of four bytes, and data."""

import json
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

READY, OUTPUT, CONTROL, ENDED = b"R", b"O", b"C", b"X"
"""From the agent: waiting or begun, printed, reported, ended with this status."""
JOB, ANSWER, SHELL, TYPED = b"J", b"A", b"S", b"T"
"""To the agent: run these scripts, an answer to a report, open a shell, typed there."""


def send(port: socket.socket, kind: bytes, data: bytes = b"") -> None:
    """Send one frame. Raises OSError where the machine is gone."""
    port.sendall(kind + len(data).to_bytes(4, "big") + data)


def receive(port: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """The frames that come, until the machine is gone."""
    buffer = bytearray()
    while True:
        try:
            data = port.recv(1 << 16)
        except ConnectionResetError:
            return
        if not data:
            return
        buffer += data
        while len(buffer) >= 5 and len(buffer) >= (size := 5 + int.from_bytes(buffer[1:5], "big")):
            frame = bytes(buffer[:1]), bytes(buffer[5:size])
            del buffer[:size]
            yield frame


def fresh(job: dict[str, Any]) -> bytes:
    """A job with what a restored machine cannot know: the time, and new random bits."""
    news = {"time": time.time_ns(), "entropy": os.urandom(32).hex()}
    return json.dumps(job | news).encode()
