"""What several files of tests share."""

from pathlib import Path

import pytest

from snippetlab.project import Project
from tests.engine.snippet.mending import text_of


@pytest.fixture
def chapter(project: Project) -> Path:
    """With a file that a snippet may name."""
    chapter = project.snippets / "a"
    chapter.mkdir()
    (chapter / "main.go").touch()
    (chapter / "user.sh").write_text(text_of('# files = ["main.go"]\n'))
    return chapter
