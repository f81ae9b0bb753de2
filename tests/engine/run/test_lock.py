"""lab/lock.toml: what is written is what is read."""

from pathlib import Path

from snippetlab.run.lock import Lock, LockedLab, read_lock, write_lock


def test_names_of_packages_may_have_dots(tmp_path: Path) -> None:
    packages = {"docker.io": "26.1.5", "libpython3.11-minimal": "3.11.2", "g++": "14"}
    lock = Lock({"docker": LockedLab("docker", "00ff", packages, "6.12")})
    write_lock(tmp_path / "lock.toml", lock)
    assert read_lock(tmp_path / "lock.toml") == lock
