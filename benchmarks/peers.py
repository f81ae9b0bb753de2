"""The same work done by peers, side by side: 50 pages of 10 `echo` snippets each.

Peers are installed by name into an environment of their own; they run snippets without any
sandbox, this engine runs each in one of its own.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from snippetlab.project import cache_directory

ROOT = Path(__file__).parent.parent
PEERS = ("mkdocs-material==9.8.1", "markdown-exec==1.12.6", "prysk==0.20.0")
PAGES, SNIPPETS = 50, 10
HEADER = '# /// snippet\n# lab = "namespace"\n# proves = "Echo echoes."\n# ///\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory:
        tasks = _tasks(Path(directory))
        times: dict[str, list[float]] = {name: [] for name in tasks}
        for _ in range(rounds):
            for name, task in tasks.items():
                times[name].append(task())
    plain = statistics.median(times["build: plain"])
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        ratio = f"{middle / plain:5.2f} × plain" if name.startswith("build") else ""
        print(f"{name:45} {min(seconds):6.3f} {middle:6.3f} {max(seconds):6.3f} s  {ratio}")


def _tasks(directory: Path) -> dict[str, Callable[[], float]]:
    peers = directory / "peers"
    venv.create(peers, with_pip=True)
    subprocess.run([peers / "bin/pip", "install", "--quiet", *PEERS], check=True)
    cache = directory / "cache"
    cache.mkdir()
    for name in ("images", "recipes"):
        (cache / name).symlink_to(cache_directory() / name)
    plain, executing, ours = (directory / name for name in ("plain", "exec", "ours"))
    _write_site(plain, "```bash\ni={n}; echo hello $i\n```\n\n```text\nhello {n}\n```\n", "")
    executed = '```bash exec="1" source="above" result="text"\ni={n}; echo hello $i\n```\n'
    _write_site(executing, executed, "plugins: [search, markdown-exec]\n")
    _write_ours(ours)
    environment = os.environ | {"SNIPPETLAB_CACHE": str(cache), "NO_MKDOCS_2_WARNING": "1"}

    def timed(command: list[str | Path], where: Path, *, cold: bool = False) -> float:
        if cold:
            shutil.rmtree(cache / "proofs", ignore_errors=True)
        began = time.perf_counter()
        subprocess.run(command, cwd=where, env=environment, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began

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


def _write_site(site: Path, block: str, configuration: str) -> None:
    (site / "docs").mkdir(parents=True)
    text = f"site_name: x\ntheme: {{ name: material, font: false }}\n{configuration}"
    text += "markdown_extensions: [pymdownx.superfences]\n"
    (site / "mkdocs.yml").write_text(text)
    for page in range(PAGES):
        here = block.replace("{chapter}", f"p{page}")
        blocks = (here.replace("{n}", str(page * SNIPPETS + n)) for n in range(SNIPPETS))
        path = site / "docs" / ("index.md" if page == 0 else f"page{page}.md")
        path.write_text(f"# Page {page}\n\n" + "\n".join(blocks))


def _write_ours(site: Path) -> None:
    _write_site(site, "```snippet\n{chapter}/echo-{n}\n```\n", "hooks: [hooks/main.py]\n")
    shutil.copytree(ROOT / "lab", site / "lab")
    shutil.copytree(ROOT / "hooks", site / "hooks")
    for number in range(PAGES * SNIPPETS):
        path = site / f"snippets/p{number // SNIPPETS}/echo-{number}.sh"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HEADER}i={number}; echo hello $i\n")


def _prysk(directory: Path) -> Path:
    tests = directory / "prysk"
    if not tests.exists():
        tests.mkdir()
        for page in range(PAGES):
            numbers = range(page * SNIPPETS, (page + 1) * SNIPPETS)
            lines = (f"  $ i={n}; echo hello $i\n  hello {n}\n" for n in numbers)
            (tests / f"page{page}.t").write_text("".join(lines))
    return tests


if __name__ == "__main__":
    main()
