"""The same work done by peers, side by side: 50 pages of 10 `echo` snippets each.

Peers are installed by name into an environment of their own; they run snippets without any
sandbox, this engine runs each in one of its own. Beside the seconds, those of a processor without
the sandboxes, which on a busy machine tell more.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

from benchmarks.sites import (
    ENVIRONMENT,
    PER_PAGE,
    linked_cache,
    workshop,
    write_ours,
    write_plain,
    write_site,
)

PEERS = ("mkdocs-material==9.8.1", "markdown-exec==1.12.6", "prysk==0.20.0")
COUNT = 500
Took = tuple[float, float]
"""Seconds, and those of a processor."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with workshop() as directory:
        tasks = _tasks(Path(directory))
        times: dict[str, list[Took]] = {name: [] for name in tasks}
        for _ in range(rounds):
            for name, task in tasks.items():
                times[name].append(task())
    plain = _middle(times["build: plain"])
    for name, took in times.items():
        low, high = min(seconds for seconds, _ in took), max(seconds for seconds, _ in took)
        middle, spent = _middle(took)
        told = f"{low:6.3f} {middle:6.3f} {high:6.3f} s, {spent:6.3f} s of a processor"
        if name.startswith("build"):
            told += f"; {middle / plain[0]:5.2f} ×, {spent / plain[1]:5.2f} × plain"
        print(f"{name:45} {told}")


def _middle(took: list[Took]) -> Took:
    seconds, spent = zip(*took, strict=True)
    return statistics.median(seconds), statistics.median(spent)


def _tasks(directory: Path) -> dict[str, Callable[[], Took]]:
    peers = directory / "peers"
    venv.create(peers, with_pip=True)
    subprocess.run([peers / "bin/pip", "install", "--quiet", *PEERS], check=True)
    cache = linked_cache(directory)
    plain, executing, ours = (directory / name for name in ("plain", "exec", "ours"))
    write_plain(plain, COUNT)
    executed = '```bash exec="1" source="above" result="text"\ni={n}; echo hello $i\n```\n'
    write_site(executing, executed, COUNT, "plugins: [search, markdown-exec]\n")
    write_ours(ours, COUNT)
    environment = ENVIRONMENT | {"SNIPPETLAB_CACHE": str(cache)}

    def timed(command: list[str | Path], where: Path, *, cold: bool = False) -> Took:
        if cold:
            shutil.rmtree(cache / "proofs", ignore_errors=True)
        began, before = time.perf_counter(), _spent()
        subprocess.run(command, cwd=where, env=environment, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began, _spent() - before

    build: list[str | Path] = ["-m", "mkdocs", "build", "--quiet"]
    theirs, mine = peers / "bin/python", Path(sys.executable)
    subprocess.run(
        [mine, "-m", "snippetlab", "record"],
        cwd=ours,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    prysk: list[str | Path] = [peers / "bin/prysk", "--quiet", "."]
    return {
        "build: plain": lambda: timed([theirs, *build], plain),
        "build: markdown-exec, no sandbox": lambda: timed([theirs, *build], executing),
        "build: this engine, all run in sandboxes": lambda: timed([mine, *build], ours, cold=True),
        "build: this engine, again": lambda: timed([mine, *build], ours),
        "verify: prysk, one shell a page, no sandbox": lambda: timed(prysk, _prysk(directory)),
        "verify: this engine, each in a sandbox": lambda: timed(
            [mine, "-m", "snippetlab", "verify"], ours
        ),
    }


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _prysk(directory: Path) -> Path:
    tests = directory / "prysk"
    if not tests.exists():
        tests.mkdir()
        for page in range(COUNT // PER_PAGE):
            numbers = range(page * PER_PAGE, (page + 1) * PER_PAGE)
            lines = (f"  $ i={n}; echo hello $i\n  hello {n}\n" for n in numbers)
            (tests / f"page{page}.t").write_text("".join(lines))
    return tests


if __name__ == "__main__":
    main()
