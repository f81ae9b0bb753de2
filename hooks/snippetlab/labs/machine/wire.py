"""The frames of frames.py, as the agent sends and receives them; part of its text."""

from typing import BinaryIO


def send(port: BinaryIO, kind: bytes, data: bytes = b"") -> None:
    frame = memoryview(kind + len(data).to_bytes(4, "big") + data)
    while frame:
        frame = frame[port.write(frame) :]


def receive(port: BinaryIO) -> tuple[bytes, bytes]:
    head = _read(port, 5)
    return head[:1], _read(port, int.from_bytes(head[1:], "big"))


def _read(port: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += port.read(size - len(data))
    return data
