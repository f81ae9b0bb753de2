"""Recordings: what makes one fresh, stale or edited, and that none is ever half written."""

import os
import re
from pathlib import Path

import pytest

from snippetlab import files
from snippetlab.project import Project
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import State, write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet

CODE = "hostname\n"


def entry(project: Project) -> Entry:
    return load_library(project).find("a/b")


@pytest.fixture
def recorded(project: Project, write: Write) -> Path:
    """A snippet with a fresh recording; the recording's path."""
    write("snippets/a/b.sh", snippet(CODE, files=["data.txt"]))
    write("snippets/a/data.txt", "one")
    found = entry(project)
    assert found.state is State.MISSING
    write_recording(found.snippet, found.inputs, Transcript((Step("hostname", b"lab\n"),)))
    return found.snippet.recording


def test_a_recording_is_read_back(project: Project, recorded: Path) -> None:
    found = entry(project)
    assert found.state is State.FRESH
    assert found.recording
    assert found.recording.transcript == Transcript((Step("hostname", b"lab\n"),))
    first, ran, file, step, end, *rest = recorded.read_text().split("\n")
    assert (first, ran) == ("# recording 2", "# ran b.sh in namespace")
    assert file.startswith("# file data.txt ")
    assert step.startswith("# step ")
    assert end == "#"
    assert rest == ["$ hostname", "lab", ""]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("snippets/a/b.sh", snippet("hostname -f\n", files=["data.txt"])),
        ("snippets/a/b.sh", snippet("hostname # ? 1\n", files=["data.txt"])),
        ("snippets/a/b.sh", snippet("hostname\nhostname\n", files=["data.txt"])),
        ("snippets/a/data.txt", "two"),
    ],
    ids=["the command", "the status it must have", "one more command", "a file it uses"],
)
def test_a_changed_input_makes_it_stale(
    name: str, text: str, project: Project, write: Write, recorded: Path
) -> None:
    write(name, text)
    assert entry(project).state is State.STALE


@pytest.mark.parametrize(
    "text",
    [
        snippet(CODE, files=["data.txt"]).replace("A test.", "Another claim."),
        snippet(CODE, files=["data.txt"], timeout=20),
        snippet(f"# A comment.\n# hide\n{CODE}# show\n", files=["data.txt"]),
        snippet(f"# step: name\n{CODE}", files=["data.txt"]),
        snippet("hostname # ? *\n", files=["data.txt"]),
    ],
    ids=["the claim", "the deadline", "comments and hiding", "a step's name", "a wider status"],
)
def test_what_cannot_change_the_output_leaves_it_fresh(
    text: str, project: Project, write: Write, recorded: Path
) -> None:
    write("snippets/a/b.sh", text)
    assert entry(project).state is State.FRESH


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("\nlab\n", "\nlob\n", 6),
        ("\nlab\n", "\nlab\n$ date\n", 8),
        ("\n# step ", "\n# step 01234567\n# step ", 7),
    ],
    ids=["a step", "one more step", "one more sum"],
)
def test_a_hand_edit_is_seen(
    old: str, new: str, line: int, project: Project, recorded: Path
) -> None:
    recorded.write_text(recorded.read_text().replace(old, new))
    found = entry(project)
    assert found.state is State.EDITED
    assert found.fault
    assert found.fault.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$ hostname\n", 1),
        ("# recording 3\n$ hostname\n", 1),
        ("# recording 2\n# colour red\n#\n$ hostname\n", 2),
        ("# recording 2\nno prompt\n", 2),
        ("# recording 2\n#\n$ hostname\n! error\nlab\n", 5),
        ("# recording 2\n<<<<<<< HEAD\n# step 1\n=======\n# step 2\n>>>>>>> other\n#\n$ a\n", 2),
        (f"# recording 1 key={'0' * 16} sum={'0' * 16}\n$ hostname\n", 1),
    ],
)
def test_what_is_no_recording_is_refused(
    text: str, line: int, project: Project, recorded: Path
) -> None:
    recorded.write_text(text)
    found = entry(project)
    assert found.state is State.UNREADABLE
    assert found.recording is None
    assert found.fault
    assert found.fault.line == line
    assert re.search("snippetlab (record a/b|migrate)$", str(found.fault))


def test_an_interrupted_write_leaves_the_old_file(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = recorded.read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomically(recorded, b"new")
    assert recorded.read_bytes() == before
    assert sorted(p.name for p in recorded.parent.iterdir()) == ["b.out", "b.sh", "data.txt"]
