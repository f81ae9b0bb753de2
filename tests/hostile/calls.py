"""Random system calls for so many seconds, in a few processes: a snippet of test_calls.py's.

It runs on the stage only. Each process has a seed of its own, which it prints first; arguments are
random numbers, or what calls take: descriptors, paths, flags, pointers to what looks like structs.
"""

import contextlib
import ctypes
import mmap
import os
import random
import signal
import sys
import time

PROCESSES, SECONDS = 2, 0.4
LAST = 470
"""Of the numbers of system calls; those that the kernel has not, it refuses."""
IDLE = ["exit", "exit_group", "pause", "rt_sigsuspend", "rt_sigreturn", "vfork"]
IDLE += ["sync", "syncfs"]  # which would wait for the host's disks
"""Of these nothing is learned."""
PATHS = ["/", ".", "/proc", "/proc/self/ns/user", "/proc/self/ns/mnt", "/proc/1/ns/net", "/dev"]
PATHS += ["/dev/null", "/dev/pts/ptmx", "/tmp", "/tmp/x", "/root", "/proc/self/uid_map", "/etc"]
PATHS += ["/proc/self/oom_score_adj", "/proc/sys/kernel/hostname", "/usr/bin/true", "x/../y"]
KINDS = ["tmpfs", "proc", "overlay", "devpts", "sysfs", "mqueue", "cgroup2", "fuse", "ramfs"]
FLAGS = [0x10000000, 0x20000000, 0x40000000, 0x00020000, 0x04000000, 0x08000000, 0x02000000]
FLAGS += [4096, 32, 16384, 1 << 18, 1 << 19, 1 << 20, 2, 1, 0x541B, 0x80000, 0o2000000]
EDGES = [0, 1, 2, 3, 4, 9, 16, 41, 63, 64, 255, 4095, 4096, 65535, 1 << 31, (1 << 32) - 1]
EDGES += [1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, (1 << 64) - 2, (1 << 64) - 100]

libc = ctypes.CDLL(None, use_errno=True)
resolve = ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name
idle = {resolve(name.encode()) for name in IDLE}


def call_on(seed: int) -> None:
    """Until it is ended; the same seed makes the same calls."""
    chance = random.Random(seed)
    page = mmap.mmap(-1, 1 << 16)
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    words = [ctypes.create_string_buffer(text.encode()) for text in PATHS + KINDS]

    def argument() -> int:
        match chance.randrange(8):
            case 0:
                return chance.getrandbits(64)
            case 1 | 2:
                return chance.choice(EDGES)
            case 3:
                return chance.choice(FLAGS) | chance.choice([0, *FLAGS])
            case 4:
                return chance.randrange(12)
            case 5:
                return ctypes.addressof(chance.choice(words))
            case _:
                place = chance.randrange(0, 1 << 15, 8)
                numbers = [chance.choice([*EDGES, *FLAGS]) for _ in range(chance.randrange(16))]
                with_pointers = [chance.choice([n, n, start + n % 4096]) for n in numbers]
                page[place : place + 8 * len(numbers)] = b"".join(
                    n.to_bytes(8, "little") for n in with_pointers
                )
                return start + place

    while True:
        number = chance.randrange(LAST)
        if number not in idle:
            libc.syscall(*(ctypes.c_ulong(n) for n in (number, *(argument() for _ in range(6)))))


def one(seed: int) -> int:
    """A process that has others make calls, one after another, until it is ended."""
    process, turn = os.fork(), 0
    while process == 0:
        if os.fork() == 0:
            try:
                if seed % 16:  # else it also has what the shell and the engine hear, and see, of it
                    os.closerange(0, 64)
                    for _ in range(8):
                        os.open("/dev/null", os.O_RDWR)
                    libc.unshare(0x20000000)  # CLONE_NEWPID: the next is its first process
                    if child := os.fork():
                        os.waitpid(child, 0)
                        os._exit(0)
                libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
                call_on(1000 * seed + turn)
            finally:
                os._exit(0)
        with contextlib.suppress(OSError):
            os.wait()
        turn += 1
    return process


def main() -> None:
    seed, until = int(sys.argv[1]), time.monotonic() + float(sys.argv[2])
    while time.monotonic() < until:
        print("seeds", *range(seed, seed + PROCESSES), flush=True)
        running = [one(seed + n) for n in range(PROCESSES)]
        time.sleep(SECONDS)
        with contextlib.suppress(OSError):
            for process in running:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
        seed += PROCESSES
    print("over")


main()
