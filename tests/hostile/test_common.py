"""What the page on untrusted code says of tables that a kernel has but once, tried in a machine.

There an ordinary user is the caller, and a run is root of namespaces of its own, as on a stage.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program

DRIVE = """\
import errno, json, os, resource, subprocess, sys
from pathlib import Path

resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
STAGE = "unshare --user --map-root-user --mount --net --pid --fork --kill-child".split()
TERMINALS = '''
import os, subprocess, sys
subprocess.run("mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts".split(), check=True)
kept = []
try:
    while True:
        kept.append(os.open("/dev/pts/ptmx", os.O_RDWR | os.O_NOCTTY))
except OSError:
    print(len(kept), flush=True)
sys.stdin.read()
'''
NEIGHBOURS = '''
import subprocess, sys
def ip(*words, **options):
    return subprocess.run(["ip", *words], capture_output=True, text=True, **options)
ip("link", "add", "one", "type", "veth", "peer", "name", "two")
ip("link", "set", "one", "up")
lines = [f"neigh add 10.1.{n >> 8}.{n & 255} lladdr 02:00:00:00:00:01 dev one nud reachable"
         for n in range(1, 3000)]
said = ip("-force", "-batch", "-", input="\\\\n".join(lines)).stderr
print(sum(line.startswith("10.1.") for line in ip("neigh").stdout.splitlines()), flush=True)
sys.stdin.read()
'''

def while_full(code, look):
    run = subprocess.Popen([*STAGE, sys.executable, "-c", code], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, user=1000, group=1000)
    taken = int(run.stdout.readline())
    found = look()
    run.stdin.close()
    run.wait()
    return [taken, *found]

def terminal():
    return [subprocess.run(["script", "-qec", "true", "/dev/null"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, user=1000).returncode]

def neighbour():
    line = "neigh add 10.2.0.1 lladdr 02:00:00:00:00:02 dev zero nud reachable"
    return [subprocess.run(["ip", *line.split()], capture_output=True, text=True).stderr.strip()]

subprocess.run("ip link add zero type dummy; ip link set zero up", shell=True, check=True)
pty, neigh = Path("/proc/sys/kernel/pty"), Path("/proc/sys/net/ipv4/neigh/default")
print(json.dumps({
    "ptys": [int((pty / name).read_text()) for name in ("max", "reserve")],
    "terminals": while_full(TERMINALS, terminal),
    "most": int((neigh / "gc_thresh3").read_text()),
    "neighbours": while_full(NEIGHBOURS, neighbour),
    "after": neighbour(),
}))
"""


@pytest.fixture(scope="module")
def said(laboratory_of: Callable[[str], Laboratory]) -> Mapping[str, Any]:
    path = Path("x.sh")
    commands = bash.parse(path, "python3 -B drive.py\n")
    files = {"drive.py": DRIVE.encode()}
    program = Program(path, commands, files, 300, leaves=frozenset(CURES))
    (transcript,) = laboratory_of("machine").lab.run([program])
    found: Mapping[str, Any] = json.loads(transcript.steps[-1].output.splitlines()[-1])
    return found


def test_of_pseudo_terminals_the_host_keeps_its_share(said: Mapping[str, Any]) -> None:
    most, reserve = said["ptys"]
    taken, status = said["terminals"]
    assert most - reserve - 16 < taken <= most - reserve
    assert status == 0


def test_of_neighbours_it_keeps_none_while_the_run_lasts(said: Mapping[str, Any]) -> None:
    taken, complaint = said["neighbours"]
    assert said["most"] - 16 < taken <= said["most"]
    assert "No buffer space" in complaint, complaint
    assert said["after"] == [""]
