"""Runs that go side by side, and runs that must be alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets in many, or one alone; who wants to be alone comes before new ones."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting = 0
        self._taken = False

    @contextmanager
    def with_others(self) -> Iterator[None]:
        """Wait until nobody is alone or wants to be."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._taken or self._waiting))
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else is inside; nobody comes in meanwhile."""
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: not (self._taken or self._inside))
                self._taken = True
            finally:
                self._waiting -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
