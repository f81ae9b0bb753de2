"""`verify --untrusted` runs nothing where a guard of the list is missing, and names it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

from snippetlab.cli import main
from snippetlab.labs import weakness
from snippetlab.labs.cgroup import FILES, NETWORK, Cgroup, Cgroups
from snippetlab.labs.namespace import guard
from snippetlab.labs.namespace.guard import Guard
from snippetlab.project import Project, cache_directory
from snippetlab.run.laboratory import Laboratory
from tests.hostile.caller import become_ordinary, forked
from tests.support import snippet

cure = pytest.mark.cure
Verified = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["root", "user"] if os.geteuid() == 0 else ["user"])
def verified(
    request: pytest.FixtureRequest,
    laboratory: Laboratory,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Verified]:
    """Status, output and errors of `verify` where a snippet is recorded, by root and by a user."""
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(cache_directory()))
    with tempfile.TemporaryDirectory(dir="/var/tmp") as place:
        Path(place).chmod(0o755)
        root = shutil.copytree(project.root, Path(place, "checkout"))
        root.chmod(0o755)
        monkeypatch.chdir(root)
        (root / "snippets/a").mkdir()
        (root / "snippets/a/x.sh").write_text(snippet("echo ran\n"))
        assert main(["record"]) == 0

        def verify(*options: str) -> tuple[int, str, str]:
            with ExitStack() as stack:
                out, err = (stack.enter_context(tempfile.TemporaryFile("w+")) for _ in range(2))
                if (process := forked()) == 0:
                    status = 70
                    try:
                        if request.param == "user" and os.geteuid() == 0:
                            become_ordinary()
                        with redirect_stdout(out), redirect_stderr(err):
                            status = main(["verify", *options])
                        out.flush()
                        err.flush()
                    finally:
                        os._exit(status)
                _, ended = os.waitpid(process, 0)
                out.seek(0)
                err.seek(0)
                return os.waitstatus_to_exitcode(ended), out.read(), err.read()

        yield verify


class _Uncounted:
    """A control group of which only the engine's view is there."""

    def limit(self, memory: int) -> None: ...
    def remove(self) -> bool:
        return True

    def kills(self) -> int:
        return 0


@dataclass(frozen=True)
class Pretended(Cgroups):
    """Control groups that have these files."""

    names: frozenset[str] = frozenset({NETWORK, *(files.swap for files in FILES.values())})

    def create(self, _: int) -> Cgroup:
        return cast(Cgroup, _Uncounted())

    def files(self) -> set[str]:
        return {*self.names}


WHOLE = Pretended(Path("/"), 2)


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """What groups, what kernel and what swap this machine has."""
    place = Path(tempfile.mkdtemp(dir="/var/tmp"))
    place.chmod(0o755)

    def have(
        found: Cgroups | None = WHOLE, started: str = "quiet\n", swaps: str = "Filename\n"
    ) -> None:
        monkeypatch.setattr(guard, "find_cgroups", lambda: found)
        for name, text in (("_STARTED", started), ("_SWAPS", swaps)):
            (place / name).write_text(text)
            monkeypatch.setattr(weakness, name, place / name)

    yield have
    shutil.rmtree(place)


@pytest.mark.parametrize(
    ("lacking", "named", "advised", "mended"),
    [
        pytest.param(
            {"found": None},
            "memory: per process only",
            "systemd-run --user --scope --property=Delegate=yes -- snippetlab",
            {"found": WHOLE},
            marks=cure("control-group"),
            id="groups",
        ),
        pytest.param(
            {"started": "quiet cgroup.memory=nobpf,nokmem panic=1\n"},
            "not to count its own (cgroup.memory=nobpf,nokmem)",
            "without cgroup.memory=nobpf,nokmem.",
            {"started": "quiet panic=1\n"},
            marks=cure("count-kernel"),
            id="kernel",
        ),
        pytest.param(
            {"started": "cgroup.memory=nosocket\n"},
            "not to count its own",
            "without cgroup.memory=nosocket.",
            {"started": "\n"},
            id="sockets",
        ),
        pytest.param(
            {"found": replace(WHOLE, version=1, names=frozenset({FILES[1].swap}))},
            "sockets of TCP and UDP has no limit",
            "systemd.unified_cgroup_hierarchy=1",
            {"found": replace(WHOLE, names=frozenset({FILES[2].swap}))},
            marks=cure("count-sockets"),
            id="buffers",
        ),
        pytest.param(
            {"found": replace(WHOLE, names=frozenset()), "swaps": "Filename\n/swap file 9 0 -2\n"},
            "swapped out has no limit",
            "sudo swapoff --all",
            {"found": replace(WHOLE, names=frozenset())},
            marks=cure("count-swap"),
            id="swap",
        ),
    ],
)
def test_what_is_not_counted_is_named_and_mended(
    lacking: dict[str, Any],
    named: str,
    advised: str,
    mended: dict[str, Any],
    verified: Verified,
    groups: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    groups(**lacking)
    status, out, err = verified("--untrusted")
    assert (status, out) == (1, "")
    assert "the namespace lab does not hold untrusted code: memory: " in err
    assert named in err
    assert advised in err
    assert verified()[0] == 0  # what somebody has read
    main(["lab", "status"])
    assert named in capsys.readouterr().out
    groups(**mended)
    assert verified("--untrusted")[0] == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("sockets.c", "SECCOMP_SET_MODE_FILTER", "99", "the filter: Invalid argument"),
        ("tree.c", "user/max_net_namespaces", "user/none", "/proc/sys/user/none"),
        ("tree.c", "SYS_mount_setattr", "9999", "/dev/full: Function not implemented"),
        ("tree.c", "CLONE_NEWUSER | CLONE_NEWNS", "-1", "unshare: Invalid argument"),
        ("stage.c", "SYS_clone3", "9999", "clone3: Function not implemented"),
        ("", "", "bwrap: Unknown option --clearenv", "bwrap: Unknown option --clearenv"),
        ("", "", "bwrap: No permissions to create new namespace", "No permissions to create"),
    ],
)
def test_without_the_others_there_is_no_lab(
    file: str,
    old: str,
    new: str,
    named: str,
    verified: Verified,
    groups: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A kernel, or a bubblewrap, that lacks one."""
    groups()
    sources = Guard._sources

    def changed(self: Guard) -> dict[str, bytes]:
        texts = sources(self)
        return texts | {file: texts[file].replace(old.encode(), new.encode())}

    if file:
        monkeypatch.setattr(Guard, "_sources", changed)
    else:
        monkeypatch.setattr(
            Guard, "_command", lambda *_: (["sh", "-c", f"echo '{new}' >&2; exit 1"], [])
        )
    status, _, err = verified("--untrusted")
    assert status == 1
    assert "1 not run: the namespace lab does not work" in err
    assert named in err
