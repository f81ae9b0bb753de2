"""System calls at random on the stage: it ends in time, and neither host nor next run is another.

The program is calls.py. With `--whole` it goes on for minutes, with seeds of the day.
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from snippetlab.errors import EngineError
from snippetlab.limits import parse_limits
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile.caller import Caller, Outcome, Running
from tests.hostile.own import listed
from tests.hostile.test_shared import LIST, said
from tests.support import ROOT

FUZZER = (ROOT / "tests/hostile/calls.py").read_bytes()
SEEDS = {"few": 8}
"""What the suite tries. A seed that has found something comes here, with what it found."""
SETTINGS = ("domainname", "hostname", "core_pattern", "ngroups_max", "pid_max", "printk", "shmmax")
STATE = """\
import json, os, re, subprocess

status = open("/proc/self/status").read()
kept = r"(?m)^(?:Uid|Gid|Groups|Sig...|Shd...|Cap...|NoNew.*|Seccomp.*|Cpus_a.*|Umask):.*$"
own = {name: open(f"/proc/self/{name}").read() for name in
       ("limits", "oom_score_adj", "uid_map", "gid_map", "setgroups", "personality", "cgroup")}
ipc = {name: open(f"/proc/sysvipc/{name}").read() for name in ("msg", "sem", "shm")}
names = [os.uname().nodename, open("/proc/sys/kernel/domainname").read()]
links = subprocess.run(["ip", "-o", "addr"], capture_output=True, text=True).stdout
order = os.nice(0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0)), os.getcwd()
processes = sorted(name for name in os.listdir("/proc") if name.isdigit())
print(json.dumps([re.findall(kept, status), own, ipc, names, links, order,
                  len(processes), sorted(os.environ.items()), sorted(os.listdir("/tmp"))]))
"""
"""What a run is born with."""


def _run(lab: Running, line: str, code: bytes, seconds: int) -> Outcome:
    path = Path("fuzz.sh")
    limits = parse_limits({"memory": "256MB", "disk": "32MB", "processes": 64})
    commands, files = LANGUAGES[".sh"].commands(path, line), {"x.py": code}
    return lab.run(Program(path, commands, files, seconds, limits, frozenset(CURES)))


def _born(lab: Running) -> tuple[Any, Any]:
    """What a run begins with, in itself and wherever it can look."""
    transcript, error = _run(lab, "python3 x.py\n", STATE.encode(), 60)
    assert transcript, error
    # Times of nodes are of the seat, and a run may end its seat; for them see test_shared.py.
    seen = {
        path: [*words[:3], *words[4:]] if isinstance(words, list) else words
        for path, words in said(lab, LIST).items()
    }
    return json.loads(transcript.steps[0].output), seen


def _host(caller: Caller) -> Mapping[str, Any]:
    """What no run may change: the image, mounts, settings, names, clocks, IPC, own limits."""
    settings = {name: Path("/proc/sys/kernel", name).read_text() for name in SETTINGS}
    ipc = [Path("/proc/sysvipc", name).read_text().count("\n") for name in ("msg", "sem", "shm")]
    mounts = [line.split(" - ")[0].split()[4] for line in _lines("/proc/self/mountinfo")]
    own = [_lines(f"/proc/self/{name}") for name in ("limits", "oom_score_adj", "cgroup")]
    return {
        "image": listed(caller.image.root),
        "settings": settings,
        "ipc": ipc,
        "mounts": mounts,
        "own": own,
        "clock": round((time.time() - time.monotonic()) / 100),
        "nodes": {str(p): p.lstat().st_mode for p in sorted(Path("/dev").glob("*"))},
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def _differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_another_after_random_system_calls(
    seed: str, caller: Caller, pytestconfig: pytest.Config
) -> None:
    whole = pytestconfig.getoption("--whole")
    first, seconds = (int(time.time()), 120) if whole else (SEEDS[seed], 2)
    print("the first seed:", first)
    host = _host(caller)
    with caller.lab({}, ()) as lab:
        born = _born(lab)
        began = time.monotonic()
        # Calls may stop, or end, the shell and the program; then the deadline ends the run.
        line = f"setarch --addr-no-randomize python3 x.py {first} {seconds} 2> /dev/null # ? *\n"
        transcript, error = _run(lab, line, FUZZER, seconds + 6)
        # A run is given so long; the rest is for a busy machine.
        assert time.monotonic() - began < seconds + 6 + 60
        if transcript:
            print(said_by := transcript.steps[0].output.decode(errors="replace"))
            assert "seeds" in said_by
        else:
            assert isinstance(error, EngineError), error
            print(error)
        assert _born(lab) == born
    assert not _differences(host, _host(caller))
