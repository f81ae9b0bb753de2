"""Recordings of an earlier form get today's without running, or a message says why not."""

import hashlib
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import State
from tests.support import Write, advised, snippet

# As version 1 wrote it, for a snippet with a nested shell, a status and a limit.
CODE = "false # ? 1\nunshare --uts bash <<'jail'\nhostname\njail\n"
BODY = "$ false\n? 1\n$ unshare --uts bash\njail# hostname\nlab\n"
LIMITS = "# limits = { processes = 100 }"
KEY = "2e937875c6dcfc79"


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@pytest.fixture
def old(write: Write) -> Path:
    write("snippets/a/b.sh", snippet(CODE).replace("# ///\nf", f"{LIMITS}\n# ///\nf"))
    total = hashlib.sha256(BODY.encode()).hexdigest()[:16]
    return write("snippets/a/b.out", f"# recording 1 key={KEY} sum={total}\n{BODY}")


@pytest.mark.cure("recording-1")
def test_nothing_runs_and_the_transcript_is_the_same(
    old: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert "b.out:1: the recording has the form of an earlier version" in said
    assert main(advised(said)) == 0
    assert old.read_text().endswith(f"\n{BODY}")
    assert load_library(project).find("a/b").state is State.FRESH
    before = old.read_bytes()
    assert main(["migrate"]) == 0
    assert old.read_bytes() == before


@pytest.mark.cure("migrate-stale")
@pytest.mark.parametrize(
    ("name", "old_text", "new_text", "why"),
    [
        ("b.out", "lab\n", "lob\n", "was edited by hand"),
        ("b.sh", "hostname\n", "hostname -f\n", "the snippet has changed since"),
    ],
)
def test_what_is_not_what_the_snippet_printed_is_left_alone(
    name: str,
    old_text: str,
    new_text: str,
    why: str,
    old: Path,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = old.with_name(name)
    path.write_text(path.read_text().replace(old_text, new_text))
    before = old.read_bytes()
    assert main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert f"b.out:1: not converted: {'the recording ' * ('edited' in why)}{why}" in said
    assert old.read_bytes() == before
    main(advised(said))
    assert old.read_text().startswith("# recording 2\n")
