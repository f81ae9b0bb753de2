"""What several tests write in the same way."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import randrange

from hypothesis import settings

ROOT = Path(__file__).parent.parent
"""This checkout."""
PATIENCE = 120.0
"""Seconds after which something is taken never to happen: a busy machine takes long."""
EPOCH = "1700000000"
"""A date for builds that are compared."""
Write = Callable[[str, str], Path]
"""Write a file below a test's checkout."""

HEADER = '# /// snippet\n# lab = "namespace"\n# proves = "A test."\n{extra}# ///\n'


def snippet(code: str, **tags: object) -> str:
    """The text of a snippet for the namespace lab."""
    extra = "".join(f"# {name} = {_toml(value)}\n" for name, value in tags.items())
    return HEADER.format(extra=extra) + code


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def examples(few: int, whole: int) -> settings:
    """How many of a slow property's are tried: `few`, unless --whole asks for all."""
    is_whole = settings.get_current_profile_name() == "whole"
    return settings(max_examples=whole if is_whole else few)


def advised(said: str) -> list[str]:
    """The arguments of the first command `snippetlab …` that a message names."""
    found = re.search(r"\bsnippetlab ([^\n`]+)", said)
    assert found, said
    return shlex.split(found[1])


def lasting() -> str:
    """A command that lasts until it is ended, and is nobody else's on this machine."""
    return f"sleep {randrange(1_000_000, 1_000_000_000)}"


def is_running(command: str) -> bool:
    """Whether a process with this command line runs, in whichever namespace."""
    return bool(processes_of(command))


def processes_of(command: str) -> list[int]:
    """Those with this command line, in whichever namespace."""
    wanted, found = command.replace(" ", "\0").encode(), []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if process.read_bytes().strip(b"\0") == wanted:
                found.append(int(process.parent.name))
    return found


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Until it is so, which takes a busy machine a while. Raises AssertionError when not."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds:g} s"
        time.sleep(0.05)


def copy_site(clone: Path) -> None:
    """What a build of the site reads, without its history."""
    for part in ("docs", "hooks", "lab", "snippets", "tests/hostile"):
        shutil.copytree(ROOT / part, clone / part)
    for file in ("mkdocs.yml", "mkdocs.en.yml", "tools/words.toml"):
        (clone / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, clone / file)


def build_site(
    configuration: str, directory: Path, *, root: Path = ROOT, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Build one language of a checkout as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"]
        + ["--config-file", str(root / configuration), "--site-dir", str(directory)],
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
    )
