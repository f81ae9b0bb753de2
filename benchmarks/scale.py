"""How a build grows: 100, 1,000 and 10,000 `echo` snippets, ten a page; time and peak memory.

For each size: the site built plain, built with every snippet run, and built again.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.sites import ENVIRONMENT, linked_cache, workshop, write_ours, write_plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000, 10_000])
    print(f"{'snippets':>9} {'build':6} {'seconds':>9} {'MiB':>6}")
    for size in parser.parse_args().sizes:
        with workshop() as directory:
            _measure(Path(directory), size)


def _measure(directory: Path, size: int) -> None:
    cache = linked_cache(directory)
    environment = ENVIRONMENT | {"SNIPPETLAB_CACHE": str(cache)}
    plain, ours = directory / "plain", directory / "ours"
    write_plain(plain, size)
    write_ours(ours, size)
    record = [sys.executable, "-m", "snippetlab", "record"]
    subprocess.run(record, cwd=ours, env=environment, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(cache / "proofs", ignore_errors=True)
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    for name, where in (("plain", plain), ("cold", ours), ("again", ours)):
        began = time.perf_counter()
        process = subprocess.Popen(build, cwd=where, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        assert status == 0
        # Linux gives the peak of the largest process, in KiB (getrusage(2)).
        print(f"{size:9,} {name:6} {seconds:9.2f} {usage.ru_maxrss / 1024:6.0f}", flush=True)


if __name__ == "__main__":
    main()
