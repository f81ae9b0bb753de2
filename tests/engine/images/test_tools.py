"""Installing what a lab needs of its host."""

import os
from pathlib import Path
from unittest import mock

import pytest

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.images.tools import install, missing_packages

FAKE = '#!/bin/sh\necho "$*" >> "$LOG"\n[ "$LAST" != "$*" ] || { echo no space >&2; exit 100; }\n'


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What an apt-get that does nothing was told, as root."""
    apt = tmp_path / "apt-get"
    apt.write_text(FAKE)
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path / "log"


def test_missing_packages_are_named_once() -> None:
    tools = {"sh": "dash", "no-such-tool": "b", "no-other-tool": "b", "nor-this": "a"}
    assert missing_packages(tools) == ["a", "b"]


def test_root_installs_and_waits_for_whoever_else_does(log: Path) -> None:
    said: list[str] = []
    install(["a", "b"], said.append)
    wait = "-oDPkg::Lock::Timeout=600"
    assert log.read_text().splitlines() == [
        f"{wait} update",
        f"{wait} install --yes --no-install-recommends a b",
    ]
    assert said == ["installing a, b …"]


def test_nothing_missing_nothing_installed(log: Path) -> None:
    install([], pytest.fail)
    assert not log.exists()


def test_others_are_told_the_command(log: Path) -> None:
    with (
        mock.patch.object(os, "geteuid", return_value=1000),
        pytest.raises(LabUnavailableError, match=r"a and b are .*\n    sudo apt-get install a b$"),
    ):
        install(["a", "b"], pytest.fail)
    assert not log.exists()


def test_a_failure_says_what_apt_said(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAST", "-oDPkg::Lock::Timeout=600 install --yes --no-install-recommends a")
    with pytest.raises(EngineError, match=r"a failed:\n    \| no space"):
        install(["a"], lambda _: None)
    assert log.exists()
