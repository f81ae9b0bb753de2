"""Shells, and the programs that open one or run another program for who calls them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

SHELLS = ("ash", "bash", "dash", "sh")
_PROMPTING = (*SHELLS, "fish", "ksh", "mksh", "rbash", "zsh")
"""These too would read what is typed."""


def _values(text: str) -> dict[str, int]:
    """Option → how many words follow it, one unless it says otherwise (`--bind:2`)."""
    parted = (option.partition(":") for option in text.split())
    return {option: int(number or 1) for option, _, number in parted}


@dataclass(frozen=True)
class _Wrapper:
    """How a program is told which one to run."""

    values: Mapping[str, int] = field(default_factory=dict)
    operands: int = 0
    """Words before the program, options left out."""
    refuses: tuple[str, ...] = ()
    """Options with which it runs none."""
    passes: bool = True
    """Whether the program reads what the wrapper is given to read."""
    flags: str = ""
    """The letters of its options, where it runs nothing for any other: a builtin of bash."""


_UNSHARE = "-G -R -S -w --boottime --map-group --map-groups --map-user --map-users --monotonic"
_UNSHARE += " --propagation --root --setgid --setgroups --setuid --wd"
_BWRAP = "--args --bind-data:2 --bind-try:2 --bind:2 --bind-fd:2 --block-fd --cap-add --cap-drop"
_BWRAP += " --chdir --chmod:2 --dev --dev-bind-try:2 --dev-bind:2 --dir --exec-label --file:2"
_BWRAP += " --file-label --gid --hostname --info-fd --json-status-fd --lock-file --mqueue --perms"
_BWRAP += " --proc --ro-bind-data:2 --ro-bind-try:2 --ro-bind:2 --remount-ro --seccomp --setenv:2"
_BWRAP += " --size --symlink:2 --sync-fd --tmpfs --uid --unsetenv --userns --userns2 --pidns"
_SETPRIV = "--ambient-caps --apparmor-profile --bounding-set --egid --euid --gid --groups"
_SETPRIV += (
    " --inh-caps --pdeathsig --regid --reuid --rgid --ruid --securebits --selinux-label --uid"
)
_RUNC = "--root --log --log-format -b --bundle --console-socket --cwd -e --env -u --user"
_RUNC += " --pid-file --cap -p --process --preserve-fds"
_SUDO = "-C -D -g -h -p -R -r -t -T -U -u --chdir --chroot --close-from --group --host --prompt"
_SUDO += " --role --type --user"
WRAPPERS: Mapping[str, _Wrapper] = {
    "busybox": _Wrapper(refuses=("--list", "--help", "--install")),
    "bwrap": _Wrapper(_values(_BWRAP)),
    "capsh": _Wrapper(),
    "chroot": _Wrapper(operands=1),
    "chrt": _Wrapper(_values("-T -P -D"), operands=1),
    "command": _Wrapper(flags="p"),
    "crun": _Wrapper(_values(_RUNC), operands=2),
    "env": _Wrapper(_values("-u -C -S --unset --chdir --split-string")),
    "exec": _Wrapper(_values("-a"), flags="acl"),
    "ionice": _Wrapper(_values("-c -n -p -P -u --class --classdata")),
    "nice": _Wrapper(_values("-n --adjustment")),
    "nohup": _Wrapper(),
    "nsenter": _Wrapper(_values("-t -S -G -W --target --setuid --setgid")),
    "runc": _Wrapper(_values(_RUNC), operands=2),
    "script": _Wrapper(_values("-c -E -I -O -B -T -m -o"), operands=1, passes=False),
    "setpriv": _Wrapper(_values(_SETPRIV)),
    "setsid": _Wrapper(),
    "stdbuf": _Wrapper(_values("-i -o -e --input --output --error")),
    "strace": _Wrapper(_values("-a -b -e -E -I -o -O -p -P -s -S -u -U -X")),
    "su": _Wrapper(_values("-g -G -s -w -c --group --shell --command"), refuses=("-c",)),
    "sudo": _Wrapper(_values(_SUDO), refuses=("-l", "-v", "-e")),
    "taskset": _Wrapper(operands=1, refuses=("-p",)),
    "time": _Wrapper(_values("-f -o --format --output")),
    "timeout": _Wrapper(_values("-k -s --kill-after --signal"), operands=1),
    "unshare": _Wrapper(_values(_UNSHARE)),
    "watch": _Wrapper(_values("-n --interval"), passes=False),
    "xargs": _Wrapper(_values("-a -d -E -I -L -n -P -s"), passes=False),
}
"""Programs that run the program named among their arguments."""
_ENGINES = ("docker", "nerdctl", "podman")
_ELSEWHERE = (*_ENGINES, "docker-compose", "incus", "kubectl", "lxc", "machinectl", "ssh")
"""They start a shell that is no process of the lab's, or not one of its namespaces."""
_GLOBAL = _values("-c -H -l --config --context --host --log-level --connection --url --root")
_COMPOSE = _values("-f -p --ansi --env-file --file --parallel --profile --progress --project-name")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(\[.*\])?\+?=", re.DOTALL)
_FLAGS = re.compile(
    r"-[dDiPqtT]+|--(build|detach|disable-content-trust|init|interactive|no-deps|no-healthcheck"
    r"|no-TTY|oom-kill-disable|privileged|publish-all|quiet|quiet-pull|read-only|remove-orphans"
    r"|replace|rm|service-ports|sig-proxy|tls-verify|tty|use-aliases)"
)
"""Options of `run` and `exec` that no value follows."""


