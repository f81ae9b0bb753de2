"""What set-up says on machines that lack something: simulated by what is on PATH."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.pageless

HERE = ("python3", "make", "sh", "bash", "git", "env", "id", "setpriv", "awk", "dirname", "uname")
"""What a fresh Debian has that set-up uses."""
APT = """\
#!/bin/sh
echo "$*" >>"{log}"
[ "$3" = install ] || exit 0
for tool in bubblewrap=bwrap mmdebstrap=mmdebstrap uidmap=newuidmap; do
    case " $* " in *" ${{tool%=*}} "*) ln -s /bin/true "{bin}/${{tool#*=}}" ;; esac
done
"""
"""Installs what stands in its list, and notes what it was asked for."""
ON_A_RUNNER = {"dpkg", "gcc", "make", "nodejs", "npm", "xz-utils"}
"""What GitHub's own machines have: https://github.com/actions/runner-images."""
Host = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bin_(tmp_path: Path) -> Path:
    """A PATH with little on it."""
    directory = tmp_path / "bin"
    directory.mkdir()
    for name in HERE:
        found = sys.executable if name == "python3" else shutil.which(name)
        (directory / name).symlink_to(Path(str(found)).resolve())
    (directory / "apt-get").write_text(APT.format(log=tmp_path / "apt.log", bin=directory))
    (directory / "apt-get").chmod(0o755)
    return directory


@pytest.fixture
def needs(bin_: Path, tmp_path: Path) -> Host:
    """Run tools/needs.py there, as root or as somebody else."""

    def run(*targets: str, user: int = 1000) -> "subprocess.CompletedProcess[str]":
        code = f"import os; os.geteuid = lambda: {user}; import sys; sys.argv[0] = 'needs.py';"
        code += f"import runpy; runpy.run_path({str(ROOT / 'tools/needs.py')!r}, None, '__main__')"
        environment = {"PATH": str(bin_), "SNIPPETLAB_CACHE": str(tmp_path / "cache")}
        command = [sys.executable, "-c", code, *targets]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8"
        )

    return run


def listed(said: str) -> set[str]:
    (command,) = re.findall(r"sudo apt-get install (.+)", said)
    return set(command.split())


def test_one_command_lists_all_that_a_build_needs(needs: Host) -> None:
    done = needs("site")
    assert {"bubblewrap", "mmdebstrap", "uidmap"} <= listed(done.stdout)
    assert "qemu-utils" not in done.stdout
    assert "Going on without" in done.stdout
    assert done.returncode == 0


def test_tests_need_more_and_begin_with_nothing_less(needs: Host, bin_: Path) -> None:
    (bin_ / "git").unlink()
    done = needs("test")
    wanted = {"bubblewrap", "mmdebstrap", "uidmap", "git", "chromium", "firefox-esr"}
    wanted |= {"e2fsprogs", "nodejs", "zstd"}
    assert wanted <= listed(done.stdout)
    assert "Then again: make test" in done.stdout
    assert done.returncode == 1


@pytest.mark.cure("needs-packages")
def test_what_it_says_is_enough(needs: Host, bin_: Path) -> None:
    said = needs("record").stdout
    subprocess.run([bin_ / "apt-get", "-qq", "-o", "install", *listed(said)], check=True)
    done = needs("record")
    assert (done.returncode, done.stdout) == (0, "")


def test_root_has_it_installed_in_one_go(needs: Host, tmp_path: Path) -> None:
    done = needs("lab", user=0)
    assert done.returncode == 0, done.stdout
    update, install = (tmp_path / "apt.log").read_text().splitlines()
    assert update.endswith(" update")
    assert {"bubblewrap", "mmdebstrap"} <= set(install.split())
    assert "uidmap" not in install


def test_an_image_that_is_there_needs_nothing_to_make_it(needs: Host, tmp_path: Path) -> None:
    recipes = tmp_path / "cache/recipes"
    recipes.mkdir(parents=True)
    (recipes / "0.json").touch()
    assert listed(needs("site").stdout) == {"bubblewrap"}


def test_the_workflows_install_what_set_up_would_ask_for(needs: Host) -> None:
    asked = listed(needs("lab", "machines", "browser").stdout)
    text = (ROOT / "tools/ci.sh").read_text()
    (command,) = re.findall(r"apt-get install ((?:.*\\\n)*.*)", text)
    assert asked - set(re.findall(r"[a-z][\w.+-]+", command)) <= ON_A_RUNNER


def test_nothing_is_asked_of_who_only_wants_the_list(needs: Host) -> None:
    for targets in ((), ("help",), ("clean",)):
        done = needs(*targets)
        assert (done.returncode, done.stdout) == (0, "")


def test_make_says_it_before_anything_else(bin_: Path, tmp_path: Path) -> None:
    """A fresh checkout: the environment is not begun before the list is said."""
    for name in ("Makefile", "tools", "hooks", "lab", "requirements.txt", "requirements-dev.txt"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    if os.geteuid() == 0:
        (bin_ / "apt-get").unlink()
    environment = {"PATH": str(bin_), "SNIPPETLAB_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        ["make", "record"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout.startswith("Not installed: "), done.stdout + done.stderr
    assert done.returncode
    assert not (tmp_path / ".venv").exists()


@pytest.mark.cure("apt-by-hand")
def test_what_failed_is_tried_by_hand(needs: Host, bin_: Path, tmp_path: Path) -> None:
    """With an apt-get that reaches nothing until somebody has looked at what it says."""
    apt, looked = bin_ / "apt-get", tmp_path / "looked"
    real = apt.rename(bin_ / "real")
    apt.write_text(
        f'#!/bin/sh\n[ "$1" = -qq ] || {{ : >{looked}; set -- -qq -o "$@"; }}\n'
        f'[ -e {looked} ] && exec {real} "$@"\n'
    )
    apt.chmod(0o755)
    done = needs("lab", user=0)
    assert done.returncode == 1
    (command,) = re.findall(r"Try it by hand: (apt-get .+)", done.stdout)
    subprocess.run(command.split(), env={"PATH": str(bin_)}, check=True)
    assert needs("lab", user=0).returncode == 0


@pytest.mark.cure("newer-python")
def test_an_old_python_names_another(bin_: Path, tmp_path: Path) -> None:
    """With a python3 that says it is of another time, as far as the list of what is missing."""
    for name in ("Makefile", "tools", "hooks", "lab", "requirements.txt", "requirements-dev.txt"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    real = (bin_ / "python3").readlink()
    (bin_ / "python3").unlink()
    code = "import sys; sys.version_info = (3, 9, 2); sys.argv = sys.argv[1:]; import runpy;"
    code += "runpy.run_path(sys.argv[0], None, '__main__')"
    (bin_ / "python3").write_text(f'#!/bin/sh\nexec {real} -c "{code}" "$@"\n')
    (bin_ / "python3").chmod(0o755)
    (bin_ / "python3.13").symlink_to(real)
    (bin_ / "apt-get").unlink()

    def make(*arguments: str) -> str:
        command = ["make", *arguments]
        environment = {"PATH": str(bin_), "SNIPPETLAB_CACHE": str(tmp_path / "cache")}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        return done.stdout

    said = make("record")
    (command,) = re.findall(r"Name another: make (.+)", said)
    assert make(*command.split()).startswith("Not installed: ")
