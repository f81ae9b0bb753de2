"""Work that goes on in a process of its own while this one is busy.

Threads would do, but for the interpreter lock: each of the many short waits of a run would
then be a fight for it with the thread that renders pages, and both would lose.
"""

import gc
import os
import pickle
import signal
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """The items of an iterable, made in a forked process that starts at once."""

    def __init__(self, produce: Callable[[], Iterable[T]]) -> None:
        reader, writer = os.pipe()
        watched, self._lifeline = os.pipe()
        with warnings.catch_warnings():
            # Other threads may exist; the child uses nothing that they could hold locked.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if self._process == 0:
            os.close(reader)
            os.close(self._lifeline)
            threading.Thread(target=_die_with_parent, args=(watched,), daemon=True).start()
            _produce(produce, writer)
        os.close(watched)
        os.close(writer)
        self._reader = os.fdopen(reader, "rb")

    def results(self) -> Iterator[T]:
        """Each item as it comes; an exception of the other process is raised here."""
        with self._reader:
            while True:
                try:
                    item = pickle.load(self._reader)
                except EOFError:
                    break
                if isinstance(item, BaseException):
                    raise item
                yield item
        self.stop()

    def stop(self) -> None:
        """End the process, wherever it is."""
        self._reader.close()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            os.close(self._lifeline)
            self._process = 0


def _die_with_parent(lifeline: int) -> None:
    """However it ends: one that is killed, or whose user has had enough, says nothing."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGKILL)


def _produce(produce: Callable[[], Iterable[T]], writer: int) -> None:
    """Send every item and end; nothing of the parent's is cleaned up twice."""
    gc.freeze()  # a collection would write to, and so copy, all of the parent's memory
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and kills
        with os.fdopen(writer, "wb", buffering=0) as stream:
            try:
                for item in produce():
                    stream.write(pickle.dumps(item))
            except BaseException as error:
                stream.write(pickle.dumps(error))
    finally:
        os._exit(0)
