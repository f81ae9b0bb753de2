"""What is the host's own: its settings, control groups, mounts, devices and directories."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.hostile.scene import Scene, constant
from tests.hostile.use import marked, sampled

_KERNEL_DEVICES = {os.makedev(1, minor) for minor in (1, 2, 4, 11)}
"""Memory, kernel memory, ports, log: Documentation/admin-guide/devices.txt."""


@contextmanager
def sysctl(scene: Scene) -> Iterator[None]:
    """A setting of the kernel's in /proc/sys is another: one that does nothing by itself."""
    with _setting(scene, "/proc/sys", "kernel/printk_ratelimit_burst", {"11": "12"}, "11"):
        yield


@contextmanager
def sysfs(scene: Scene) -> Iterator[None]:
    """A parameter of the kernel's in /sys is another: whether its log shows times."""
    with _setting(scene, "/sys", "module/printk/parameters/time", {"Y": "N"}, "Y"):
        yield


@contextmanager
def _setting(
    scene: Scene, root: str, name: str, others: dict[str, str], other: str
) -> Iterator[None]:
    path = Path(root, name)
    before = path.read_text().strip()
    scene.words |= {"FILE": name, "VALUE": others.get(before, other)}
    try:
        yield
        scene.breached = constant(path.read_text().strip() != before)
    finally:
        if path.read_text().strip() != before:
            path.write_text(before)


@contextmanager
def cgroup(scene: Scene) -> Iterator[None]:
    """There is a new group in a hierarchy of the host, or another release agent."""
    top = Path("/sys/fs/cgroup")

    def agents() -> list[str]:
        return [path.read_text() for path in sorted(top.glob("*/release_agent"))]

    before = agents()
    assert any(top.rglob("cgroup.procs"))
    yield
    made = list(top.rglob(scene.mark))
    scene.breached = constant(bool(made) or agents() != before)
    for group in made:
        group.rmdir()
        if group.parent.name.startswith("snippetlab-"):  # which its own engine could not remove
            group.parent.rmdir()


@contextmanager
def mounts(scene: Scene) -> Iterator[None]:
    """A mount of the run's is in the mount namespace of a process that is not the run's."""
    place = Path(tempfile.mkdtemp(prefix="hostile-", dir="/var/tmp"))
    place.chmod(0o777)
    scene.words |= {"PLACE": str(place), "PID": str(os.getpid())}

    mine, marked_mounts = set[str](), set[str]()

    def look() -> int:
        mine.update(_namespace(pid) for pid in marked(scene.mark))
        for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
            with suppress(OSError):  # it has ended meanwhile
                if scene.mark in Path(f"/proc/{name}/mountinfo").read_text():
                    marked_mounts.add(_namespace(int(name)))
        return 0

    try:
        with sampled(look):
            yield
        here = scene.mark in Path("/proc/self/mountinfo").read_text()
        scene.breached = constant(here or bool(marked_mounts - mine - {""}))
        if here:
            subprocess.run(["umount", place], check=True)
    finally:
        place.rmdir()


@contextmanager
def device(scene: Scene) -> Iterator[None]:
    """A process of the run has opened a disk, memory, ports or the log of the kernel."""
    found = sorted(Path("/sys/class/block").glob("*/dev"))
    disks = [path.read_text() for path in found if (path.parent / "size").read_text() != "0\n"]
    scene.words |= dict(zip(("MAJOR", "MINOR"), disks[0].strip().split(":"), strict=True))

    def opened() -> int:
        count = 0
        for pid in marked(scene.mark):
            with suppress(OSError):
                count += sum(map(_is_kernels, Path(f"/proc/{pid}/fd").iterdir()))
        return count

    with sampled(opened) as peak:
        scene.breached = lambda: peak() > 0
        yield


def _is_kernels(descriptor: Path) -> bool:
    with suppress(OSError):
        about = descriptor.stat()
        kernels = stat.S_ISCHR(about.st_mode) and about.st_rdev in _KERNEL_DEVICES
        named = str(descriptor.readlink()).endswith(("/kcore", "/kmsg"))
        return stat.S_ISBLK(about.st_mode) or kernels or named
    return False


@contextmanager
def fuse(scene: Scene) -> Iterator[None]:
    """A process of the run sees a file system of FUSE that is not the host's."""

    def mounted() -> int:
        count = 0
        for pid in marked(scene.mark):
            with suppress(OSError):
                count += " - fuse fuse " in Path(f"/proc/{pid}/mountinfo").read_text()
        return count

    with sampled(mounted) as peak:
        scene.breached = lambda: peak() > 0
        yield


@contextmanager
def image(scene: Scene) -> Iterator[None]:
    """The lab's image is another: a copy of it, which the user who runs snippets may write."""
    with tempfile.TemporaryDirectory(prefix="hostile-", dir="/var/tmp") as directory:
        copy = Path(directory, "root")
        Path(directory).chmod(0o755)
        # Root's files, which the user may not write, may be the image's own, linked; directories
        # and /etc are copies.
        linked = os.geteuid() == 0 and _is_beside(scene.image, directory)
        subprocess.run(["cp", "--archive", *["--link"] * linked, scene.image, copy], check=True)
        shutil.rmtree(copy / "etc")
        subprocess.run(["cp", "--archive", f"{scene.image}/etc", copy], check=True)
        for path in (copy, *copy.rglob("*")):
            is_copy = not path.is_symlink() and (path.is_dir() or copy / "etc" in path.parents)
            if is_copy or not linked:
                if os.geteuid() == 0:
                    os.chown(path, scene.owner, scene.owner, follow_symlinks=False)
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | 0o200)
        scene.words["IMAGE"] = str(copy)
        before = listed(copy)
        yield
        scene.breached = constant(listed(copy) != before)


def _is_beside(one: str, other: str) -> bool:
    """Whether they are on one file system."""
    return Path(one).stat().st_dev == Path(other).stat().st_dev


def listed(directory: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and when it was changed, in nanoseconds."""
    found = ((path, path.lstat()) for path in directory.rglob("*"))
    return {str(path): (about.st_size, about.st_mtime_ns) for path, about in found}


@contextmanager
def left(scene: Scene) -> Iterator[None]:
    """In a directory that everyone may write is something new."""
    place = Path(tempfile.mkdtemp(prefix="hostile-", dir="/var/tmp"))
    (place / "victim").touch()
    place.chmod(0o777)
    scene.words["PLACE"] = str(place)
    try:
        yield
        scene.breached = constant(len(list(place.iterdir())) > 1)
    finally:
        shutil.rmtree(place)


def _namespace(pid: int) -> str:
    with suppress(OSError):
        return str(Path(f"/proc/{pid}/ns/mnt").readlink())
    return ""
