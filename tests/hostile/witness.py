"""How the host sees whether an attack got through; it never asks the snippet.

Each witness sets up what is to be attacked, watches while the snippet runs, and then says.
"""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
    cgroups: str = ""
    """Where the run's control groups are."""

    @property
    def output(self) -> bytes:
        """What got out: the transcript, or what the error quotes."""
        steps = self.transcript.steps if self.transcript else ()
        return b"".join(step.output for step in steps) + str(self.error or "").encode()


@contextmanager
def processes(scene: Scene) -> Iterator[None]:
    """More than 150 processes at a time."""
    with _sampled(lambda: len(_marked(scene.mark, zombies=True))) as peak:
        scene.breached = lambda: peak() > 150
        yield


@contextmanager
def memory(scene: Scene) -> Iterator[None]:
    """More than 100 MB, counted by the kernel or, without control groups, as resident."""

    def used() -> int:
        groups = Path(scene.cgroups).glob(f"snippetlab-{os.getpid()}-*/memory.usage_in_bytes")
        if scene.cgroups:
            return max([0, *(int(_read(group) or 0) for group in groups)])
        return sum(
            int((_read(Path(f"/proc/{pid}/statm")) or "0 0").split()[1]) * 4096
            for pid in _marked(scene.mark)
        )

    with _sampled(used) as peak:
        scene.breached = lambda: peak() > 100_000_000
        yield


@contextmanager
def inodes(scene: Scene) -> Iterator[None]:
    """More than 5,000 inodes in the run's /tmp."""

    def used() -> int:
        most = 0
        for pid in _marked(scene.mark):
            with suppress(OSError):
                found = os.statvfs(f"/proc/{pid}/root/tmp")
                most = max(most, found.f_files - found.f_ffree)
        return most

    with _sampled(used) as peak:
        scene.breached = lambda: peak() > 5000
        yield


@contextmanager
def descriptors(scene: Scene) -> Iterator[None]:
    """More than 100 open files in one process."""

    def used() -> int:
        most = 0
        for pid in _marked(scene.mark):
            with suppress(OSError):
                most = max(most, len(list(Path(f"/proc/{pid}/fd").iterdir())))
        return most

    with _sampled(used) as peak:
        scene.breached = lambda: peak() > 100
        yield


@contextmanager
def overtime(scene: Scene) -> Iterator[None]:
    """A process of the run lives 2.5 s after the run began."""
    began = time.monotonic()

    def late() -> int:
        return len(_marked(scene.mark)) if time.monotonic() > began + 2.5 else 0

    with _sampled(late) as peak:
        scene.breached = lambda: peak() > 0 or bool(_marked(scene.mark))
        yield


@contextmanager
def survivor(scene: Scene) -> Iterator[None]:
    """A process of the run is there after the run."""
    scene.breached = lambda: bool(_marked(scene.mark))
    yield


@contextmanager
def output(scene: Scene) -> Iterator[None]:
    """More than 100 kB came out."""
    scene.breached = lambda: len(scene.output) > 100_000
    yield


@contextmanager
def secret(scene: Scene) -> Iterator[None]:
    """What is in files of a directory comes out."""
    with _place(scene) as place:
        for name in ("secret", ".ssh/id_ed25519", ".git/config"):
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(scene.words["SECRET"])
        yield


@contextmanager
def environment(scene: Scene) -> Iterator[None]:
    """A variable of the caller's environment comes out."""
    os.environ["HOSTILE_SECRET"] = scene.words["SECRET"]
    scene.breached = lambda: scene.words["SECRET"].encode() in scene.output
    try:
        yield
    finally:
        del os.environ["HOSTILE_SECRET"]


@contextmanager
def file(scene: Scene) -> Iterator[None]:
    """A file that everyone may write is changed."""
    with _place(scene) as place:
        victim = place / "victim"
        victim.write_text("as it was")
        victim.chmod(0o666)
        yield
        scene.breached = _constant(victim.read_text() != "as it was")


@contextmanager
def process(scene: Scene) -> Iterator[None]:
    """What stands in the arguments of a host process comes out."""
    with _bystander(scene):
        scene.breached = lambda: scene.words["SECRET"].encode() in scene.output
        yield


@contextmanager
def killed(scene: Scene) -> Iterator[None]:
    """A host process of the same user is gone."""
    with _bystander(scene) as bystander:
        yield
        time.sleep(0.1)
        scene.breached = _constant(bystander.poll() is not None)


@contextmanager
def keyring(scene: Scene) -> Iterator[None]:
    """A key in the session keyring of the caller comes out."""
    libc = ctypes.CDLL(None, use_errno=True)
    add_key, keyctl, join, unlink, session = 248, 250, 1, 9, -3  # x86-64; <linux/keyctl.h>
    libc.syscall(keyctl, join, 0)  # a session keyring of this process's own
    name, text = scene.mark.encode(), scene.words["SECRET"].encode()
    key = libc.syscall(add_key, b"user", name, text, len(text), session)
    assert key > 0, os.strerror(ctypes.get_errno())
    libc.syscall(keyctl, 5, key, 0x3F3F3F3F)  # KEYCTL_SETPERM: readable by all
    scene.breached = lambda: text in scene.output
    yield
    libc.syscall(keyctl, unlink, key, session)


