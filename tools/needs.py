"""Say what this machine lacks for what is asked of make, in one command: needs.py TARGET…

The system's Python reads it before anything is installed. Root has it install what is missing;
others are told the command, once, before anything long starts.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from snippetlab.errors import Cure  # noqa: E402
from snippetlab.say import say  # noqa: E402

PYTHON = (3, 11, 5)
WITH_GIT = {"check", "lock", "page", "test"}
WITH_SNIPPETS = {
    *("bash-suite", "benchmark", "lab", "offline", "page"),
    *("record", "serve", "site", "test", "verify"),
}
WITH_MACHINES = {"machines", "test"}
WITH_TAB = {"browser", "test"}
QUIETLY = "--quietly"
"""As the first argument: install nothing, say nothing, only tell whether all is there."""
INSISTING = {"bash-suite", "benchmark", "browser", "lab", "machines", "record", "test", "verify"}
"""What is nothing without its tools; other targets go on with the recordings."""
BROWSERS = (
    ("chromium", "chromium-browser", "google-chrome"),
    ("firefox-esr", "firefox"),
)
"""Commands of which one is enough; packages have the same names."""
_APT = ["apt-get", "-qq", "-oDPkg::Lock::Timeout=600"]
"""Another that installs something is waited for, so many seconds."""


def main(targets: list[str]) -> int:
    """0 if the targets can be made, with all that they need or without labs."""
    quietly = targets[:1] == [QUIETLY]
    asked = set(targets) - {"clean", "help", QUIETLY}
    if sys.version_info < PYTHON:
        say(f"Python 3.11.5 or later is needed; {sys.executable} is {platform.python_version()}")
        name = f"make PYTHON=python3.13 {' '.join(sorted(asked))}".rstrip()
        cure = Cure("newer-python", f"Debian 13 and Ubuntu 24.04 have it. Name another: {name}")
        say(f"    {cure}")
        return 1
    always = list(_for_all(asked))
    missing = sorted({*always, *_for_labs(asked)}) if platform.system() == "Linux" else always
    if not missing:
        return 0
    if quietly:
        return 1
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        return _install(missing)
    say(f"Not installed: {', '.join(missing)}")
    if apt:
        cure = Cure("needs-packages", f"sudo apt-get install {' '.join(missing)}")
        say(f"    {cure}")
    else:
        say("    These are Debian's names; install what they are called here.")
    if always or asked & INSISTING:
        say(f"Then again: make {' '.join(targets)}")
        return 1
    say("Going on without: snippets do not run here, and pages show their recordings.")
    return 0


def _for_all(asked: set[str]) -> Iterator[str]:
    """Packages without which nothing can be made."""
    # Debian keeps what makes virtual environments in a package of its own.
    if asked and not find_spec("ensurepip"):
        yield "python3-venv"
    if asked & WITH_GIT and not shutil.which("git"):
        yield "git"


def _for_labs(asked: set[str]) -> Iterator[str]:
    """Packages that running snippets needs, or making what they run on, if that is not there."""
    import tomllib

    from snippetlab.images import host
    from snippetlab.project import cache_directory

    tools: dict[str, str] = {}
    labs = asked & (WITH_SNIPPETS | WITH_MACHINES)
    if labs:
        tools |= host.RUN
    if labs and not any((cache_directory() / "recipes").glob("*.json")):
        tools |= host.BUILD if os.geteuid() == 0 else host.BUILD | host.UNPRIVILEGED
        if not host.KEYRING.exists():
            yield "debian-archive-keyring"
    if asked & WITH_MACHINES:
        tools |= host.MACHINE
    if asked & WITH_TAB:
        recipe = tomllib.loads((ROOT / "lab/browser.toml").read_text(encoding="utf-8"))
        tools |= recipe["tools"] | recipe["kernel"]["small"]["tools"]
    yield from (package for tool, package in tools.items() if not shutil.which(tool))
    if "test" in asked:
        lacking = (any_of for any_of in BROWSERS if not any(map(shutil.which, any_of)))
        yield from map(_packaged, lacking)


def _packaged(names: tuple[str, ...]) -> str:
    """The first that there is a package for: Debian and Ubuntu call browsers differently."""
    for name in names:
        command = ["apt-cache", "show", name]
        with suppress(OSError):
            if subprocess.run(command, capture_output=True).returncode == 0:
                return name
    return names[0]


def _install(packages: list[str]) -> int:
    say(f"installing {', '.join(packages)}: some minutes, if there are many …", at_once=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run([*_APT, *arguments], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode:
            cure = Cure("apt-by-hand", f"Try it by hand: apt-get {' '.join(arguments)}")
            say(f"apt-get {arguments[0]} failed\n    {cure}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
