"""What is tried of a tool, and how a try is run."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from socket import create_server

FEATURES = (
    *("shows", "compares", "fails", "place", "session", "typed"),
    *("files", "network", "limit", "leftover", "varies", "equal"),
    *("again", "picture", "update"),
)
"""What is asked of each, in the order of the table; what each means stands in docs/compared.yml."""
LONG = 25
"""Seconds that a command sleeps where a tool is to end it sooner; tools are set to 2 s."""

_TRY = "try"


@dataclass(frozen=True)
class Ran:
    """What came of one command."""

    status: int
    said: str
    seconds: float

    @property
    def held(self) -> bool:
        return self.status == 0


@dataclass(frozen=True)
class Tool:
    """One tool and its tries; what is not among them it does not claim to do."""

    name: str
    versions: tuple[str, ...]
    """Distributions whose versions are stated."""
    tries: Mapping[str, Callable[[Path], bool]]
    """Feature → whether it was seen, tried in an empty directory."""


def tried(tool: Tool) -> dict[str, object]:
    """Name, versions, and of each feature whether it was seen; what is not claimed is left out."""
    seen = {}
    for feature in FEATURES:
        if one := tool.tries.get(feature):
            with tempfile.TemporaryDirectory(prefix="try-") as directory:
                (Path(directory) / _TRY).mkdir()
                seen[feature] = one(Path(directory) / _TRY)
            print(f"{tool.name:14} {feature:9} {seen[feature]}", file=sys.stderr)
    versions = {name: version(name) for name in tool.versions}
    return {"name": tool.name, "versions": versions, "seen": seen}


def run(
    arguments: list[str], directory: Path, *, environment: Mapping[str, str] | None = None
) -> Ran:
    """The command, with a home of its own; whatever it leaves behind is ended."""
    home, said = home_of(directory), home_of(directory).with_name("said")
    home.mkdir(exist_ok=True)
    began = time.monotonic()
    process = subprocess.Popen(
        arguments,
        cwd=directory,
        env={**os.environ, "HOME": str(home), "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=said.open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    status = process.wait(timeout=180)
    seconds = time.monotonic() - began
    return Ran(status, said.read_text(errors="replace"), seconds)


def home_of(directory: Path) -> Path:
    """Where commands of a try find their home; `directory` is the try's or below it."""
    tried = next(path for path in (directory, *directory.parents) if path.name == _TRY)
    return tried.with_name("home")


def write(path: Path, text: str) -> Path:
    """A file of a try, with the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def listening() -> Iterator[tuple[int, Callable[[], bool]]]:
    """A server on this machine: its port, and who has come to it."""
    with create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        came: list[bool] = []

        def has_come() -> bool:
            with suppress(BlockingIOError):
                server.accept()[0].close()
                came.append(True)
            return bool(came)

        yield server.getsockname()[1], has_come


def is_left(command: str) -> bool:
    """Whether a process with this command line runs; if so, it is ended."""
    wanted, found = command.replace(" ", "\0").encode(), False
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if process.read_bytes().strip(b"\0") == wanted:
                found = True
                os.kill(int(process.parent.name), signal.SIGKILL)
    return found
