"""What is said of labs that cannot run, and of their images, is followed to the end."""

import re
import tempfile
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.images import bootstrap
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.support import Write, advised, snippet

cure = pytest.mark.cure


@pytest.fixture(autouse=True)
def inside(project: Project, laboratory: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@cure("kernel-of-browser")
def test_a_kernel_is_left_out_where_there_is_no_choice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "build", "base", "--kernel", "small"]) == 1
    assert main(advised(capsys.readouterr().err)) == 0


@cure("image-digest")
def test_the_image_in_use_is_named_by_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "drift", "zz"]) == 1
    main(advised(capsys.readouterr().err))
    (digest,) = re.findall(r"namespace: works with image (\w+)", capsys.readouterr().out)
    assert main(["lab", "drift", digest]) == 0


@cure("build-image", "cache-directory")
def test_an_image_that_is_missing_is_made_where_this_user_may_write(
    laboratory: Laboratory,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """With what makes images replaced by one that has it."""
    monkeypatch.setattr(bootstrap, "_make_root", lambda *_, **__: laboratory.image)
    write("snippets/a/b.sh", snippet("echo\n"))
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(file / "cache"))
    assert main(["record"]) == 1
    command = advised(capsys.readouterr().err)
    assert main(command) == 1
    assert "Set SNIPPETLAB_CACHE to a directory" in capsys.readouterr().err
    image = laboratory.image.root
    with tempfile.TemporaryDirectory(dir="/var/tmp") as cache:
        Path(cache).chmod(0o755)
        (Path(cache) / "images").mkdir()
        (Path(cache) / "images" / image.name).symlink_to(image)
        monkeypatch.setenv("SNIPPETLAB_CACHE", cache)
        assert main(command) == 0
        assert main(["record"]) == 0
