"""What every lab promises, as snippets and what must come of them: see test_contract.py."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from snippetlab.registry import LABS
from snippetlab.snippet import bash
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

KINDS = list({lab.opener: name for name, lab in reversed(LABS.items())}.values())[::-1]
"""One lab of each kind: the docker lab is the machine lab with another disk."""
PATIENT = 300.0
"""Seconds that nothing here takes, however busy the machine."""


def program(
    code: str,
    name: str = "x.sh",
    timeout: float = PATIENT,
    leaves: Iterable[str] = (),
    *,
    terminal: bool = False,
) -> Program:
    path = Path(name)
    files = {"data.txt": b"data\n"}
    commands = bash.parse(path, code)
    return Program(path, commands, files, timeout, leaves=frozenset(leaves), terminal=terminal)


# What runs, and of each of its steps: prompt, output, status.
Part = tuple[str, Sequence[tuple[str, str | bytes, int]]]
EVERY = bytes(b for b in range(256) if b not in b"\b\r")
"""A terminal goes back at the other two."""


def _plain(code: str, output: str | bytes = "", status: int = 0) -> Part:
    return code, [("$", output, status)]


TAKING_TURNS = """\
unshare --uts bash <<'jail'
hostname jail
# terminal: host
hostname
sh <<'deep'
echo deep
deep
# terminal: jail
hostname
# terminal: host
y=1; (exit 3) # ? 3
jail
hostname; echo $y
"""
FIRST: Sequence[Part] = [
    # One shell from step to step, which knows how the last one ended.
    *(_plain("mkdir d; cd d"), _plain("pwd", "/root/d\n"), _plain("x=1")),
    *(_plain("f() { echo f$x; }"), _plain("f", "f1\n")),
    *(_plain("false # ? 1", status=1), _plain("echo $?", "1\n")),
    _plain("for i in 1 2; do echo o$i; echo e$i >&2; done", "o1\ne1\no2\ne2\n"),
    # Nothing of the engine's stands between two commands.
    *(_plain("false | true"), _plain('echo "${PIPESTATUS[@]}" $_', "1 0 e2\n")),
    *(_plain("exec 9>f9; echo 9 >&9; exec 9>&-"), _plain("cat f9; rm f9", "9\n")),
    *(_plain("trap 'echo err' ERR"), _plain("false # ? 1", "err\n", 1), _plain("trap - ERR")),
    *(_plain("set -eu"), _plain("[ -f none ] && echo y # ? 1", status=1), _plain("set +eu")),
    *(_plain("set -x"), _plain("echo a", "+ echo a\na\n"), _plain("set +x", "+ set +x\n")),
    *(_plain("declare -F", "declare -f f\n"), _plain("echo $0 $-", "x.sh hB\n")),
    _plain("ls /proc/$$/fd", "0\n1\n2\n255\n"),
    # What looks like a prompt is output, and bytes are what they are.
    _plain(r"printf '$ rm -rf /\n? 3\njail# id\n'", "$ rm -rf /\n? 3\njail# id\n"),
    _plain(r"printf '1%%\r50%%\r100%%\nabc\rX\n'", "100%\nXbc\n"),
    _plain("printf '" + "".join(rf"\{b:03o}" for b in EVERY).replace("%", "%%") + "'", EVERY),
    _plain(r"head -c 20000 /dev/zero | tr '\0' x", b"x" * 20_000),
    # What comes late belongs to the step in which it comes.
    _plain("(until test -e go; do sleep 0.1; done; echo late) &"),
    *(_plain("echo first", "first\n"), _plain("touch go; wait", "late\n"), _plain("rm go")),
    # The environment: files, no input, no way out, nothing of the caller's.
    *(_plain("ls ~", "d\ndata.txt\n"), _plain("cat ~/data.txt", "data\n")),
    *(_plain("cat"), _plain("read -r line # ? 1", status=1), _plain("test -t 1 # ? 1", status=1)),
    _plain("cut -f 2 /proc/net/route | grep -x 00000000 # ? 1", status=1),
    _plain("date +%Z; id -u; umask", "UTC\n0\n0022\n"),
    _plain(
        "echo $HOME $USER $LC_ALL $COLUMNS $TERM $TZ ${SECRET-none}",
        "/root root C.UTF-8 80 dumb UTC none\n",
    ),
    # What may settle is tried until it ends as it is to, and no more.
    *(_plain("(sleep 0.3; touch ready) &"), _plain("ls ready # settle: 300s", "ready\n")),
    *(_plain("echo x >>f # settle: 300s"), _plain("cat f", "x\n"), _plain("wait")),
    (
        "unshare --uts bash <<'jail'\nhostname jail\nhostname\njail",
        [("$", "", 0), ("jail#", "", 0), ("jail#", "jail\n", 0)],
    ),
    _plain("hostname", "lab\n"),
    # Nothing is left where it ended, was taken down, or is the snippet's own.
    *(_plain("sleep 6000 & kill $!"), _plain("mkdir m; mount -t tmpfs tmpfs m; umount m")),
    _plain("touch /tmp/x; rm /tmp/x; touch ~/kept"),
    *(_plain("hostname moved"), _plain("false # ? 1", status=1)),
]
TURNS: Sequence[Part] = [
    _plain("test -d /run/lab || exit 1"),
    (
        TAKING_TURNS.rstrip("\n"),
        [
            *(("$", "", 0), ("jail#", "", 0), ("$", "lab\n", 0), ("$", "", 0)),
            *(("deep#", "deep\n", 0), ("jail#", "jail\n", 0), ("$", "", 3), ("$", "lab\n1\n", 0)),
        ],
    ),
]
"""Two terminals."""
_SELECT = "import select, sys; select.select([0], [], []); print(sys.stdin.readline(), end='')"
_EPOLL = "import select; p = select.epoll(); p.register(0, 1); p.poll(); print(input('Say: '))"
_THREAD = "import threading; threading.Thread(target=lambda: print(input('Say: '))).start()"
TERMINAL = rf"""$ test -t 0 && test -t 1 && test -t 2 && tty | tr -d '0-9'
/dev/pts/
$ stty size; echo $TERM $COLUMNS
24 80
linux 80
$ sleep 0.2; printf 'a\nb\n'; ls --color=auto -d ~/..
a
b
\x1b[0m\x1b[01;34m/root/..\x1b[0m (esc)
$ read -p 'Go on? ' answer
Go on? yes
< yes
$ echo $answer
yes
$ read -s -p 'Password: ' answer; echo; echo "$answer"
Password:\x20 (esc)
< a b\x21
a b!
$ rm -i ~/data.txt
rm: remove regular file '/root/data.txt'? n
< n
$ cat
one
< one
one
two
< two
two
< ^D
$ for i in 1 2; do read -p "$i? " x; sleep 0.1; echo $x; done
1? a
< a
a
2? b
< b
b
$ read -n 1 -p 'Key: ' x; echo
Key: y
< y\c
$ (read x </dev/tty; echo $x) </dev/null
z
< z
z
$ read x; echo "[$x]"
<

[]
$ trap 'echo caught' INT; cat; true
^Ccaught
< ^C
$ trap - INT; python3 -c "{_SELECT}"
s
< s
s
$ python3 -c "{_EPOLL}"
e
< e
Say: e
$ python3 -c "{_THREAD}"
Say: t
< t
t
$ (sleep 6000 &); ls /proc/$$/fd >fds; xargs <fds; rm fds
0 1 2 255
"""
"""The transcript of a script at a terminal."""
SECOND: Sequence[Part] = [
    _plain("ls", "d\ndata.txt\nkept\n"),
    _plain("hostname; echo ${x-unset}; pwd; echo $?", "moved\nunset\n/root\n0\n"),
]
"""After it, in the same instance of the lab, and a shell of its own."""
OTHER: Sequence[Part] = [_plain("ls", "data.txt\n"), _plain("hostname", "lab\n")]
"""In another instance."""
CLOCK = "date +%s\ncat /proc/sys/kernel/random/uuid\n"
"""Steps of whoever runs at the same time."""


def code_of(parts: Sequence[Part]) -> str:
    return "".join(f"{code}\n" for code, _ in parts)


def script_of(transcript: str) -> str:
    """The script that has this transcript."""
    lines = []
    for step in Transcript.loads(transcript).steps:
        lines.append(f"{step.command} # ? {step.status}")
        lines += [f"# typed: {typed.text}" for typed in step.typed]
    return "".join(f"{line}\n" for line in lines)


def told_of(parts: Sequence[Part]) -> list[tuple[str, bytes, int]]:
    return [
        (prompt, output if isinstance(output, bytes) else output.encode(), status)
        for _, told in parts
        for prompt, output, status in told
    ]
