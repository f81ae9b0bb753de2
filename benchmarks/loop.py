"""How long people wait: for all tests, for a check, for what they saved, for the first set-up.

python -m benchmarks.loop [ROW…] measures all, or some, and writes them with the load of the
machine and the date into the table of benchmarks/README.md. What is not measured stays as it is.
All of it takes hours: begin it on a machine that does nothing else.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from benchmarks.sites import ROOT

README = Path(__file__).with_name("README.md")
HEAD = "| row | what | aim | measured | load at the start, the end | date |"


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    aim: str
    measure: Callable[[], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}")
    names = parser.parse_args().rows or list(ROWS)
    if unknown := set(names) - ROWS.keys():
        parser.error(f"no row {', '.join(unknown)}; there are: {', '.join(ROWS)}")
    for name in names:
        row = ROWS[name]
        print(f"{name}: {row.what} …", flush=True)
        before, measured = os.getloadavg()[0], row.measure()
        load = f"{before:.1f}, {os.getloadavg()[0]:.1f}"
        cells = (f"`{name}`", row.what, row.aim, measured, load, f"{datetime.now(UTC):%Y-%m-%d}")
        README.write_text(written(README.read_text("utf-8"), cells), "utf-8")
        print(f"    {measured}; aim: {row.aim}; load {load}", flush=True)


def written(readme: str, cells: Sequence[str]) -> str:
    """The text with one row of its table anew."""
    line = f"| {' | '.join(cells)} |"
    pattern = rf"^\| {re.escape(cells[0])} \|.*$"
    replaced, count = re.subn(pattern, lambda _: line, readme, flags=re.MULTILINE)
    if count != 1:
        raise SystemExit(f"{README} has {count} rows {cells[0]} below its line\n    {HEAD}")
    return replaced


@contextmanager
def _clone(*targets: str) -> Iterator[Path]:
    """A clone of what is committed here, in which targets of make have been made."""
    with tempfile.TemporaryDirectory(prefix="loop-") as directory:
        Path(directory).chmod(0o755)  # snippets are run by another user
        clone = Path(directory) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        if targets:
            subprocess.run(["make", *targets], cwd=clone, check=True, stdout=subprocess.DEVNULL)
        yield clone


def _timed(clone: Path, *command: str, **environment: str) -> str:
    """Minutes and seconds, and what the tests came to."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=clone,
        env={k: v for k, v in os.environ.items() if k not in ("BASE", "FRESH")} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    took = time.monotonic() - began
    counted = re.findall(r"^=* ?((?:\d+ \w+(?:, )?)+) in [\d.]+s", done.stdout, re.MULTILINE)
    said = f"{_span(took)}{f': {counted[-1]}' if counted else ''}"
    if done.returncode:
        print(done.stdout[-8000:], file=sys.stderr)
        said += f" (**exit status {done.returncode}**)"
    return said


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _suite(**environment: str) -> str:
    with _clone(".venv/test", "fonts") as clone:
        return _timed(clone, ".ci/run", **environment)


def _pages() -> str:
    with _clone(".venv/test", "fonts") as clone:
        for language, text in (("ko", "잰 문장이다."), ("en", "A sentence that is measured.")):
            with (clone / f"docs/{language}/about.md").open("a", encoding="utf-8") as page:
                page.write(f"\n{text}\n")
        return _timed(clone, ".ci/run", BASE="HEAD")


def _check() -> str:
    with _clone(".venv/test", "fonts") as clone:
        first = _timed(clone, "make", "check")
        return f"{_timed(clone, 'make', 'check')}; the first time {first}"


@cache
def _saved() -> Mapping[str, str]:
    """What was saved → how soon it was seen, measured once for all rows."""
    pattern = r"^(?:a|the) (\w+) +seen after +([\d.]+) +([\d.]+) +([\d.]+) s"
    return {
        name: f"median {middle} s ({low} to {high})"
        for name, low, middle, high in re.findall(pattern, _said("saved"), re.MULTILINE)
    }


def _own_site() -> str:
    found = re.findall(r"^(\w+) +ratio +([\d.]+) ×, +([\d.]+) ×", _said("own_site"), re.MULTILINE)
    return "; ".join(f"{name} {wall} × ({cpu} × of a processor)" for name, wall, cpu in found)


def _peers() -> str:
    said = _said("peers")
    middle = {
        name.strip(): float(seconds)
        for name, seconds in re.findall(r"^(\w+: .+?) +[\d.]+ +([\d.]+) +[\d.]+ s", said, re.M)
    }
    plain, prysk = middle["build: plain"], middle["verify: prysk, one shell a page, no sandbox"]
    again = middle["build: this engine, again"] / plain
    run = middle["build: this engine, all run in sandboxes"] / plain
    verified = middle["verify: this engine, each in a sandbox"] / prysk
    return f"again {again:.2f} ×, all run {run:.2f} × plain; verify {verified:.2f} × prysk"


def _said(benchmark: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.{benchmark}"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _set_up(*targets: str, made: Sequence[str] = ()) -> str:
    """With a cache in which nothing is, as on a fresh machine."""
    with _clone(*made) as clone:
        return _timed(clone, "make", *targets, SNIPPETLAB_CACHE=str(clone.parent / "cache"))


ROWS = {
    "suite": Row("`.ci/run`, images built", "≤ 20 min", _suite),
    "pages": Row("`.ci/run` after a change of pages only", "≤ 6 min", _pages),
    "fresh": Row("`FRESH=1 .ci/run`", "≤ 30 min", lambda: _suite(FRESH="1")),
    "check": Row("`make check`", "≤ 15 s", _check),
    "page": Row("a page saved → seen", "≤ 2.5 s", lambda: _saved()["page"]),
    "snippet": Row("a snippet saved → seen", "≤ 4 s", lambda: _saved()["snippet"]),
    "glossary": Row("the glossary saved → seen", "≤ 8 s", lambda: _saved()["glossary"]),
    "navigation": Row("the navigation saved → seen", "≤ 8 s", lambda: _saved()["navigation"]),
    "site": Row("this site again / plain Material", "≤ 1.5 ×", _own_site),
    "peers": Row("500 echoes beside peers", "≤ 1.0 ×, ≤ 1.5 ×; ≤ 4 ×", _peers),
    "set-up": Row("`make site` on a fresh machine", "≤ 90 s", lambda: _set_up("site")),
    "images": Row(
        "the four images on a fresh machine",
        "≤ 10 min",
        lambda: _set_up("lab", "machines", "browser", made=[".venv/site"]),
    ),
}
"""Name → how it is measured."""

if __name__ == "__main__":
    main()
