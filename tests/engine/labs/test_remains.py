"""What counts as left behind in a machine, on a pretended tree."""

from pathlib import Path

import pytest

from snippetlab.labs.machine.remains import Remains
from snippetlab.labs.watch import read_leaks

ID = "0123456789abcdef" * 4
INIT, KERNEL, DAEMON = 1, 2, 174


class Machine:
    """Its files; the numbers of processes and mounts are given."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.write("/proc/self/mountinfo", "")
        for directory in ("/run/docker", "/sys/fs/cgroup/docker", "/tmp", "/etc"):
            self.make(directory)
        self.process(INIT, 0, "init")
        self.process(KERNEL, 0, "kthreadd")
        self.process(DAEMON, INIT, "dockerd")
        self.mount(25, "/", "ext4")
        self.remains = Remains(str(root))

    def process(
        self, pid: int, parent: int, words: str, group: str = "/", state: str = "S"
    ) -> None:
        name = words.partition(" ")[0].rpartition("/")[2][:15]
        self.write(f"/proc/{pid}/stat", f"{pid} ({name}) {state} {parent} {pid} 0")
        self.write(f"/proc/{pid}/cmdline", words.replace(" ", "\0") + "\0")
        self.write(f"/proc/{pid}/cgroup", f"0::{group}\n")

    def mount(self, number: int, point: str, kind: str) -> None:
        line = f"{number} 1 0:1 / {point} rw,relatime shared:1 - {kind} none rw\n"
        with (self._root / "proc/self/mountinfo").open("a") as table:
            table.write(line)

    def listen(self, pid: int, inode: int, port: int) -> None:
        head = "  sl  local_address rem_address   st tx_queue:rx_queue\n"
        line = f"   0: 00000000:{port:04X} 00000000:0000 0A 0:0 00:0 0 0 0 {inode} 1\n"
        self.write(f"/proc/{pid}/net/tcp", head + line)
        self.make(f"/proc/{pid}/fd")
        (self._root / f"proc/{pid}/fd/3").symlink_to(f"socket:[{inode}]")

    def make(self, directory: str) -> None:
        (self._root / directory[1:]).mkdir(parents=True, exist_ok=True)

    def write(self, name: str, text: str) -> None:
        self.make(name.rpartition("/")[0])
        (self._root / name[1:]).write_text(text)

    def left(self) -> list[tuple[str, str]]:
        return [(leak.kind, leak.what) for leak in read_leaks(self.remains.tell())]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_what_was_there_is_not_left(machine: Machine) -> None:
    assert machine.left() == []


def test_a_process_is_what_neither_kernel_nor_daemon_started(machine: Machine) -> None:
    machine.process(300, KERNEL, "kworker/0:1")
    machine.process(301, DAEMON, "docker-proxy -proto tcp")
    machine.process(302, 301, "helper")
    machine.process(303, INIT, "dead", state="Z")
    machine.process(304, INIT, "bash -c a) b")
    machine.process(305, 304, "sleep 60")
    assert machine.left() == [("process", "bash -c a) b"), ("process", "sleep 60")]


def test_a_port_is_that_of_a_process_left(machine: Machine) -> None:
    machine.process(301, DAEMON, "docker-proxy -proto tcp")
    machine.listen(301, 7, 8080)
    machine.process(302, INIT, "httpd")
    machine.listen(302, 8, 80)
    assert machine.left() == [("process", "httpd"), ("port", "tcp port 80")]


def test_a_container_is_one_thing_and_its_shim_none(machine: Machine) -> None:
    shim = f"/usr/bin/containerd-shim -namespace moby -id {ID} -address /run/x.sock"
    machine.process(300, INIT, shim)
    machine.process(301, 300, "runc delete")
    assert machine.left() == []
    machine.process(302, 300, "sleep 1000", group=f"/docker/{ID}")
    machine.process(303, 302, "sleep 2000", group=f"/docker/{ID}/inner")
    machine.listen(302, 7, 80)
    machine.mount(30, f"/var/lib/docker/overlay2/{ID}/merged", "overlay")
    machine.mount(31, "/run/docker/netns/0123456789ab", "nsfs")
    machine.make(f"/sys/fs/cgroup/docker/{ID}/inner")
    assert machine.left() == [("container", "0123456789ab (sleep 1000)")]


def test_what_needs_no_process_is_left_as_well(machine: Machine) -> None:
    machine.mount(30, "/run/netns", "tmpfs")
    machine.mount(31, "/run/netns/web", "nsfs")
    machine.mount(32, "/tmp/m", "overlay")
    machine.make("/sys/fs/cgroup/demo/leaf")
    for place in ("/tmp/m", "/tmp/d/inner", "/run/netns", "/run/docker/x", "/root/x", "/srv/new"):
        machine.make(place)
    machine.write("/tmp/dockerfile123", "")
    machine.write("/run/xtables.lock", "")
    machine.write("/new", "")
    assert machine.left() == [
        ("namespace", "/run/netns/web"),
        ("mount", "overlay on /tmp/m"),
        ("cgroup", "/sys/fs/cgroup/demo"),
        ("cgroup", "/sys/fs/cgroup/demo/leaf"),
        *(("file", path) for path in ("/new", "/root", "/srv", "/srv/new", "/tmp/d")),
    ]


def test_no_more_is_told_than_an_answer_may_hold(machine: Machine) -> None:
    for number in range(1000):
        machine.process(1000 + number, INIT, f"{number} " + "long " * 1000)
    assert len(machine.remains.tell()) < 100_000
    assert len(machine.left()) == 100
