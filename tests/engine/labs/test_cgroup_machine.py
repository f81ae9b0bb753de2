"""The engine's control groups on a real hierarchy of version 2: that of the machine lab's kernel.

The host that runs the tests may have version 1 only; there, files of version 2 are a pretence
(test_cgroup.py). The modules themselves go into the machine and run there, unchanged.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from snippetlab import errors, say
from snippetlab.labs import cgroup
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program

FILES = [Path(str(module.__file__)) for module in (cgroup, errors, say)]
MODULES = {file.name: file.read_bytes() for file in FILES}
ROOT = """\
import json, os, signal, subprocess, sys, time
from pathlib import Path
import cgroup

HOG = "import sys; sys.stdin.read(1); hoard = [b'x' * 1_000_000 for _ in range(int(sys.argv[1]))]"

def hog(group_of, megabytes):
    process = subprocess.Popen([sys.executable, "-c", HOG, str(megabytes)], stdin=subprocess.PIPE)
    group = group_of(process.pid)
    process.communicate(b"x")
    return group, process.returncode

said = {"before": cgroup.find_cgroups() is not None}
Path("/sys/fs/cgroup/cgroup.subtree_control").write_text("+memory")
found = cgroup.find_cgroups()
said["found"] = [str(found.parent), found.version]

def limited(pid):
    group = found.create(pid)
    group.limit(64_000_000)
    return group

group, status = hog(limited, 20)
said["modest"] = [status, group.kills()]
directory = group._directory
said["written"] = [(directory / f"memory.{n}").read_text().strip() for n in ("max", "swap.max")]
group.limit(32_000_000)
said["lowered"] = (directory / "memory.max").read_text().strip()

def same(pid):
    (directory / "cgroup.procs").write_text(str(pid))
    return group

_, status = hog(same, 200)
said["greedy"] = [status, group.kills(), group.kills()]

# What no limit of a process counts: a tmpfs, filled by a process that holds nothing itself.
os.mkdir("/tmp/hoard")
fill = "read x; mount -t tmpfs tmpfs /tmp/hoard; head -c 100M /dev/zero > /tmp/hoard/x; exit 0"
process = subprocess.Popen(["bash", "-c", fill], stdin=subprocess.PIPE)
same(process.pid)
process.communicate(b"x\\n")
used = os.statvfs("/tmp/hoard")
said["tmpfs"] = [(used.f_blocks - used.f_bfree) * used.f_bsize < 40_000_000, group.kills() > 0]
subprocess.run(["umount", "/tmp/hoard"], check=True)

sleeper = subprocess.Popen(["sleep", "60"])
other = found.create(sleeper.pid)
other.remove()
said["ended"] = sleeper.wait()
group.remove()
said["removed"] = not (other._directory.exists() or directory.exists())
(found.parent / "snippetlab-999999999-0").mkdir()
cgroup.find_cgroups()
said["swept"] = not (found.parent / "snippetlab-999999999-0").exists()
print(json.dumps(said))
"""
SOCKETS = """\
import json, os, resource, socket, subprocess, sys
from pathlib import Path
import cgroup

FILL = {
    "netlink": "s = socket.socket(16, 3, 0); s.bind((0, 0)); to = s.getsockname()",
    "udp": "s = socket.socket(2, 2); s.bind(('127.0.0.1', 0)); to = s.getsockname()",
}
HOARD = \"\"\"
import socket, sys
sys.stdin.read(1)
hoard = []
for _ in range(300):
    FILL
    hoard.append(s)
    try:
        for _ in range(20):
            s.sendto(bytes(40_000), socket.MSG_DONTWAIT, to)
    except OSError:
        pass
print("full", flush=True)
sys.stdin.read()
\"\"\"

def unreclaimable():
    lines = (line.split() for line in Path("/proc/meminfo").read_text().splitlines())
    named = {name: int(number) << 10 for name, number, *_ in lines}
    return named["SUnreclaim:"] + named["VmallocUsed:"]

def in_udp():
    words = Path("/proc/net/sockstat").read_text().split("UDP:")[1].split()
    return int(words[words.index("mem") + 1]) * 4096

