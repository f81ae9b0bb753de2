"""What no lab lets into a recording, and what is said of it: see test_contract.py."""

from dataclasses import dataclass

from tests.engine.contract import TAKING_TURNS


@dataclass(frozen=True)
class Fault:
    """What a recording must not hold, and what is said of it."""

    code: str
    said: str
    """How the message begins."""
    also: tuple[str, ...] = ()
    """What else is in it."""
    everywhere: bool = False
    """Whether it is the lab's to find, not only of what all labs share."""


_ENDED = "x.sh:2: the shell ended in this step"
FAULTS = {
    "fails": Fault(
        "true\necho why >&2; (exit 3)\necho never\n",
        "x.sh:2: this step failed with exit status 3\n",
        ("| $ echo why >&2; (exit 3)\n    | why\n", "# ? 3"),
        everywhere=True,
    ),
    "succeeds": Fault("true # ? 1\n", "x.sh:1: ", ("exit status 0 instead of 1",)),
    "killed": Fault("true\nkill -9 $$\ntrue\n", _ENDED, ("exit status 137",), everywhere=True),
    "exit": Fault("true\nexit 3\ntrue\n", _ENDED, ("exit status 3",)),
    "exec": Fault("true\nexec true\ntrue\n", _ENDED),
    "errexit": Fault("true\nset -e; false\ntrue\n", _ENDED),
    "flood": Fault(
        "true\ncat /dev/zero\n",
        "x.sh:2: the snippet printed more than 1MB",
        everywhere=True,
    ),
    "never-settles": Fault(
        "true\n(echo no; exit 2) # settle: 0.3s\n",
        "x.sh:2: this step failed with exit status 2 for 0.3 s\n",
        ("\n    | no\n",),
    ),
    "step-overdue": Fault(
        "true\necho begun; sleep 600 # timeout: 1s\ntrue\n",
        "x.sh:2: this step took longer than its limit, 1 s\n",
        ("| begun\n",),
    ),
    "no-shell": Fault(
        "true\nunshare --nonsense bash <<'jail'\ntrue\njail\n",
        "x.sh:2: the shell of this step did not start",
        ("--nonsense",),
    ),
    "gone": Fault(
        "true\nunshare --uts bash <<'jail'\nexit 3\ntrue\njail\n",
        "x.sh:3: the shell ended in this step",
        ("exit status 3",),
        everywhere=True,
    ),
    "taken": Fault(
        "unshare --uts bash <<'jail'\ncat\ntrue\njail\n",
        "x.sh:2: a program of this step reads the lines after it",
        everywhere=True,
    ),
    "unfinished": Fault(
        "shopt -s expand_aliases\nalias into='echo a |'\ninto\ncat\n",
        "x.sh:3: bash reads the lines after this step as a part of it",
        everywhere=True,
    ),
    "forged": Fault("sh <<'in'\necho 'done 1 0' >&9\ntrue\nin\n", "x.sh:2: a report"),
    "terminal": Fault(
        "test -d /run/lab || exit 1\n"
        + TAKING_TURNS.replace("# terminal: jail\nhostname", "# terminal: jail\nkill -9 $$"),
        "x.sh:",
        ("takes turns with this one has ended early",),
        everywhere=True,
    ),
}
LISTEN = 'import socket, time; s = socket.create_server(("", 80)); time.sleep(6000)'
LEAKS = {
    "process": ("sleep 6000 &", "sleep 6000"),
    "mount": ("mkdir m; mount -t tmpfs tmpfs m", "tmpfs on /root/m"),
    "namespace": ("ip netns add web", "/run/netns/web"),
    "file": ("touch /run/x", "/run/x"),
    "port": (
        f"python3 -c '{LISTEN}' & until ss -tln | grep -q :80; do sleep 0.1; done",
        "tcp port 80",
    ),
}
"""Kind → what leaves one behind, and what it is called."""