@contextmanager
def abstract(scene: Scene) -> Iterator[None]:
    """An abstract UNIX socket answers."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0{scene.mark}")
        with _answering(server, scene):
            yield


@contextmanager
def unix(scene: Scene) -> Iterator[None]:
    """A UNIX socket that everyone may connect to answers."""
    with _place(scene) as place, socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place / "socket"))
        (place / "socket").chmod(0o777)
        with _answering(server, scene):
            yield


@contextmanager
def loopback(scene: Scene) -> Iterator[None]:
    """A service on 127.0.0.1 is reached."""
    with _listening(scene, "127.0.0.1"):
        yield


@contextmanager
def address(scene: Scene) -> Iterator[None]:
    """A service on an address of the host is reached: its outer one, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        with suppress(OSError):
            probe.connect(("192.0.2.1", 9))  # sends nothing; finds the address used outwards
        found = probe.getsockname()[0]
    with _listening(scene, found if found != "0.0.0.0" else "127.0.0.2"):
        yield


@contextmanager
def datagram(scene: Scene) -> Iterator[None]:
    """A datagram arrives."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.3)
        scene.words["PORT"] = str(server.getsockname()[1])
        yield
        try:
            server.recv(100)
            scene.breached = _constant(True)
        except TimeoutError:
            scene.breached = _constant(False)


@contextmanager
def _listening(scene: Scene, host: str) -> Iterator[None]:
    with socket.create_server((host, 0)) as server:
        scene.words |= {"ADDRESS": host, "PORT": str(server.getsockname()[1])}
        with _answering(server, scene):
            yield


@contextmanager
def _answering(server: socket.socket, scene: Scene) -> Iterator[None]:
    reached = threading.Event()

    def answer() -> None:
        with suppress(OSError):
            client, _ = server.accept()
            reached.set()
            with client:
                client.sendall(scene.words["SECRET"].encode())

    server.listen()
    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    scene.breached = reached.is_set
    yield
    with suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)
    thread.join(2)


@contextmanager
def _place(scene: Scene) -> Iterator[Path]:
    """A directory of the host that everyone may enter and write."""
    place = Path(tempfile.mkdtemp(prefix="hostile-", dir="/var/tmp"))
    place.chmod(0o777)
    scene.words["PLACE"] = str(place)
    scene.breached = lambda: scene.words["SECRET"].encode() in scene.output
    try:
        yield place
    finally:
        shutil.rmtree(place)


@contextmanager
def _bystander(scene: Scene) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of the host that runs as the user who runs snippets."""
    command = ["python3", "-c", "import time; time.sleep(30)", scene.words["SECRET"]]
    user = scene.owner if os.geteuid() == 0 else None
    bystander = subprocess.Popen(command, user=user)
    scene.words["PID"] = str(bystander.pid)
    try:
        yield bystander
    finally:
        bystander.send_signal(signal.SIGKILL)
        bystander.wait()


@contextmanager
def _sampled(measure: Callable[[], int]) -> Iterator[Callable[[], int]]:
    """The greatest of many measurements during the block."""
    peak, ended = [0], threading.Event()

    def sample() -> None:
        while not ended.wait(0.03):
            peak[0] = max(peak[0], measure())

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield lambda: peak[0]
    finally:
        ended.set()
        thread.join()


def _marked(mark: str, *, zombies: bool = False) -> list[int]:
    """Processes of the host that have the mark in their arguments, or are a child of such."""
    found, parents = [], {}
    for name in (path.name for path in Path("/proc").iterdir() if path.name.isdigit()):
        if mark in (_read(Path(f"/proc/{name}/cmdline")) or ""):
            found.append(int(name))
        elif zombies and (stat := _read(Path(f"/proc/{name}/stat"))):
            state, parent, *_ = stat.rpartition(")")[2].split()
            if state == "Z":
                parents[int(name)] = int(parent)
    return found + [pid for pid, parent in parents.items() if parent in found]


def _read(path: Path) -> str | None:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return None


def _constant(value: bool) -> Callable[[], bool]:
    return lambda: value


def new_scene(owner: int) -> Scene:
    """A scene with a mark and a secret of its own."""
    mark = f"hostile-{secrets.token_hex(6)}"
    return Scene(
        mark, owner, {"MARK": mark, "NAME": mark, "SECRET": f"s3cret{secrets.token_hex(8)}"}
    )


WITNESSES = {
    "abstract": abstract,
    "address": address,
    "datagram": datagram,
    "descriptors": descriptors,
    "environment": environment,
    "file": file,
    "inodes": inodes,
    "keyring": keyring,
    "loopback": loopback,
    "memory": memory,
    "output": output,
    "overtime": overtime,
    "process": process,
    "processes": processes,
    "secret": secret,
    "signal": killed,
    "socket": unix,
    "survivor": survivor,
}
