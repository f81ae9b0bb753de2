"""What comes of a script does not depend on who runs the engine, or from where."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest

from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory, open_laboratory
from tests.engine.oracle.case import Case, Ran
from tests.engine.oracle.runs import as_snippet
from tests.hostile.caller import become_ordinary, forked
from tests.support import ROOT

# What could differ: rights, names of users, the umask, the locale, the terminal.
ASKED = Case(
    "asked.sh",
    """\
id; umask; ulimit -a; locale; env | sort
echo hi >/dev/stderr
echo x | tee /dev/stderr /dev/stdout | wc -l
ls -lL /dev/stdout /dev/stderr /dev/null | cut -d' ' -f1-4
touch made; ls -ln made . | grep -v total | cut -d' ' -f1-4
printf '%s\\n' a B 가 é | sort; printf '한글' | wc -m; printf '%.2f\\n' 1.5
tty; test -t 0; test -t 1; test -t 2; echo $TERM ${COLUMNS} $LINES $-
ls --color=auto -C /usr | head -3; stty size; tput cols
nosuchcommand; cat nothing
sleep 0 & wait $!; kill -0 1; echo $?; trap; set -o | head -3
mkdir m && mount -t tmpfs tmpfs m && umount m; hostname inside; hostname
""",
)


@pytest.fixture(scope="module")
def expected(laboratory: Laboratory) -> Ran:
    ran = as_snippet(laboratory.lab, ASKED)
    assert not ran.refusal
    return ran


def run(environment: Mapping[str, str], **how: object) -> Ran:
    """In a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.oracle.test_who"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}/hooks:{ROOT}", "PATH": os.environ["PATH"], **environment},
        stderr=subprocess.PIPE,
        **how,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stderr
    output, status = json.loads(done.stderr)
    return Ran(output.encode("latin-1"), status)


def lines(ran: Ran) -> list[str]:
    """What it printed, and how it ended, so that a difference is seen."""
    return [*ran.output.decode("utf-8", "replace").splitlines(), f"{ran.status} {ran.refusal}"]


def main() -> None:
    with open_laboratory(Project(ROOT), "namespace") as laboratory:
        ran = as_snippet(laboratory.lab, ASKED)
    print(json.dumps([ran.output.decode("latin-1"), ran.status]), file=sys.stderr)


OTHERS: Mapping[str, tuple[Mapping[str, str], Mapping[str, object]]] = {
    "locale": ({"LC_ALL": "C", "LANG": "ko_KR.EUC-KR", "PYTHONUTF8": "0"}, {}),
    "TERM": (
        {"TERM": "xterm-256color", "COLUMNS": "33", "LINES": "9", "COLORTERM": "truecolor"},
        {},
    ),
    "umask": ({}, {"umask": 0o077}),
    "nothing": ({"HOME": "/nonexistent"}, {"stdin": subprocess.DEVNULL}),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_environment(other: str, expected: Ran) -> None:
    environment, how = OTHERS[other]
    ran = run(environment, stdout=subprocess.DEVNULL, **how)
    assert lines(ran) == lines(expected)


def test_a_terminal(expected: Ran) -> None:
    ours, theirs = pty.openpty()
    try:
        ran = run({"TERM": "xterm"}, stdin=theirs, stdout=theirs, start_new_session=True)
    finally:
        os.close(ours)
        os.close(theirs)
    assert lines(ran) == lines(expected)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user(laboratory: Laboratory, expected: Ran) -> None:
    with _as_ordinary_user(lambda: as_snippet(NamespaceLab(laboratory.image), ASKED)) as ran:
        assert lines(ran) == lines(expected)


@contextmanager
def _as_ordinary_user(work: Callable[[], Ran]) -> Iterator[Ran]:
    """What comes of it in a fork that has given up being root."""
    read_end, write_end = os.pipe()
    if not (child := forked()):
        try:
            become_ordinary()
            ran = work()
            text = json.dumps([ran.output.decode("latin-1"), ran.status, ran.refusal])
            os.write(write_end, text.encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as said:
        output, status, refusal = json.load(said)
    os.waitpid(child, 0)
    yield Ran(output.encode("latin-1"), status, refusal)


if __name__ == "__main__":
    main()
