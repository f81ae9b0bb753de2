"""The namespace lab with one of its guards taken away or loosened, still within bounds."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

from snippetlab.images.image import Image
from snippetlab.labs.namespace.guard import Guard
from snippetlab.labs.namespace.lab import NamespaceLab

NONCE = "0" * 16
PATCHES: Mapping[str, Any] = {
    "nonce": SimpleNamespace(token_hex=lambda _: NONCE),
    "huge": 1 << 40,
    "plenty": lambda: 1.0,
    "none": "none",
    "no": False,
    "nothing": lambda text, **_: text,
    "decode": lambda output: output.decode("utf-8", "replace"),
    "never": lambda *_: False,
    "same": lambda command, *_: list(command),
}


class _WeakGuard(Guard):
    """bubblewrap's arguments and the stage's program, changed."""

    def __init__(self, image: Image, changes: Mapping[str, Any], given: Sequence[str]) -> None:
        super().__init__(changes.get("root", image.root), 0)
        self._changes = changes
        self._given = given
        self._sources()  # what is wrong here shows at once, and not in a thread that others await

    def _command(self, stack: ExitStack) -> tuple[list[str], list[int]]:
        command, descriptors = super()._command(stack)
        for old, new in self._changes.get("swap", ()):
            command = [new if argument == old else argument for argument in command]
        for argument in self._changes.get("drop", ()):
            command.remove(argument)
        return [*command, *self._given, *self._changes.get("add", ())], descriptors

    def _sources(self) -> dict[str, bytes]:
        sources = super()._sources()
        for name, old, new in self._changes.get("replace", ()):
            assert sources[name].count(old.encode()) == 1, f"{name} has no `{old}`"
            sources[name] = sources[name].replace(old.encode(), new.encode())
        return sources


def lab(
    image: Image, changes: Mapping[str, Any] | None = None, given: Sequence[str] = ()
) -> NamespaceLab:
    """A lab of its own; without `changes` it is as strong as any."""
    made = NamespaceLab(image)
    made._guard = _WeakGuard(image, changes or {}, given)
    return made


@contextmanager
def patched(changes: Mapping[str, Any]) -> Iterator[None]:
    """With the Python attribute replaced that `patch` names."""
    if not (patch := changes.get("patch")):
        yield
        return
    pairs = patch if isinstance(patch[0], list) else [patch]
    with ExitStack() as stack:
        for target, by in pairs:
            stack.enter_context(mock.patch(target, PATCHES[by]))
        yield


def nonce() -> str:
    """What a snippet may know: not the lab's."""
    return secrets.token_hex(8)