def opens_shell(words: Sequence[str]) -> bool:
    """Whether a command of these words is nothing but a shell that reads what is typed."""
    words = _unassigned(words)
    if _is_login(words) or _in_container(words):
        return True
    return bool(started := _started(words)) and _is_bare(started)


def reader(words: Sequence[str]) -> str:
    """The shell that reads a here-document of this command: `bash`, `busybox sh`; none: ""."""
    started = _started(_unassigned(words), needs_input=True)
    if started and _base(started[0]) not in (*SHELLS, *_ELSEWHERE):
        # A wrapper of the snippet's own, or one that is not known here.
        last = max((n for n, word in enumerate(started) if not word.startswith("-")), default=0)
        started = started[last:]
    if not started or _base(started[0]) not in SHELLS or not _reads(started):
        return ""
    name = _base(started[0])
    before = words[: len(words) - len(started)]
    return f"busybox {name}" if before and _base(before[-1]) == "busybox" else name


def _base(word: str) -> str:
    return word.rpartition("/")[2]


def _unassigned(words: Sequence[str]) -> Sequence[str]:
    """Without the variables before the program."""
    first = (n for n, word in enumerate(words) if not _ASSIGNMENT.match(word))
    return words[next(first, len(words)) :]


def _operands(words: Sequence[str], values: Mapping[str, int]) -> Iterator[int]:
    """The indices of the words that are neither options nor their values."""
    number = 0
    while number < len(words):
        word = words[number]
        if word == "--":
            yield from range(number + 1, len(words))
            return
        if word.startswith("-") and word != "-":
            number += values.get(word, 0)
        else:
            yield number
        number += 1


def _started(words: Sequence[str], *, needs_input: bool = False) -> Sequence[str]:
    """The words of the program that all the wrappers around it run in the end."""
    while words and (wrapper := WRAPPERS.get(_base(words[0]))):
        rest = words[1:]
        if not wrapper.passes and needs_input:
            return ()
        operands = list(_operands(rest, wrapper.values))
        options = rest[: operands[0]] if operands else rest
        if any(word in wrapper.refuses for word in options):
            return ()
        given = [word for word in options if word.startswith("-")]
        if wrapper.flags and not all(re.fullmatch(f"-[{wrapper.flags}]+|--", one) for one in given):
            return ()
        if _base(words[0]) == "su":
            return ()
        operands = [n for n in operands if not (_base(words[0]) == "env" and "=" in rest[n])]
        words = rest[operands[wrapper.operands] :] if len(operands) > wrapper.operands else ()
    return words


def _reads(words: Sequence[str]) -> bool:
    """Whether this shell takes its commands from what it is given to read."""
    options = _values("-o -O +o +O --rcfile --init-file")
    operands = list(_operands(words[1:], options))
    given = words[1:][: operands[0]] if operands else words[1:]
    short = [word for word in given if re.fullmatch(r"-[A-Za-z]+", word)]
    if any("c" in word for word in short) or {"--help", "--version"} & {*given}:
        return False
    return not operands or words[1:][operands[0]] == "-" or any("s" in word for word in short)


def _is_bare(words: Sequence[str]) -> bool:
    return _base(words[0]) in _PROMPTING and _reads(words)


def _is_login(words: Sequence[str]) -> bool:
    """`su`, `sudo -i` and `sudo -s`, if no command is given to them."""
    if not words or words[0] not in ("su", "sudo"):
        return False
    rest, wrapper = words[1:], WRAPPERS[words[0]]
    if words[0] == "su":
        return not any(re.match(r"-\w*c|--command", word) for word in rest)
    asked = any(re.fullmatch(r"-\w*[is]|--login|--shell", word) for word in rest)
    return asked and not list(_operands(rest, wrapper.values))


def _in_container(words: Sequence[str]) -> bool:
    """`docker run -it image sh` and its like."""
    name = _base(words[0]) if words else ""
    rest, compose = list(words[1:]), name == "docker-compose"
    if name not in (*_ENGINES, "docker-compose"):
        return False
    for values in (_COMPOSE,) if compose else (_GLOBAL, {}, _COMPOSE):
        first = next(_operands(rest, values), len(rest))
        rest = rest[first:]
        if rest[:1] in (["container"], ["compose"]):
            compose = compose or rest[0] == "compose"
            del rest[0]
    if rest[:1] not in (["run"], ["exec"]):
        return False
    given, rest = [], rest[1:]
    while rest and rest[0].startswith("-"):
        given.append(rest[0])
        del rest[: 1 if "=" in rest[0] or _FLAGS.fullmatch(rest[0]) else 2]
    short = "".join(word[1:] for word in given if re.fullmatch("-[A-Za-z]+", word))
    if "d" in short or "--detach" in given or (compose and ("T" in short or "--no-TTY" in given)):
        return False
    typed = compose or "i" in short or "--interactive" in given
    return typed and len(rest) > 1 and _is_bare(rest[1:])
