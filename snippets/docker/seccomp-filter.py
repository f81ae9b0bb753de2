"""Which system calls the seccomp filter of a process lets through: python3 seccomp-filter.py PID"""

import ctypes
import os
import re
import struct
import sys
import textwrap
from collections import defaultdict

ATTACH, DETACH, GET_FILTER = 16, 17, 0x420C
ALLOW, ERRNO = 0x7FFF, 0x0005
ARCHITECTURE = 0xC000003E  # x86-64
HEADER = "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"

ptrace = ctypes.CDLL(None, use_errno=True).ptrace
ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
ptrace.restype = ctypes.c_long


def read_filter(pid):
    """The instructions: code, jump if true, jump if false, operand."""
    if ptrace(ATTACH, pid, None, None):
        raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(pid, 0)
    count = ptrace(GET_FILTER, pid, 0, None)
    if count < 0:
        raise OSError(ctypes.get_errno(), "no filter")
    program = ctypes.create_string_buffer(8 * count)
    ptrace(GET_FILTER, pid, 0, program)
    ptrace(DETACH, pid, None, None)
    return list(struct.iter_unpack("HBBI", program.raw))


def answer(program, number):
    """What the filter returns for a call, and whether it looked at an argument for that."""
    data = struct.pack("IIQ6Q", number, ARCHITECTURE, 0, *[0] * 6)
    at, loaded, looked = 0, 0, False
    while True:
        code, true, false, operand = program[at]
        at += 1
        if code == 0x20:  # load a word
            (loaded,) = struct.unpack_from("I", data, operand)
            looked |= operand >= 16
        elif code == 0x54:
            loaded &= operand
        elif code == 0x05:
            at += operand
        elif code == 0x06:
            return operand, looked
        else:
            holds = {
                0x15: loaded == operand,
                0x25: loaded > operand,
                0x35: loaded >= operand,
                0x45: loaded & operand,
            }[code]
            at += true if holds else false


program = read_filter(int(sys.argv[1]))
calls = defaultdict(list)
for name, number in re.findall(r"#define __NR_(\w+) (\d+)", open(HEADER).read()):
    value, looked = answer(program, int(number))
    if looked:
        calls["decided by an argument"].append(name)
    elif value >> 16 == ALLOW:
        calls["allowed"].append(name)
    elif value >> 16 == ERRNO:
        calls[f"refused: {os.strerror(value & 0xFFFF)}"].append(name)
for kind, names in sorted(calls.items()):
    print(len(names), kind)
    if kind != "allowed":
        print(textwrap.indent(textwrap.fill(" ".join(sorted(names)), 68), "    "))
