"""Where each command of a script ends, as bash says itself: nothing is executed. Linux only.

`bash -n` reads the script from a FIFO, which cannot seek: it asks for a line when it needs one,
and where it does so in no command's midst (`current_command_line_count`, a variable that bash
exports, is 0), a command has ended.

    python3 -m tests.engine.snippet.bash_reads FILE …

says for each file whether the engine's reader agrees.
"""

import fcntl
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import pairwise
from pathlib import Path

from snippetlab.labs.machine.facts import Bash
from snippetlab.snippet.expansions import DeepError
from snippetlab.snippet.lines import IncompleteError
from snippetlab.snippet.parts import parts
from snippetlab.snippet.tokens import UnexpectedError

_BASH = "/bin/bash"
_SETPIPE_SZ = 1031
_PATIENCE = 60_000
"""Milliseconds for a line."""
_OF_A_LINE = 2048
"""Bytes written at once; a pipe of one page takes them when it is writable."""


def taken(code: str) -> list[range] | None:
    """The rows of each command; None where bash finds a syntax error.

    Lines without a command are left out. Patterns such as `!(…)` are allowed where they are needed.
    """
    rows = _taken(code)
    return _taken(code, "-O", "extglob") if rows is None else rows


def found(code: str) -> list[range] | str:
    """The same by the engine's reader, or what it refuses."""
    try:
        return [part.rows for part in parts(code) if part.is_command]
    except (DeepError, IncompleteError, UnexpectedError) as error:
        return f"{type(error).__name__}: {error}"


def _taken(code: str, *options: str) -> list[range] | None:
    lines = [line + b"\n" for line in code.encode(errors="surrogateescape").split(b"\n")]
    lines[-1] = lines[-1][:-1]
    # The first byte of a line must not end it, or bash would be further than what it is asked.
    lines = [b" \n" if line == b"\n" else line for line in lines if line]
    if not lines:
        return []  # with nobody to write, bash would wait for ever
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        fifo = f"{directory}/script"
        os.mkfifo(fifo)
        both = os.open(fifo, os.O_RDWR)
        fcntl.fcntl(both, _SETPIPE_SZ, 4096)
        pipe = os.open(fifo, os.O_WRONLY)
        said = stack.enter_context(tempfile.TemporaryFile())
        process = stack.enter_context(
            subprocess.Popen(
                [_BASH, "-n", *options, fifo],
                env={"LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stderr=said,
            )
        )
        starts = list(_starts(process, lines, pipe, both))
        said.seek(0)
        complaint = said.read()
    if process.returncode or any(word in complaint for word in (b"syntax", b"unexpected", b"cond")):
        return None
    rows = (range(*pair) for pair in pairwise((*starts, len(lines))))
    return [some for some in rows if not all(map(_is_blank, lines[some.start : some.stop]))]


def _is_blank(line: bytes) -> bool:
    return line.strip(b" \t\n\\")[:1] in (b"", b"#")


def _starts(
    process: subprocess.Popen[bytes], lines: list[bytes], pipe: int, both: int
) -> Iterator[int]:
    """The rows for which bash asks when no command is unfinished."""
    exited = os.pidfd_open(process.pid)
    poll = select.poll()
    poll.register(pipe, select.POLLOUT)
    poll.register(exited, select.POLLIN)
    bash = Bash()
    with suppress(BrokenPipeError):
        for row, line in enumerate(lines):
            os.write(pipe, line[:1])
            if exited in dict(poll.poll(_PATIENCE)):
                break
            if not bash.known:  # bash has opened the FIFO: it has read from it
                os.close(both)
                bash.look_into(process.pid)
            if not bash.fact("unfinished"):
                yield row
            for first in range(1, len(line), _OF_A_LINE):
                poll.poll(_PATIENCE)
                os.write(pipe, line[first : first + _OF_A_LINE])
    for descriptor in (pipe, exited, *([] if bash.known else [both])):
        os.close(descriptor)
    bash.close()
    process.wait()


def main(names: list[str]) -> None:
    """Compare files."""
    for name in names:
        code = Path(name).read_bytes().decode(errors="surrogateescape")
        by_bash, by_engine = taken(code), found(code)
        agrees = by_bash == by_engine or (by_bash is None and isinstance(by_engine, str))
        print(name, "same" if agrees else f"bash: {by_bash} engine: {by_engine}")


if __name__ == "__main__":
    main(sys.argv[1:])
