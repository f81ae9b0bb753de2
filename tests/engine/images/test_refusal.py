"""A machine without labs is told why, and what helps or works there; each cure is followed."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import LabUnavailableError
from snippetlab.images.image import find_image, read_recipe
from snippetlab.images.refusal import cure_of
from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.project import Project, cache_directory
from tests.support import Write, snippet

COMPLAINT = "bwrap: No permissions to create new namespace"
STATUS = "Name:\tpython3\nUid:\t{uid}\t0\t0\t0\nCapEff:\t{powers}\nSeccomp:\t{filter}\n"
DOCKERS = "00000000a80425fb"
ALL = "000001ffffffffff"
System = Callable[..., Path]


@pytest.fixture
def system(tmp_path: Path) -> System:
    """A root directory that says what this process may do and how the kernel is set."""

    def make(uid: int = 0, powers: str = ALL, filter_: int = 0, **settings: str) -> Path:
        texts = {"proc/self/status": STATUS.format(uid=uid, powers=powers, filter=filter_)}
        texts |= {f"proc/sys/{name.replace('__', '/')}": v for name, v in settings.items()}
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return make


@pytest.mark.cure("lab-sysctl")
def test_a_setting_that_refuses_is_named_alone(system: System) -> None:
    """Ubuntu's rule, as an ordinary user."""
    root = system(
        1000,
        kernel__apparmor_restrict_unprivileged_userns="1\n",
        user__max_user_namespaces="63000\n",
    )
    cure = cure_of(COMPLAINT, root)
    (command,) = re.findall(r"sudo sysctl -w (.+)", cure)
    for setting in command.split():
        name, value = setting.split("=")
        (root / "proc/sys" / name.replace(".", "/")).write_text(f"{value}\n")
    assert command == "kernel.apparmor_restrict_unprivileged_userns=0"
    assert cure_of(COMPLAINT, root).id == "lab-unknown"


@pytest.mark.parametrize(
    ("uid", "powers", "filter_"), [(0, DOCKERS, 2), (0, DOCKERS, 0), (1000, "0", 2)]
)
def test_in_a_container_no_setting_is_named(
    system: System, uid: int, powers: str, filter_: int
) -> None:
    """Even where one of its host would refuse as well: it cannot be changed inside."""
    root = system(uid, powers, filter_, kernel__apparmor_restrict_unprivileged_userns="1\n")
    assert cure_of(COMPLAINT, root).id == "lab-in-container"
    assert "sysctl -w" not in cure_of(COMPLAINT, root)


def test_the_mark_of_a_container_counts_where_nothing_else_refuses(system: System) -> None:
    root = system(1000, user__max_user_namespaces="0\n")
    (root / ".dockerenv").touch()
    assert cure_of(COMPLAINT, root).id == "lab-sysctl"
    (root / "proc/sys/user/max_user_namespaces").write_text("9999\n")
    assert cure_of(COMPLAINT, root).id == "lab-in-container"


@pytest.mark.cure("lab-off-linux", "lab-in-container", "lab-unknown", "lab-processor")
@pytest.mark.parametrize("where", ["a Mac", "container", "unknown", "aarch64"])
def test_who_has_no_lab_records_where_one_works(
    where: str,
    project: Project,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    lab = "machine" if where == "aarch64" else "namespace"
    text = snippet("echo one\n")
    write("snippets/a/one.sh", text)
    monkeypatch.chdir(project.root)
    with monkeypatch.context() as patch:
        if where == "a Mac":
            patch.setattr("platform.system", lambda: "Darwin")
        elif where == "aarch64":
            patch.setattr("platform.machine", lambda: where)
            patch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "cache"))
            write("snippets/a/one.sh", text.replace("namespace", lab))
        else:
            patch.setattr("snippetlab.labs.namespace.lab.cure_of", _in(where, tmp_path))
            broken = write("bin/bwrap", f"#!/bin/sh\necho '{COMPLAINT}' >&2\nexit 1\n")
            broken.chmod(0o755)
            patch.setenv("PATH", f"{broken.parent}:{os.environ['PATH']}")
        assert main(["record", "--yes"]) == 1
    said = capsys.readouterr().err
    assert where in said or "the namespace lab does not work" in said
    write("snippets/a/one.sh", text)
    (command,) = re.findall(r"where a\n +lab works, .*: snippetlab (record)$", said, re.MULTILINE)
    assert main([command]) == 0
    assert main(["verify"]) == 0


def _in(where: str, directory: Path) -> Callable[[str], str]:
    root = directory / "root"
    (root / "proc/self").mkdir(parents=True)
    filter_ = 2 if where == "container" else 0
    status = STATUS.format(uid=1000, powers="0", filter=filter_)
    (root / "proc/self/status").write_text(status)
    return lambda complaint: cure_of(complaint, root)


def test_where_the_image_cannot_be_made_the_cure_is_the_same(
    write: Write,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An ordinary user whom the kernel refuses namespaces meets mmdebstrap first."""
    refused = "E: unable to pick chroot mode automatically (use --mode for manual selection)"
    fake = write("bin/mmdebstrap", f"#!/bin/sh\necho '{refused}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("snippetlab.images.debian.cure_of", _in("container", tmp_path))
    assert main(["lab", "build", "base"]) == 1
    said = capsys.readouterr().err
    assert "mmdebstrap gets no user namespace here\n    This is a container" in said


@pytest.mark.cure("install-packages")
def test_a_tool_that_is_missing_is_installed_by_the_command_that_is_named(
    write: Write,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With a sudo and an apt-get that know where bubblewrap is."""
    write("snippets/a/one.sh", snippet("echo one\n"))
    monkeypatch.chdir(project.root)
    there = tmp_path / "bin"
    there.mkdir()
    (there / "setpriv").symlink_to(str(shutil.which("setpriv")))
    for name, text in {
        "sudo": '#!/bin/sh\nexec "$@"\n',
        "apt-get": f'#!/bin/sh\n[ "$*" = "install bubblewrap" ] && '
        f"/bin/ln -s {shutil.which('bwrap')} {there}/bwrap\n",
    }.items():
        (there / name).write_text(text)
        (there / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(there))
    assert main(["record", "--yes"]) == 1
    (cure,) = re.findall(r"sudo apt-get install .*", capsys.readouterr().err)
    subprocess.run(cure.split(), check=True)
    assert main(["record", "--yes"]) == 0


@pytest.mark.cure("lab-cache")
@pytest.mark.skipif(os.geteuid() != 0, reason="others run snippets as themselves")
def test_an_image_that_nobody_can_reach(project: Project, tmp_path: Path) -> None:
    image = find_image(read_recipe(project))
    assert image
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    subprocess.run(["cp", "-al", str(image.root), str(closed)], check=True)
    there = closed / image.root.name
    lab = NamespaceLab(type(image)(image.name, there, image.digest, image.packages))
    with pytest.raises(LabUnavailableError, match="Set SNIPPETLAB_CACHE"):
        lab.check()
    lab.close()
    lab = NamespaceLab(image)  # in the cache, which everyone may enter
    assert image.root.is_relative_to(cache_directory())
    lab.check()
    lab.close()
