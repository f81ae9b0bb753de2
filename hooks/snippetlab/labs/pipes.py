"""The pipes to which a run prints."""

import os
from contextlib import ExitStack
from types import TracebackType


class Pipes:
    """One; or two, where standard error is to be told `apart`. All ends are closed on leaving."""

    def __init__(self, *, apart: bool, owner: int = -1) -> None:
        """`owner` is whoever is root in the lab, if that is another user than this process."""
        self._near = ExitStack()
        self.far = ExitStack()
        """Closes the ends into which the lab prints; it has its own by then."""
        ends = [self._pipe(owner) for _ in range(1 + apart)]
        self.output = ends[0][0]
        """Where standard output is read."""
        self.errors = ends[1][0] if apart else -1
        """Where standard error is, if it has a pipe of its own."""
        self.far_ends = (ends[0][1], ends[-1][1])
        """Of standard output and of standard error."""

    def _pipe(self, owner: int) -> tuple[int, int]:
        near, far = os.pipe()
        os.fchmod(far, 0o666)  # whoever is root in there may open /dev/stderr
        os.fchown(far, owner, owner)  # -1: as it is
        self._near.callback(os.close, near)
        self.far.callback(os.close, far)
        return near, far

    def close_near(self) -> None:
        """Nobody reads any more; who prints finds out."""
        self._near.close()

    def __enter__(self) -> "Pipes":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.far.close()
        self.close_near()
