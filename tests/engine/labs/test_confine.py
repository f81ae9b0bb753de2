"""The filter of system calls: each one that is named fails, and without the filter it may not."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generated.corpus import read_corpus
from snippetlab.labs.namespace import confine
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program
from tests.hostile import weak
from tests.support import ROOT

CALLS = [name for names in confine.REFUSED.values() for name in names]
OPTIONS = {
    (level, option): number
    for options in confine.OPTIONS.values()
    for level, option, number in options
}
CODE = """\
import ctypes, fcntl, json, socket

libc = ctypes.CDLL(None, use_errno=True)
seccomp = ctypes.CDLL("libseccomp.so.2")
said = {}
for name in @CALLS@:
    number = seccomp.seccomp_syscall_resolve_name(name.encode())
    if number >= 0:
        failed = libc.syscall(number, -1, -1, -1, -1, -1, -1) == -1
        said[name] = ctypes.get_errno() if failed else 0
for family in range(1, 46):
    for protocol in (0, 6, 12) if family == 16 else (0, 136, 255, 262):
        try:
            kind = socket.SOCK_RAW if family == 16 else socket.SOCK_DGRAM
            socket.socket(family, kind, protocol).close()
            said[f"{family}/{protocol}"] = 0
        except OSError as error:
            said[f"{family}/{protocol}"] = error.errno
for level, option in @OPTIONS@:
    end = socket.socket(10 if level == 41 else 2, socket.SOCK_RAW, 58 if level == 41 else 1)
    before = end.getsockopt(level, option)
    try:
        end.setsockopt(level, option, 1_000_000)
        said[f"{level}.{option}"] = -abs(end.getsockopt(level, option) - before)
    except OSError as error:
        said[f"{level}.{option}"] = error.errno
print(json.dumps(said))
"""


def _said(laboratory: Laboratory, changes: Mapping[str, Any]) -> dict[str, int]:
    path = Path("x.py")
    code = CODE.replace("@CALLS@", repr(CALLS)).replace("@OPTIONS@", repr(list(OPTIONS)))
    lab = weak.lab(laboratory.image, changes)
    try:
        program = Program(path, LANGUAGES[".py"].commands(path, code), {"x.py": code.encode()}, 10)
        said: dict[str, int] = json.loads(lab.run([program])[0].steps[0].output)
    finally:
        lab.close()
    return said


@pytest.fixture(scope="module")
def said(laboratory: Laboratory) -> dict[str, int]:
    return _said(laboratory, {})


def test_every_call_is_refused(said: dict[str, int]) -> None:
    calls = {name: number for name, number in said.items() if name in CALLS}
    assert len(calls) > 30
    assert set(calls.values()) == {1}  # EPERM


def test_only_some_families_of_sockets_exist(said: dict[str, int]) -> None:
    made = {name for name, number in said.items() if "/" in name and number == 0}
    assert made == {"1/0", "2/0", "10/0", "16/0"}
    refused = {number for name, number in said.items() if "/" in name and number}
    assert refused == {97, 93}  # EAFNOSUPPORT, EPROTONOSUPPORT


def test_options_of_sockets_are_refused_or_do_nothing(said: dict[str, int]) -> None:
    assert {(f"{level}.{n}", said[f"{level}.{n}"]) for level, n in OPTIONS} == {
        (f"{level}.{n}", number) for (level, n), number in OPTIONS.items()
    }


def test_without_the_filter_most_reach_the_kernel(laboratory: Laboratory) -> None:
    said = _said(laboratory, read_corpus(ROOT / "tests/hostile").guards["seccomp"].weaken)
    assert {"add_key", "keyctl", "request_key"} <= {n for n, number in said.items() if number != 1}
    assert len({name for name, number in said.items() if number not in (1, 97, 93)}) > 10
    assert all(said[f"{level}.{n}"] != number for (level, n), number in OPTIONS.items())


def test_calls_of_another_architecture_end_the_process(laboratory: Laboratory) -> None:
    """`int 0x80` counts as i386, whose numbers mean other calls."""
    code = (
        "import ctypes, mmap\n"
        "code = mmap.mmap(-1, 4096, prot=7)\n"
        "code.write(bytes.fromhex('b814000000cd80c3'))  # getpid() of i386\n"
        "ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()\n"
    )
    path = Path("x.py")
    commands = LANGUAGES[".py"].commands(path, code)
    program = Program(path, commands, {"x.py": code.encode()}, 10)
    with pytest.raises(Exception, match="exit status 159"):  # SIGSYS
        laboratory.lab.run([program])
