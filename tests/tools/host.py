"""A machine like one of GitHub's: a user who may `sudo`, and nothing of ours installed or cached.

What runs there is in a mount namespace of its own, which has other accounts, an empty /var/cache
and, where this checkout lies, another one. Nothing of it is seen outside, and nothing stays behind.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import ROOT

USER, ID = "workflow", 47113
"""Who runs the steps: no account of this machine."""
_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_ENTER = """\
set -eu
mount --bind {root}/.venv {here}/venv
mount --bind {python} {here}/python
for closed in {closed}; do mount -t tmpfs -o mode=755 tmpfs "$closed"; done
mkdir -p {root} {python}
mount --bind {here}/python {python}
mount --bind {here}/checkout {root}
mkdir -p {root}/.venv
mount --bind {here}/venv {root}/.venv
mount -o remount,bind,ro {root}/.venv
touch {here}/stamp
for name in site test; do mount --bind {here}/stamp {root}/.venv/$name; done
mount --bind {here}/sudoers.d /etc/sudoers.d
mount --bind {here}/var-cache /var/cache
for name in passwd group shadow; do mount --bind {here}/etc/$name /etc/$name; done
cd {root}
exec setpriv --reuid={id} --regid={id} --init-groups "$@"
"""
_NOTED = 'echo "$(basename "$0") $*" >>{here}/commands\n'
_ROOT = '[ "$(id -u)" = 0 ] || {{ echo "$0: permission denied" >&2; exit 1; }}\n' + _NOTED
_RESTRICTED = "{here}/state/kernel.apparmor_restrict_unprivileged_userns"
_FAKES = {
    "gh": _NOTED,
    "newuidmap": "exit 1\n",
    "apt-get": '[ "$1" != indextargets ] || exec {real} "$@"\n'
    + _ROOT
    + 'echo "$@" >>{here}/state/installed\n',
    # As Ubuntu has it since 23.10.
    "sysctl": 'case $1 in --values) exec cat {here}/state/"$2" ;; esac\n'
    + _ROOT
    + 'echo "${{2#*=}}" >{here}/state/"${{2%%=*}}"\n',
    "chmod": 'case $* in *"/dev/"*) ;; *) exec {real} "$@" ;; esac\n' + _ROOT,
    "bwrap": "grep -qw bubblewrap {here}/state/installed || exit 127\n"
    f'[ "$(cat {_RESTRICTED})" = 0 ] ||'
    ' {{ echo "bwrap: setting up uid map: Permission denied" >&2; exit 1; }}\n'
    'exec {real} "$@"\n',
}
"""Command → what a runner's would do, as far as that does not change this machine."""


class Host:
    """Lives in a directory that everyone may enter."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.checkout = directory / "checkout"
        self.home = directory / "home"
        for name in (
            "checkout",
            "home",
            "temporary",
            "etc",
            "sudoers.d",
            "var-cache",
            "venv",
            "python",
        ):
            (directory / name).mkdir()
        for path in (self.checkout, self.home, directory / "temporary"):
            os.chown(path, ID, ID)
        self.home.chmod(0o700)
        self._write_accounts()
        self._write_fakes()

    def run(
        self, command: Sequence[str], environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command there as its user, in the checkout; its output and errors are one text."""
        values = {"HOME": str(self.home), "USER": USER, "LOGNAME": USER, "LANG": "C.UTF-8"}
        values["PATH"] = f"{self.directory}/bin:{_SYSTEM}"
        values |= environment
        given = ["env", "--ignore-environment", *(f"{k}={v}" for k, v in values.items())]
        return subprocess.run(
            ["unshare", "--mount", "--propagation=private", "sh", str(self.directory / "enter")]
            + [*given, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def own(self, path: Path) -> None:
        """Make everything below a path that user's."""
        subprocess.run(["chown", "--recursive", "--no-dereference", f"{ID}:{ID}", path], check=True)

    def cache(self, *, root: bool = False) -> Path:
        """The lab's cache: the user's, or root's, who is not the one outside."""
        return (self.directory / "var-cache" if root else self.home / ".cache") / "snippetlab"

    def keep(self, cache: Path, names: Sequence[str], *, root: bool = False) -> None:
        """Put parts of root's cache into one here, as if they had been made there."""
        target = self.cache(root=root)
        target.mkdir(parents=True)
        subprocess.run(["cp", "--archive", "--parents", *names, target], cwd=cache, check=True)
        if not root:
            self.own(self.home)

    @property
    def commands(self) -> str:
        """What was asked of the machine, and only noted."""
        return (self.directory / "commands").read_text()

    def _write_accounts(self) -> None:
        group, shadow = f"{USER}:x:{ID}:", f"{USER}:!:20000:0:99999:7:::"
        passwd = f"{USER}:x:{ID}:{ID}::{self.home}:/bin/bash"
        for name, line in (("passwd", passwd), ("group", group), ("shadow", shadow)):
            here = self.directory / "etc" / name
            shutil.copy(Path("/etc") / name, here)
            here.write_text(f"{here.read_text()}{line}\n")
        rules = self.directory / "sudoers.d/workflow"
        rules.write_text(
            f"{USER} ALL=(ALL) NOPASSWD:ALL\n"
            f'Defaults:{USER} secure_path="{self.directory}/bin:{_SYSTEM}"\n'
        )
        rules.chmod(0o440)

    def _write_fakes(self) -> None:
        here = self.directory
        for name in ("bin", "state"):
            (here / name).mkdir()
        (here / "commands").touch()
        (here / "stamp").touch()  # of an environment that is up to date
        (here / "commands").chmod(0o666)
        (here / "state/installed").touch()
        Path(_RESTRICTED.format(here=here)).write_text("1\n")
        # A runner's own is new enough; that of this machine's system need not be.
        python = f'exec {sys.base_prefix}/bin/python3 "$@"\n'
        for name, text in (_FAKES | {"python3": python}).items():
            path = here / "bin" / name
            path.write_text("#!/bin/sh\n" + text.format(here=here, real=shutil.which(name)))
            path.chmod(0o755)
        names = {"here": here, "root": ROOT, "python": sys.base_prefix, "id": ID}
        enter = _ENTER.format(closed=" ".join(_closed(ROOT, Path(sys.base_prefix))), **names)
        (here / "enter").write_text(enter)


@contextmanager
def temporary_host() -> Iterator[Host]:
    """A machine for once."""
    with tempfile.TemporaryDirectory(prefix="runner-") as directory:
        Path(directory).chmod(0o755)
        yield Host(Path(directory))


def _closed(*paths: Path) -> list[str]:
    """The uppermost directories on the way to each that not everyone may enter."""
    found: dict[str, bool] = {}
    for path in paths:
        above = [directory for directory in reversed(path.parents) if not _open(directory)]
        found |= {str(directory): True for directory in above[:1]}
    return list(found)


def _open(directory: Path) -> bool:
    return bool(directory.stat().st_mode & 0o001)
