"""Which programs a snippet calls."""

from pathlib import Path

import pytest

from generated.calls import calls
from snippetlab.project import Project
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet


def called(code: str, *others: str) -> set[str]:
    """What a script calls, beside others that make their programs known."""
    parse = LANGUAGES[".sh"].commands
    codes = {"it": code, **{f"other{n}": other for n, other in enumerate(others)}}
    commands = {id_: parse(Path("x.sh"), code + "\n") for id_, code in codes.items()}
    return {name for name, ids in calls(commands).items() if "it" in ids}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("ls -l | wc -l && id; A=1 ps", {"ls", "wc", "id", "ps"}),
        ("x=$(stat -c %i /)", {"stat"}),
        ("/usr/sbin/lsns", {"lsns"}),
        ("unshare --uts bash <<'jail'\nhostname jail\njail", {"unshare", "bash", "hostname"}),
        ("sh -c 'mount | grep tmpfs'", {"sh", "mount", "grep"}),
        ("unshare --net sh -c 'ip link; ss'", {"unshare", "sh", "ip", "ss"}),
        ("./mine; /srv/mine; $PROGRAM; ~/mine; true", {"true"}),
        ("mine() { ls; }\nmine", {"ls"}),
        ("echo ls; printf '%s' stat", {"echo", "printf"}),
        ("docker run -d busybox ls", {"docker run"}),
        ("docker --context other image ls -a", {"docker image ls"}),
        ("docker buildx imagetools inspect x", {"docker buildx imagetools"}),
    ],
)
def test_programs_are_found(code: str, names: set[str]) -> None:
    assert called(code, "ip; ss") == names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("chroot ls /bin/id", {"chroot", "id"}),
        ("unshare --map-root-user id", {"unshare", "id"}),
        ("unshare --net chroot new id", {"unshare", "chroot", "id"}),
        ("nsenter -t 1 hostname id", {"nsenter", "hostname"}),
        ("timeout 1 nobody-calls-this", {"timeout"}),
        ("time docker stop x", {"time", "docker stop"}),
    ],
)
def test_what_a_wrapper_runs_counts_if_it_is_known(code: str, names: set[str]) -> None:
    assert called(code, "ls; id; hostname; chroot x y") == names


def test_ids_are_in_order(project: Project, write: Write) -> None:
    for name in ("b/two", "a/one"):
        write(f"snippets/{name}.sh", snippet("ls\n"))
    entries = load_library(project).entries
    commands = {id_: entry.program.commands for id_, entry in entries.items()}
    assert calls(commands) == {"ls": ("a/one", "b/two")}
