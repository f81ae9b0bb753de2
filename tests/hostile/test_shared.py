"""Runs of one guard share nothing: what one changes wherever it can, the next does not find."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import randrange
from typing import Any

import pytest

from generated.corpus import read_corpus
from snippetlab.errors import EngineError
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile.caller import Caller, Running
from tests.hostile.scene import alone
from tests.leftovers import nothing_left
from tests.support import ROOT, is_running, wait_for

GUARDS = read_corpus(ROOT / "tests/hostile").guards
UNCOVER = """\
import ctypes, errno, hashlib, json, os, stat, sys

libc = ctypes.CDLL(None, use_errno=True)
lines = [line.split() for line in open("/proc/self/mountinfo")]
os.chdir("/")
for _ in range(4):  # what lies on another mount goes first
    for fields in lines[::-1]:
        libc.umount2(fields[4].encode(), 2)  # MNT_DETACH
print(len(lines), "mounts", file=sys.stderr)
"""
LIST = """\
digest, other = hashlib.sha256(), {}
device = os.lstat("/").st_dev
for directory, names, files in os.walk("/"):
    for name in sorted([*names, *files]):
        path = os.path.join(directory, name)
        try:
            about = os.lstat(path)
            more = os.listxattr(path, follow_symlinks=False)
        except OSError:  # of a process that has ended
            continue
        words = [about.st_mode, about.st_uid, about.st_size, about.st_mtime_ns, *more]
        if about.st_dev == device:
            digest.update(repr((path, words)).encode())
        else:
            other[path] = words
print(json.dumps({"/": digest.hexdigest()} | other))
"""
CHANGE = """\
changed = []
def tried(path, change, *arguments, **options):
    try:
        change(*arguments, **options)
        changed.append(f"{change.__name__} {path}")
    except OSError:
        pass
device = os.lstat("/").st_dev
for directory, names, files in os.walk("/"):
    names[:] = [name for name in names if not os.path.islink(os.path.join(directory, name))]
    if os.lstat(directory).st_dev != device:
        tried(directory, os.mkdir, os.path.join(directory, "word"))
    for name in sorted([*names, *files]):
        path = os.path.join(directory, name)
        try:
            about = os.lstat(path)
        except OSError:
            continue
        # Should the image be open to changes after all, it stays as it is.
        times = about.st_atime_ns, about.st_mtime_ns
        tried(path, os.utime, path, ns=times, follow_symlinks=False)
        if about.st_dev != device and not stat.S_ISLNK(about.st_mode):
            tried(path, os.utime, path)
            tried(path, os.chmod, path, 0o707)
            tried(path, os.setxattr, path, "user.word", b"word")
print(json.dumps(changed))
"""


def _program(code: str) -> Program:
    path = Path("walk.sh")
    commands = LANGUAGES[".sh"].commands(path, "python3 walk.py 2> /dev/null\n")
    files = {"walk.py": (UNCOVER + code).encode()}
    return Program(path, commands, files, 60, leaves=frozenset(CURES))


def said(lab: Running, code: str) -> Any:
    """What a run says that first unmounts all it can."""
    transcript, error = lab.run(_program(code))
    assert transcript, error
    return json.loads(transcript.steps[0].output)


def _differences(caller: Caller, changes: Mapping[str, Any]) -> tuple[Sequence[str], set[str]]:
    """What a run could change, and what was different for the next one."""
    with alone(), caller.lab(changes, ()) as lab:
        before = said(lab, LIST)
        changed = said(lab, CHANGE)
        after = said(lab, LIST)
    assert len(before) > 5
    return changed, {path for path in before | after if before.get(path) != after.get(path)}


def test_nothing_that_a_run_can_uncover_or_change_is_there_for_the_next(caller: Caller) -> None:
    assert _differences(caller, {}) == ([], set())


@pytest.mark.parametrize("guard", ["tree", "nodes", "mounts"])
def test_without_a_guard_it_is(guard: str, strongest: Caller) -> None:
    changed, different = _differences(strongest, GUARDS[guard].weaken)
    assert changed
    assert different


def _started(text: str) -> bool:
    """Whether this process has started something with that in its command line."""
    line = ["ps", "-ww", "-o", "args=", "--ppid", str(os.getpid())]
    return text in subprocess.run(line, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("name", "seen"),
    [("namespace", ""), ("machine", "qemu-system"), ("browser", "/run.mjs")],
)
def test_a_run_that_is_still_there_counts_as_left(
    name: str, seen: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    lab, path, words = laboratory_of(name).lab, Path("x.sh"), f"sleep 60.{randrange(1_000_000)}"
    program = Program(path, LANGUAGES[".sh"].commands(path, f"{words}\n"), {}, 300)
    with ThreadPoolExecutor() as pool:
        left = nothing_left(0)
        left.__enter__()
        running = pool.submit(lab.run, [program])
        wait_for(lambda: _started(seen) if seen else is_running(words))
        with pytest.raises(AssertionError, match=seen or words.replace(" ", "\0")):
            left.__exit__(None, None, None)
        lab.stop()
        assert isinstance(running.exception(), EngineError)
