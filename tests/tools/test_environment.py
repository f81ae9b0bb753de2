"""What set-up makes: an environment that starts anywhere, and fonts that are what is pinned."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support import ROOT
from tools.fonts import TARBALLS

pytestmark = pytest.mark.pageless

Refused = tuple[Path, "subprocess.CompletedProcess[str]"]


def set_up(root: Path) -> "subprocess.CompletedProcess[str]":
    """In the C locale, for nobody else to see."""
    command = [sys.executable, str(ROOT / "tools/environment.py"), ".venv", "requirements.txt"]
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}  # as the Makefile sets it
    return subprocess.run(
        command, cwd=root, env=environment, umask=0o077, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Refused:
    """A checkout below a path with Korean letters and a blank, whose environment is broken."""
    root = tmp_path_factory.mktemp("w") / "한글 저장소"
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    (root / "hooks").symlink_to(ROOT / "hooks")
    (root / "requirements.txt").touch()
    return root, set_up(root)


@pytest.fixture(scope="module")
def checkout(refused: Refused) -> Path:
    """The same, when what was said has been done: its environment is whole."""
    root, said = refused
    (remove,) = re.findall(r"is broken: (rm -r .+)", said.stdout)
    subprocess.run(shlex.split(remove), cwd=root, check=True)
    done = set_up(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.cure("broken-environment")
def test_a_broken_environment_is_removed_and_made_anew(refused: Refused, checkout: Path) -> None:
    assert refused[1].returncode == 1
    python = str(checkout / ".venv/bin/python")
    subprocess.run([python, "-c", "import snippetlab.errors"], check=True)


def test_of_pip_errors_are_said_and_no_warnings(tmp_path: Path) -> None:
    """From one that warns of a place for each package, finds one, and not the other."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / "requirements.txt").write_text("one==1\nother==1\n")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\n"
        "echo 'WARNING: Location is ignored' >&2\n"
        "echo 'Collecting one==1'\n"
        "echo 'ERROR: No matching distribution found for other==1' >&2\n"
        "echo '    the details' >&2\nexit 1\n"
    )
    python.chmod(0o755)
    done = set_up(tmp_path)
    assert done.returncode == 1
    assert "installing 2 packages" in done.stdout
    assert "ERROR: No matching distribution found for other==1\n    the details" in done.stdout
    assert "WARNING" not in done.stdout + done.stderr
    python.write_text("#!/bin/sh\necho 'Traceback: a fault of its own' >&2\nexit 1\n")
    assert "a fault of its own" in set_up(tmp_path).stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_python_starts_below_any_path_in_any_locale(
    checkout: Path, locale: str, tmp_path: Path
) -> None:
    code = "import snippetlab.errors as e; print(ascii(e.__file__))"
    python = str(checkout / ".venv/bin/python")
    environment = os.environ | {"LC_ALL": locale}
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().strip("'") == ascii(f"{checkout}/hooks/snippetlab/errors.py")[1:-1]


def test_the_command_is_found_from_elsewhere(checkout: Path, tmp_path: Path) -> None:
    """It starts; what it needs is not installed there."""
    command = [str(checkout / ".venv/bin/snippetlab"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "No module named snippetlab" not in done.stderr
    assert "hooks/snippetlab/__main__.py" in done.stderr


@pytest.mark.cure("fonts-again")
def test_a_font_that_is_not_the_one_pinned_is_refused(tmp_path: Path) -> None:
    """From an npm that has another tarball under the name."""
    (tmp_path / "package").mkdir()
    with tarfile.open(tmp_path / "other.tgz", "w:gz") as archive:
        archive.add(tmp_path / "package", "package")
    npm = tmp_path / "bin/npm"
    npm.parent.mkdir()
    npm.write_text(f'#!/bin/sh\ncp "{tmp_path}/other.tgz" . && echo other.tgz\n')
    npm.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{npm.parent}:{os.environ['PATH']}",
        "SNIPPETLAB_CACHE": str(tmp_path / "cache"),
    }
    command = [sys.executable, str(ROOT / "tools/fonts.py"), str(tmp_path / "fonts")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, "the site is built without"
    assert "not the one that tools/fonts.py pins" in done.stdout
    assert "Going on with the reader's own fonts" in done.stdout
    assert list((tmp_path / "fonts").iterdir()) == list((tmp_path / "cache/fonts").iterdir()) == []
    assert "To try again: make fonts" in done.stdout
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^fonts:.*\n(?:\t.*\n)*?\t.*tools/fonts\.py", makefile, re.MULTILINE)
    for tarball in TARBALLS:  # as an npm that has the right ones would have left them
        for name, (_, digest) in tarball.files.items():
            shutil.copy(Path(sys.prefix) / "share/fonts" / name, tmp_path / "cache/fonts" / digest)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert len(list((tmp_path / "fonts").iterdir())) > 0
