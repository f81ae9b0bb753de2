"""What a witness sets up, and what it says."""

import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.transcript import Transcript


@dataclass
class Scene:
    """What a witness has set up."""

    mark: str
    """Stands in the arguments of the snippet's processes."""
    owner: int
    """The user id that the snippet's processes have on the host."""
    words: dict[str, str] = field(default_factory=dict)
    """What stands for `@NAME@` in the snippet."""
    transcript: Transcript | None = None
    error: EngineError | None = None
    breached: Callable[[], bool] = lambda: False
    """Asked when the run has ended."""
    image: str = ""
    """The root directory of the lab's image."""
    cgroups: str = ""
    """Where the run's control groups are."""

    @property
    def output(self) -> bytes:
        """What got out: the transcript, or what the error quotes."""
        steps = self.transcript.steps if self.transcript else ()
        return b"".join(step.output for step in steps) + str(self.error or "").encode()


@contextmanager
def alone() -> Iterator[None]:
    """While nobody else who asks for it is in such a block, of all that test on this machine.

    What a machine has but once is changed by an attack whose guard is away, and watched by one
    that is held: times of device nodes, settings, addresses, what the kernel counts for all.
    """
    with Path("/dev/full").open("rb", buffering=0) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def constant(value: bool) -> Callable[[], bool]:
    return lambda: value


def new_scene(owner: int) -> Scene:
    """A scene with a mark and a secret of its own."""
    mark = f"hostile-{secrets.token_hex(6)}"
    return Scene(
        mark, owner, {"MARK": mark, "NAME": mark, "SECRET": f"s3cret{secrets.token_hex(8)}"}
    )
