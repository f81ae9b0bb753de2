"""Who runs the snippets: root, or an ordinary user in a process of its own."""

import os
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Protocol

from snippetlab.errors import EngineError
from snippetlab.images.image import Image
from snippetlab.images.user import NOBODY
from snippetlab.labs.cgroup import PER_PROCESS, find_cgroups
from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript
from tests.hostile import weak

USER = 54321
"""Nobody's account: an id is all that an ordinary user is to the kernel."""
Outcome = tuple[Transcript | None, EngineError | None]


class Running(Protocol):
    """A lab, as tests use it."""

    cgroups: str
    """Where its control groups are; empty if there are none."""

    def run(self, program: Program) -> Outcome: ...


@dataclass
class _Lab:
    lab: NamespaceLab
    cgroups: str

    def run(self, program: Program) -> Outcome:
        try:
            return self.lab.run([program])[0], None
        except EngineError as error:
            return None, error


class Caller:
    """This process."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.owner = NOBODY if os.geteuid() == 0 else os.geteuid()
        self.counts_memory = find_cgroups() is not None
        self.status = "" if self.counts_memory else PER_PROCESS

    @contextmanager
    def lab(self, changes: Mapping[str, Any], given: Sequence[str]) -> Iterator[Running]:
        """A lab for one attack."""
        made = weak.lab(self.image, changes, given)
        groups = find_cgroups()
        try:
            with weak.patched(changes):
                yield _Lab(made, str(groups.parent) if groups else "")
        finally:
            made.close()


class Unprivileged(Caller):
    """An ordinary user: a fork of this process that has given up being root."""

    def __init__(self, image: Image) -> None:
        super().__init__(image)
        self.owner = USER
        self.counts_memory, self.status = False, PER_PROCESS
        self._lives, theirs = get_context("fork").Pipe()
        self._process = forked()
        if self._process == 0:
            self._lives.close()
            _serve(theirs, image)
        theirs.close()
        self._address = self._lives.recv()

    @contextmanager
    def lab(self, changes: Mapping[str, Any], given: Sequence[str]) -> Iterator[Running]:
        self._ask(("open", dict(changes), list(given), dict(os.environ)))
        try:
            yield _Remote(self)
        finally:
            self._ask(("close",))

    def end(self) -> None:
        """When no more is asked of it."""
        self._lives.close()
        os.waitpid(self._process, 0)

    def _ask(self, question: tuple[Any, ...]) -> Any:
        """Each question has a connection of its own: threads may ask at the same time."""
        with Client(self._address) as connection:
            connection.send(question)
            answer = connection.recv()
        if isinstance(answer, BaseException) and question[0] != "run":
            raise answer
        return answer


@dataclass
class _Remote:
    caller: Unprivileged
    cgroups: str = ""

    def run(self, program: Program) -> Outcome:
        outcome: Outcome = self.caller._ask(("run", program))
        return outcome


def become_ordinary() -> None:
    """Give up being root, for good."""
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def forked() -> int:
    """A fork, as os.fork: its child's work is small enough that other threads do not matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve(lives: Connection, image: Image) -> None:
    """Tell where questions are answered, until the other end closes; never returns."""
    try:
        become_ordinary()
        assert find_cgroups() is None
        with Listener(family="AF_UNIX") as listener:
            opened: list[_Lab] = []
            threading.Thread(target=_accept, args=(listener, image, opened), daemon=True).start()
            lives.send(listener.address)
            with suppress(EOFError):
                lives.recv()
    finally:
        os._exit(0)


def _accept(listener: Listener, image: Image, opened: list[_Lab]) -> None:
    while True:
        connection = listener.accept()
        threading.Thread(target=_answer, args=(connection, image, opened), daemon=True).start()


def _answer(connection: Connection, image: Image, opened: list[_Lab]) -> None:
    with connection:
        question = connection.recv()
        try:
            if question[0] == "open":
                os.environ.clear()
                os.environ.update(question[3])
                opened.append(_Lab(weak.lab(image, question[1], question[2]), ""))
                connection.send(None)
            elif question[0] == "run":
                connection.send(opened[-1].run(question[1]))
            else:
                opened.pop().lab.close()
                connection.send(None)
        except Exception as error:
            connection.send(error)
