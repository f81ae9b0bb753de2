"""The file system of the browser image, as the initramfs that the machine boots once from."""

import gzip
import io
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from snippetlab.images.browser.packages import Node
from snippetlab.images.browser.recipe import agent_of

_DIRECTORIES = (
    *("dev", "etc/init.d", "mnt", "proc", "root", "run", "srv", "sys", "tmp", "home/reader"),
    *("usr/bin", "usr/sbin", "usr/lib/lab", "usr/lib/i386-linux-gnu", "usr/lib/modules", "var"),
)
_OWN = {
    "init": ("init", 0o755),
    "inittab": ("etc/inittab", 0o644),
    "profile": ("etc/profile", 0o644),
    "rcS": ("etc/init.d/rcS", 0o755),
}
"""File in lab/browser/ → where it goes, and its mode; the agent goes to usr/lib/lab."""
_TEXTS = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/bash\nreader:x:1000:1000::/home/reader:/bin/bash\n"
    "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    "etc/group": "root:x:0:\nreader:x:1000:\nnogroup:x:65534:\n",
    "etc/hosts": "127.0.0.1 localhost lab\n",
    "etc/hostname": "lab\n",
}
_APPLETS = (
    *("awk", "bc", "clear", "diff", "dd", "du", "find", "free", "gunzip", "gzip", "hexdump"),
    *("kill", "less", "md5sum", "more", "nc", "od", "ping", "rev", "su", "tac", "tar", "time"),
    *("top", "vi", "watch", "wget", "which", "xargs", "yes"),
)
"""What BusyBox stands in for, where no package's own program is worth its bytes."""
_LINKS = {
    "bin": "usr/bin",
    "lib": "usr/lib",
    "sbin": "usr/sbin",
    "usr/bin/sh": "bash",
    **{f"usr/bin/{applet}": "busybox" for applet in _APPLETS},
    **{f"usr/sbin/{applet}": "../bin/busybox" for applet in ("init", "insmod", "switch_root")},
}


def make_root(
    directory: Path,
    taken: Mapping[str, Node],
    compiler: Mapping[str, Node],
    modules: Mapping[str, Node],
) -> dict[str, Node]:
    """All of it: `taken` from packages, kernel modules, and what lies in lab/browser/.

    The `compiler` makes the agent when the image boots, and is removed then.
    """
    nodes: dict[str, Node] = {name: Node(0o040755) for name in _DIRECTORIES}
    nodes |= {path: Node(0o120777, target.encode()) for path, target in _LINKS.items()}
    nodes |= {path: Node(0o100644, text.encode()) for path, text in _TEXTS.items()}
    nodes |= {**compiler, **taken}
    once = "".join(f"/{path}\n" for path in compiler if path not in taken)
    nodes["usr/lib/lab/once"] = Node(0o100644, once.encode())
    # Loaded in the order of their names.
    for number, (path, node) in enumerate(modules.items()):
        nodes[f"usr/lib/modules/{number}-{PurePosixPath(path).name}"] = node
    for name, (path, mode) in _OWN.items():
        nodes[path] = Node(0o100000 | mode, (directory / name).read_bytes())
    for source in agent_of(directory):
        nodes[f"usr/lib/lab/{source.name}"] = Node(0o100644, source.read_bytes())
    return nodes


def pack(nodes: Mapping[str, Node]) -> bytes:
    """A compressed cpio archive in the format `newc`, cpio(5); the same nodes make the same."""
    paths = {parent for path in nodes for parent in _parents(path)} - set(nodes)
    everything = sorted({**dict.fromkeys(paths, Node(0o040755)), **nodes}.items())
    content = b"".join(_entries([*everything, ("TRAILER!!!", Node(0))]))
    return gzip.compress(content, 6, mtime=0)


def pack_tar(nodes: Mapping[str, Node]) -> bytes:
    """A compressed tar archive; the same nodes make the same."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for path, node in sorted(nodes.items()):
            member = tarfile.TarInfo(path)
            member.mode = node.mode & 0o7777
            if node.mode & 0o170000 == 0o120000:
                member.type, member.linkname = tarfile.SYMTYPE, node.content.decode()
            else:
                member.size = len(node.content)
            tar.addfile(member, io.BytesIO(node.content) if member.size else None)
    return gzip.compress(archive.getvalue(), 9, mtime=0)


def _parents(path: str) -> Iterator[str]:
    for parent in PurePosixPath(path).parents:
        if str(parent) != ".":
            yield str(parent)


def _entries(nodes: Sequence[tuple[str, Node]]) -> Iterator[bytes]:
    for number, (path, node) in enumerate(nodes, 1):
        name = path.encode() + b"\0"
        links = 2 if node.mode & 0o170000 == 0o040000 else 1
        fields = [number, node.mode, 0, 0, links, 0, len(node.content)]
        fields += [0, 0, 0, 0, len(name), 0]
        yield b"070701" + b"".join(b"%08X" % field for field in fields) + name
        yield bytes(-(110 + len(name)) % 4) + node.content + bytes(-len(node.content) % 4)
