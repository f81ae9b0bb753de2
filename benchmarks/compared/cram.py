"""cram and prysk, which continues it: transcripts that are compared with what commands print."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.compared.tool import LONG, Ran, Tool, home_of, is_left, listening, run, write

Try = Callable[[str, Path], bool]


def _test(program: str, directory: Path, text: str, *options: str) -> Ran:
    file = write(directory / "tests/try.t", text)
    command = str(Path(sys.executable).with_name(program))
    return run([command, *options, file.name], file.parent)


def _compares(program: str, directory: Path) -> bool:
    right = _test(program, directory, "  $ echo 42\n  42\n")
    return right.held and not _test(program, directory, "  $ echo 43\n  42\n").held


def _fails(program: str, directory: Path) -> bool:
    declared = _test(program, directory, "  $ (exit 3)\n  [3]\n")
    return declared.held and not _test(program, directory, "  $ (exit 3)\n").held


def _place(program: str, directory: Path) -> bool:
    """The line is that of the difference's hunk."""
    said = _test(program, directory, "Words.\n\n  $ echo 43\n  42\n").said
    return "try.t" in said and "@@ -1,4" in said


def _session(program: str, directory: Path) -> bool:
    return _test(program, directory, "  $ X=41\n\nWords.\n\n  $ echo [$X]\n  [41]\n").held


def _files(program: str, directory: Path) -> bool:
    assert _test(program, directory, "  $ touch ~/was-here\n").held
    return not (home_of(directory) / "was-here").exists()


def _network(program: str, directory: Path) -> bool:
    with listening() as (port, has_come):
        _test(program, directory, f"  $ bash -c 'echo > /dev/tcp/127.0.0.1/{port}'\n")
        return not has_come()


def _limit(program: str, directory: Path) -> bool:
    return _test(program, directory, f"  $ sleep {LONG}\n").seconds < LONG


def _leftover(program: str, directory: Path) -> bool:
    command = "sleep 98319" if program == "cram" else "sleep 98320"
    ran = _test(program, directory, f"  $ {command} >/dev/null 2>&1 &\n")
    return not is_left(command) or not ran.held


def _varies(program: str, directory: Path) -> bool:
    return _test(program, directory, "  $ echo process $$\n  process \\d+ (re)\n").held


def _equal(program: str, directory: Path) -> bool:
    """Written for a shell that says its own number twice; now it says two."""
    text = "  $ echo process 4711; echo process {}\n  process \\d+ (re)\n  process \\d+ (re)\n"
    same, other = (text.format(number) for number in (4711, 4712))
    return _test(program, directory, same).held and not _test(program, directory, other).held


def _update(program: str, directory: Path) -> bool:
    _test(program, directory, "Words.\n\n  $ echo 43\n  42\n", "--interactive", "--yes")
    return "  43\n" in (directory / "tests/try.t").read_text(encoding="utf-8")


_TRIES: dict[str, Try] = {
    "compares": _compares,
    "fails": _fails,
    "place": _place,
    "session": _session,
    "files": _files,
    "network": _network,
    "limit": _limit,
    "leftover": _leftover,
    "varies": _varies,
    "equal": _equal,
    "update": _update,
}
TOOLS = [
    Tool(name, (name,), {feature: partial(one, name) for feature, one in _TRIES.items()})
    for name in ("cram", "prysk")
]
