"""The tools of this host: which Debian packages are missing, and installing them where allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

from snippetlab.errors import Cure, EngineError, LabUnavailableError
from snippetlab.images.debian import tail

_APT = ("apt-get", "-oDPkg::Lock::Timeout=600")
"""Another that installs something is waited for, so many seconds."""


def missing_packages(tools: Mapping[str, str]) -> list[str]:
    """The packages of those tools (command → package) that this host lacks."""
    return sorted({package for tool, package in tools.items() if not shutil.which(tool)})


def not_installed(packages: Sequence[str]) -> LabUnavailableError:
    """What is missing, with the command that installs it."""
    names, verb = " and ".join(packages), "are" if len(packages) > 1 else "is"
    cure = Cure("install-packages", f"sudo apt-get install {' '.join(packages)}")
    return LabUnavailableError(f"{names} {verb} not installed", cure)


def tool_version(tool: str) -> str:
    """What it says of itself. Raises OSError where it is not there."""
    done = subprocess.run([tool, "--version"], capture_output=True, text=True)
    return (done.stdout or done.stderr).strip()


def install(packages: Sequence[str], say: Callable[[str], None]) -> None:
    """Install them. Raises LabUnavailableError where this process may not, else EngineError."""
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise not_installed(packages)
    say(f"installing {', '.join(packages)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        command = [*_APT, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise EngineError(f"{' '.join(command)} failed:\n{tail(done.stderr)}")
