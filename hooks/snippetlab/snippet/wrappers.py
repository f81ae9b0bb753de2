"""Shells, and the programs that open one or run another program for who calls them."""

SHELLS = ("ash", "bash", "dash", "sh")
WRAPPERS = frozenset(
    (
        *("busybox", "bwrap", "capsh", "chroot", "chrt", "command", "crun", "env", "exec"),
        *("ionice", "nice", "nohup", "nsenter", "runc", "script", "setpriv", "setsid", "stdbuf"),
        *("strace", "su", "sudo", "taskset", "time", "timeout", "unshare", "watch", "xargs"),
    )
)
"""Programs that run the program named among their arguments."""


def opens_shell(words: list[str]) -> bool:
    """Whether a command of these words is nothing but a shell, however it is started."""
    asks = words[0] == "command" and words[1:2] in (["-v"], ["-V"])
    if words[-1].rpartition("/")[2] not in SHELLS or asks:
        return False
    docker = words[:2] in (["docker", "exec"], ["docker", "run"])
    return len(words) == 1 or words[0] in WRAPPERS or docker


def shell_name(words: list[str]) -> str:
    """How the shell at the end of a command is called: `bash`, or `busybox sh`."""
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-")]
    return " ".join(names[-2 if names[-2:-1] == ["busybox"] else -1 :])
