"""How soon a restored machine answers, with how much processor, and what memory it takes."""

import argparse
import resource
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.sites import ROOT
from snippetlab.project import Project
from snippetlab.run.laboratory import open_laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    for name in ("machine", "docker", "docker-26"):
        seconds, busy = [], _processor()
        with open_laboratory(Project(ROOT), name, check=False) as laboratory, _peak() as peak:
            for _ in range(options.rounds):
                path = Path("answer.sh")
                program = Program(path, LANGUAGES[".sh"].commands(path, "uname -r\n"), {}, 30)
                began = time.perf_counter()
                laboratory.lab.run([program])
                seconds.append(time.perf_counter() - began)
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        print(f"{name:9} min {low:.2f} s  median {middle:.2f} s  max {high:.2f} s", end="")
        mean = (_processor() - busy) / options.rounds
        print(f"  processor {mean:.2f} s  QEMU at most {peak[0] / 1e6:.0f} MB of its own")


def _processor() -> float:
    """Seconds that machines have taken, of those that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _peak() -> Iterator[list[int]]:
    """The most bytes that one QEMU has had for itself, looked at every 50 ms.

    What it only reads of a saved state is the host's page cache, the same for all.
    """
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            most[0] = max(most[0], *map(_resident, Path("/proc").glob("[0-9]*/status")), 0)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def _resident(status: Path) -> int:
    """Bytes for itself, 0 if it is not QEMU."""
    try:
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["RssAnon"].split()[0]) << 10 if "qemu" in lines["Name"] else 0
    except (OSError, ValueError, KeyError):  # it ended meanwhile
        return 0


if __name__ == "__main__":
    main()
