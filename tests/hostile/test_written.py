"""What is written goes into the checkout, and through no link out of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.checkout import faults
from snippetlab.cli import main
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.run.lock import Lock, write_lock
from snippetlab.run.verification import write_verification
from tests.support import Write
from tools.page import begin_page

NAV = "nav:\n  - A:\n      - Page: a/page.md\n"
WRITERS: dict[str, Callable[[Path], object]] = {
    "docs/en/a": lambda root: begin_page(root, "a/new", {}),
    "snippets/a": lambda root: begin_page(root, "a/new", {}),
    "lab": lambda root: write_lock(root / "lab/lock.toml", Lock({})),
    "snippets": lambda root: write_verification(root / "snippets/verification.json", {}),
}
"""A directory → what writes into it."""


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_written_through_a_link(
    name: str, project: Project, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for configuration in ("mkdocs.yml", "mkdocs.en.yml"):
        write(configuration, f"site_name: x\n{NAV}")
    for language in ("ko", "en"):
        write(f"docs/{language}/a/page.md", "# X\n")
    write("snippets/a/x.txt", "")
    outside = tmp_path_factory.mktemp("outside") / "other"
    (project.root / name).rename(outside)
    (project.root / name).symlink_to(outside)
    before = sorted(outside.rglob("*"))
    with pytest.raises(SourceError, match=f"{name}:1: this is a link"):
        WRITERS[name](project.root)
    assert sorted(outside.rglob("*")) == before


def test_a_snippet_is_not_begun_through_a_link(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "new.sh").write_text("somebody's own")
    (project.snippets / "a").symlink_to(outside)
    monkeypatch.chdir(project.root)
    assert main(["new", "a/new"]) == 1
    assert "snippets/a:1: this is a link" in capsys.readouterr().err
    assert (outside / "new.sh").read_text() == "somebody's own"


def test_what_an_editor_keeps_beside_a_page_is_no_fault(project: Project, write: Write) -> None:
    """But a link that leads somewhere is one, whatever its name."""
    lock = write("docs/en/x.md", "# X\n").with_name(".#x.md")
    lock.symlink_to("me@here.4711:1790000000")
    names = ["docs/en/x.md", "docs/en/.#x.md"]
    assert not list(faults(project.root, names))
    lock.unlink()
    lock.symlink_to("/etc/passwd")
    assert len(list(faults(project.root, names))) == 1
