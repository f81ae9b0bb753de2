"""Where control groups are found, under both versions of them, and what is written there."""

import os
from pathlib import Path
from unittest import mock

import pytest

from snippetlab.labs import cgroup
from snippetlab.labs.cgroup import FILES, Cgroup, Cgroups


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A directory that looks like a group of version 2."""
    (tmp_path / "cgroup.procs").write_text("")
    (tmp_path / "cgroup.subtree_control").write_text("cpu memory\n")
    for name in ("memory.max", "memory.swap.max"):
        (tmp_path / name).write_text("max\n")
    (tmp_path / "memory.events").write_text("low 0\noom 2\noom_kill 3\n")
    return tmp_path


def _mountinfo(kind: str, root: str, point: Path, options: str) -> str:
    return f"30 20 0:1 {root} {point} rw,relatime shared:1 - {kind} cgroup rw,{options}\n"


def test_the_first_version_is_used_below_ones_own_group(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    mounts = _mountinfo("cgroup", "/", tmp_path, "memory")
    found = cgroup._first_version(mounts, "9:cpu,memory:/a/b\n0::/\n")
    assert found == Cgroups(tmp_path / "a/b", 1)
    # In a container the hierarchy is mounted from its own group on.
    inside = _mountinfo("cgroup", "/a/b", tmp_path / "a/b", "memory")
    assert cgroup._first_version(inside, "4:memory:/a/b\n") == Cgroups(tmp_path / "a/b", 1)
    assert cgroup._first_version(_mountinfo("cgroup", "/", tmp_path, "cpu"), "4:cpu:/\n") is None


def test_root_uses_the_second_version_where_memory_is_controlled(group: Path) -> None:
    mounts = _mountinfo("cgroup2", "/", group, "nsdelegate")
    with mock.patch.object(os, "geteuid", return_value=0):
        assert cgroup._second_version(mounts, "0::/\n") == Cgroups(group, 2)
        (group / "cgroup.subtree_control").write_text("cpu\n")
        assert cgroup._second_version(mounts, "0::/\n") is None


def test_a_user_uses_a_delegated_group_only(group: Path) -> None:
    mounts = _mountinfo("cgroup2", "/", group.parent, "nsdelegate")
    own = f"0::/{group.name}\n"
    with mock.patch.object(os, "geteuid", return_value=1000):
        with mock.patch.object(os, "getxattr", side_effect=OSError):
            assert cgroup._second_version(mounts, own) is None
        (group / "cgroup.procs").write_text("7\n")
        with mock.patch.object(os, "getxattr", return_value=b"1"):
            assert cgroup._second_version(mounts, own) == Cgroups(group, 2)
    assert (group / "engine/cgroup.procs").read_text() == "7"
    assert (group / "cgroup.subtree_control").read_text() == "+memory"


def test_the_second_version_limits_memory_and_swap(group: Path) -> None:
    made = Cgroup(group, 2)
    made.limit(64_000_000)
    assert (group / "memory.max").read_text() == "64000000"
    assert (group / "memory.swap.max").read_text() == "0"
    assert [made.kills(), made.kills()] == [3, 0]


def test_what_a_group_has_is_looked_up_in_a_new_one() -> None:
    if not (found := cgroup.find_cgroups()):
        pytest.skip("who runs the tests may make no control groups")
    assert {"cgroup.procs", FILES[found.version].memory} <= found.files()


def test_what_a_dead_engine_left_is_swept(tmp_path: Path) -> None:
    for name in ("snippetlab-999999999-0", f"snippetlab-{os.getpid()}-0", "other"):
        (tmp_path / name).mkdir()
    cgroup._sweep(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {f"snippetlab-{os.getpid()}-0", "other"}