Path("/sys/fs/cgroup/cgroup.subtree_control").write_text("+memory")
found, said = cgroup.find_cgroups(), {}
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
for name, fill in FILL.items():
    before = unreclaimable()
    process = subprocess.Popen(
        [sys.executable, "-c", HOARD.replace("FILL", fill)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    group = found.create(process.pid)
    group.limit(32_000_000)
    process.stdin.write(b"xx")
    process.stdin.flush()
    process.stdout.readline()
    used = int((group._directory / "memory.current").read_text())
    said[name] = [used, max(unreclaimable() - before, in_udp())]
    process.kill()
    process.wait()
    group.remove()
print(json.dumps(said))
"""
USER = """\
import json, os, subprocess, sys
from pathlib import Path
import cgroup

# As systemd does for a scope with Delegate=yes: https://systemd.io/CGROUP_DELEGATION/
top = Path("/sys/fs/cgroup")
(top / "cgroup.subtree_control").write_text("+memory")
scope = top / "scope"
scope.mkdir()
for name in (".", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads"):
    os.chown(scope / name, 1000, 1000)
said = {}
(scope / "cgroup.procs").write_text(str(os.getpid()))

def as_user(report):
    ours, theirs = os.pipe()
    if os.fork() == 0:
        os.setgroups([])
        os.setresgid(1000, 1000, 1000)
        os.setresuid(1000, 1000, 1000)
        os.write(theirs, json.dumps(report()).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        text = answer.read()
    os.wait()
    return json.loads(text)

said["not delegated"] = as_user(lambda: cgroup.find_cgroups() is None)
os.setxattr(scope, "user.delegate", b"1")

def report():
    found = cgroup.find_cgroups()
    line = [sys.executable, "-c", "input(); hoard = b'x' * 200_000_000"]
    process = subprocess.Popen(line, stdin=subprocess.PIPE)
    group = found.create(process.pid)
    group.limit(64_000_000)
    process.communicate(b"\\n")
    kills = group.kills()
    group.remove()
    again = cgroup.find_cgroups()
    return [
        str(found.parent), again == found, Path("/proc/self/cgroup").read_text().strip(),
        process.returncode, kills, group._directory.exists(),
    ]

said["delegated"] = as_user(report)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    return laboratory_of("machine")


def _said(laboratory: Laboratory, code: str) -> Mapping[str, Any]:
    files = MODULES | {"drive.py": code.encode()}
    path = Path("x.sh")
    commands = bash.parse(
        path, "mkdir snippetlab; mv errors.py say.py snippetlab\npython3 -B drive.py\n"
    )
    program = Program(path, commands, files, 120, leaves=frozenset(CURES))
    (transcript,) = laboratory.lab.run([program])
    said: Mapping[str, Any] = json.loads(transcript.steps[-1].output.splitlines()[-1])
    return said


def test_root_limits_counts_and_removes(laboratory: Laboratory) -> None:
    assert _said(laboratory, ROOT) == {
        "before": False,  # memory is not controlled at the root yet
        "found": ["/sys/fs/cgroup", 2],
        "modest": [0, 0],
        "written": ["64000000", "0"],
        "lowered": "31997952",  # in whole pages
        "greedy": [-9, 1, 0],
        "tmpfs": [True, True],
        "ended": -9,
        "removed": True,
        "swept": True,
    }


def test_a_user_does_so_in_a_delegated_group(laboratory: Laboratory) -> None:
    assert _said(laboratory, USER) == {
        "not delegated": True,
        "delegated": ["/sys/fs/cgroup/scope", True, "0::/scope/engine", -9, 1, False],
    }


def test_buffers_of_udp_are_counted_and_those_of_netlink_are_not(laboratory: Laboratory) -> None:
    """Which is why stage.py has a limit on sockets, whatever the version."""
    said = _said(laboratory, SOCKETS)
    in_group, held = said["udp"]
    assert held < in_group < 40_000_000
    in_group, held = said["netlink"]
    assert in_group < 40_000_000 < held
