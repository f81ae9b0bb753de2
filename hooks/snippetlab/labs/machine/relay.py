"""What passes between a machine's port and the engine's conversation with the scripts there."""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from snippetlab.labs.machine import frames
from snippetlab.labs.machine.qemu import Qemu
from snippetlab.labs.pipes import Pipes
from snippetlab.labs.watch import Watch

_LARGEST = 1 << 17
"""Bytes of what is left; more than remains.py says, and few enough for one message."""


@dataclass
class Relay:
    """The engine's ends, and how the run ended, as the machine told it."""

    control: socket.socket
    """Reports come in, answers go out."""
    output: int
    """The read end of what is printed."""
    errors: int
    """That of standard error, where it is told apart."""
    status: int | None = None
    left: bytes = b""
    """What was there besides when that was last said: see watch.read_leaks."""
    complaint: str = ""
    """What was wrong with what it sent."""


@contextmanager
def relayed(
    machine: Qemu,
    port: socket.socket,
    arriving: Iterator[tuple[bytes, bytes]],
    watch: Watch | None,
) -> Iterator[Relay]:
    """Pass on, in threads, until the last script has ended; on leaving, the machine is killed."""
    with ExitStack() as stack:
        control, far_control = map(stack.enter_context, socket.socketpair())
        pipes = stack.enter_context(Pipes(apart=True))
        relay = Relay(control, pipes.output, pipes.errors)
        far = watch.far if watch else None
        args = (arriving, relay, pipes, far_control, far)
        threads = [
            threading.Thread(target=_distribute, args=args),
            threading.Thread(target=_pass_on, args=(far_control, port, frames.ANSWER)),
        ]
        if far:
            threads.append(threading.Thread(target=_pass_on, args=(far, port, frames.LOOK)))
        for thread in threads:
            thread.start()
        try:
            yield relay
        finally:
            # Nobody may wait for the other any more.
            machine.kill()
            pipes.close_near()
            for near in (control, port, *([watch.near] if watch else [])):
                with contextlib.suppress(OSError):
                    near.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def _distribute(
    arriving: Iterator[tuple[bytes, bytes]],
    relay: Relay,
    pipes: Pipes,
    control: socket.socket,
    watch: socket.socket | None,
) -> None:
    """Pass on what the machine sends, in its order, until the last script has ended."""
    printed = dict(zip((frames.OUTPUT, frames.ERRORS), pipes.far_ends, strict=True))
    with pipes.far, contextlib.suppress(OSError):
        try:
            for kind, data in arriving:
                if kind in printed:
                    rest = memoryview(data)
                    while rest:
                        rest = rest[os.write(printed[kind], rest) :]
                elif kind == frames.CONTROL:
                    control.sendall(data)
                elif kind == frames.LEFT:
                    relay.left = data[:_LARGEST]
                    if watch:
                        # What nobody asked for is not waited with until somebody does.
                        with contextlib.suppress(OSError):
                            watch.send(relay.left, socket.MSG_DONTWAIT)
                elif kind == frames.ENDED:
                    relay.status = frames.status(data)
                    break
        except frames.FrameError as error:
            relay.complaint = str(error)
    for end in (control, *([watch] if watch else [])):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_WR)


def _pass_on(source: socket.socket, port: socket.socket, kind: bytes) -> None:
    """Send to the machine what comes in."""
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            frames.send(port, kind, data)
