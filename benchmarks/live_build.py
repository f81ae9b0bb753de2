"""What running the snippets costs a build: live against recorded, in alternation."""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.sites import ENVIRONMENT, ROOT, linked_cache, workshop
from snippetlab.project import Project
from snippetlab.snippet.library import load_library

COPIED = ("docs", "hooks", "lab", "snippets")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--snippets", type=int, default=20, help="how many run (20)")
    options = parser.parse_args()
    times: dict[str, list[float]] = {"recorded": [], "live": []}
    with workshop() as directory:
        chosen = _choose(options.snippets)
        site = _site_with(chosen, Path(directory))
        cache = linked_cache(Path(directory))
        for _ in range(options.rounds):
            for mode, seconds in times.items():
                shutil.rmtree(cache / "proofs", ignore_errors=True)
                seconds.append(_build(mode, site, cache))
    for mode, seconds in times.items():
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        print(f"{mode:9} min {low:.3f} s  median {middle:.3f} s  max {high:.3f} s")
    ratio = statistics.median(times["live"]) / statistics.median(times["recorded"])
    print(f"running {len(chosen)} snippets costs {100 * (ratio - 1):+.1f} %")


def _choose(count: int) -> set[str]:
    """Ids of namespace snippets on isolation, evenly spaced in their order; then of others."""
    entries = load_library(Project(ROOT)).entries
    ids = [id_ for id_, entry in entries.items() if entry.snippet.lab == "namespace"]
    isolation = [id_ for id_ in ids if id_.startswith("isolation/")]
    if count <= len(isolation):
        return {isolation[i * len(isolation) // count] for i in range(count)}
    return set(ids[:count]) if count < len(ids) else set(ids)


def _site_with(chosen: set[str], directory: Path) -> Path:
    """A copy of the Korean site whose pages show only the chosen snippets."""
    site = directory / "site"
    for name in COPIED:
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "mkdocs.yml", site)
    for page in (site / "docs/ko").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        text = re.sub(
            r"^```snippet\n(\S+)[\s\S]*?^```$",
            lambda found: found[0] if found[1] in chosen else "",
            text,
            flags=re.MULTILINE,
        )
        page.write_text(text, encoding="utf-8")
    return site


def _build(mode: str, site: Path, cache: Path) -> float:
    environment = ENVIRONMENT | {"SNIPPETS": mode, "SNIPPETLAB_CACHE": str(cache)}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    began = time.perf_counter()
    subprocess.run(command, cwd=site, env=environment, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
