"""What the host lays out: secrets, files, services and processes that a snippet must not reach."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.hostile.scene import Scene, constant


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
        scene.breached = constant(victim.read_text() != "as it was")


@contextmanager
def process(scene: Scene) -> Iterator[None]:
    """What stands in the arguments of a host process comes out."""
    with _bystander(scene):
        scene.breached = lambda: scene.words["SECRET"].encode() in scene.output
        yield


@contextmanager
def inside(scene: Scene) -> Iterator[None]:
    """What a host process sees in its own root and working directory comes out."""
    with _place(scene) as place:
        (place / "secret").write_text(scene.words["SECRET"])
        with _bystander(scene, place):
            yield


@contextmanager
def killed(scene: Scene) -> Iterator[None]:
    """A host process of the same user is gone."""
    with _bystander(scene) as bystander:
        yield
        time.sleep(0.1)
        scene.breached = constant(bystander.poll() is not None)


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
def metadata(scene: Scene) -> Iterator[None]:
    """A service on the address where clouds tell a machine its secrets is reached."""
    if os.geteuid() != 0:
        pytest.fail("only root can give this machine that address: run as root", pytrace=False)
    host = "169.254.169.254"
    change = ["ip", "address", "add", f"{host}/32", "dev", "lo"]
    subprocess.run(change, check=True)
    try:
        with _listening(scene, host):
            yield
    finally:
        subprocess.run(["del" if word == "add" else word for word in change], check=True)


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
            scene.breached = constant(True)
        except TimeoutError:
            scene.breached = constant(False)


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
def _bystander(scene: Scene, place: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of the host that runs as the user who runs snippets."""
    command = ["python3", "-c", "import time; time.sleep(30)", scene.words["SECRET"]]
    user = scene.owner if os.geteuid() == 0 else None
    bystander = subprocess.Popen(command, user=user, cwd=place)
    scene.words["PID"] = str(bystander.pid)
    try:
        yield bystander
    finally:
        bystander.send_signal(signal.SIGKILL)
        bystander.wait()
