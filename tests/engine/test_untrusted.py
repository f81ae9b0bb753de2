"""`verify --untrusted` runs nothing where a lab cannot limit everything."""

import pytest

from snippetlab.cli import main
from snippetlab.laboratory import Laboratory
from snippetlab.labs import guard
from snippetlab.labs.cgroup import Cgroups
from snippetlab.project import Project
from tests.support import Write, snippet


@pytest.fixture
def one(
    laboratory: Laboratory, project: Project, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recorded snippet."""
    monkeypatch.chdir(project.root)
    write("snippets/a/x.sh", snippet("echo ran\n"))
    assert main(["record"]) == 0


def _without_groups() -> Cgroups | None:
    return None


def test_without_control_groups_it_refuses(
    one: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "find_cgroups", _without_groups)
    assert main(["verify"]) == 0
    capsys.readouterr()
    assert main(["verify", "--untrusted"]) == 1
    said = capsys.readouterr()
    assert "memory: per process only" in said.err
    assert "systemd-run --user --scope" in said.err
    assert "held" not in said.out
    main(["lab", "status"])
    assert "memory: per process only" in capsys.readouterr().out


def test_with_them_it_runs(
    one: None, laboratory: Laboratory, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = bool(getattr(laboratory.lab, "weakness", ""))
    assert main(["verify", "--untrusted"]) == int(refused)
