"""A run's lifeline: over it comes how the run ends; cut, all that runs on the stage dies.

Three can end a run, and none of them can be seen from its stage: its seat, when the lifeline is
cut; the kernel, when the seat has died (PR_SET_PDEATHSIG); and the engine by its own hand, a
descriptor of the stage's first process (pidfd_open(2)), with which the kernel ends all others.
"""

import contextlib
import os
import select
import signal
import socket
import time

_PACKET = 1 << 18
_SECONDS = 10.0
"""How long the kernel may take to take a sandbox down."""


class Lifeline:
    """Of one run. Every wait has one limit in all, however much is said meanwhile."""

    def __init__(self) -> None:
        self._near, self.far = socket.socketpair(type=socket.SOCK_SEQPACKET)
        self._near.setblocking(False)
        self._process = -1
        self.starved = False
        """Whether it was cut for want of memory."""

    def __enter__(self) -> "Lifeline":
        return self

    def __exit__(self, *_: object) -> None:
        self.far.close()
        self._near.close()
        if self._process >= 0:
            os.close(self._process)

    def receive(self, until: float) -> bytes:
        """What is said next; empty at the end. Raises TimeoutError at that time (monotonic)."""
        while True:
            poll = select.poll()
            poll.register(self._near, select.POLLIN)
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise TimeoutError
            said, descriptors, _, _ = socket.recv_fds(self._near, _PACKET, 1)
            # The first is the seat's: it speaks before anything of the run does.
            for descriptor in descriptors:
                if self._process < 0:
                    self._process = descriptor
                else:
                    os.close(descriptor)
            if said != b"@":
                return said

    def cut(self) -> None:
        """Have the seat end the run."""
        with contextlib.suppress(OSError):
            self._near.shutdown(socket.SHUT_WR)

    def clear(self) -> bool:
        """Cut it, and wait until all that ran has gone; whether it has."""
        self.cut()
        return self._gone() or self._kill()

    def _gone(self) -> bool:
        until = time.monotonic() + _SECONDS
        try:
            while self.receive(until):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True

    def _kill(self) -> bool:
        """Without the seat; whether that helped."""
        if self._process < 0:
            return False
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)
        return self._gone()
