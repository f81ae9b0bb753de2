"""What a run of pytest makes once, for all its workers: whoever comes first makes it.

It is made anew in each run, so that it cannot be that of another checkout or of yesterday.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock, Timeout

from tests.site.serving import served


@dataclass(frozen=True)
class Shared:
    """A directory for all workers; what is `site` in it is served at `address`."""

    directory: Path
    address: str

    @property
    def site(self) -> Path:
        return self.directory / "site"

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """A file or directory, which `make` is to make at the path that it is given."""
        return self.parts([name], lambda path, _: make(path))[0]

    def parts(self, names: Iterable[str], make: Callable[[Path, str], None]) -> list[Path]:
        """Several. While another worker makes one, this one makes the next."""
        paths = [self.directory / name for name in names]
        while missing := [path for path in paths if not path.exists()]:
            free = [path for path in missing if self._made(path, make, timeout=0)]
            if not free:
                self._made(missing[0], make, timeout=-1)
        return paths

    def _made(self, path: Path, make: Callable[[Path, str], None], timeout: float) -> bool:
        """Whether it could be made; not while another worker makes it."""
        try:
            with FileLock(path.with_name(f"{path.name}.lock"), timeout=timeout):
                if not path.exists():
                    making = path.with_name(f"{path.name}.making")
                    shutil.rmtree(making, ignore_errors=True)  # of who failed
                    make(making, path.name)
                    making.rename(path)
                return True
        except Timeout:
            return False


KEY = pytest.StashKey[Shared]()
STACK = ExitStack()


def start(config: pytest.Config) -> None:
    """In a worker, what its controller has; there, or where there are no workers, a new one.

    The controller serves, since it lives longer than any worker.
    """
    if told := getattr(config, "workerinput", None):
        config.stash[KEY] = Shared(Path(told["shared"]), told["address"])
        return
    directory = Path(STACK.enter_context(TemporaryDirectory(prefix="tests-")))
    address = STACK.enter_context(served(directory / "site"))
    config.stash[KEY] = Shared(directory, address)
