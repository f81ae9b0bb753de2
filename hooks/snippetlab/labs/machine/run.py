"""Runs the scripts of a job in a virtual machine; part of the agent's text, as follow.py."""

import contextlib
import os
import select
import signal
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from snippetlab.labs.machine.follow import Followed
    from snippetlab.labs.machine.printed import Printed
    from snippetlab.labs.machine.pseudoterminal import Terminal
    from snippetlab.labs.machine.remains import GRACE, Remains
    from snippetlab.labs.machine.wire import receive, send


class Run:
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
        send(self._port, b"L", self._remains.tell(GRACE))
        send(self._port, b"X", b"%d" % status)

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
                kind, data = receive(self._port)
                if kind == b"A":
                    self._answered(followed, data)
                elif kind == b"?":
                    send(self._port, b"L", self._remains.tell())
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
            send(self._port, b"C", b"asks\n")
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
            send(self._port, kind, data)
        for data in self._terminal.take() if self._terminal else ():
            send(self._port, b"O", data)

    def _report(self, report: str) -> None:
        """All that was printed before it must have gone ahead."""
        self._drain()
        if report and self._terminal and not self._terminal.reported():
            report = "unread"
        if report:
            send(self._port, b"C", report.encode() + b"\n")


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
