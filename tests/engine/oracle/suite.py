"""bash's own tests, fetched: they are nobody's here, and lie outside of the repository.

They come with the Debian source package of the bash that the labs have.
"""

import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from snippetlab.images.browser.packages import Apt
from snippetlab.limits import CEILINGS
from tests.engine.oracle.case import Case

_HELPERS = ("recho", "zecho", "printenv", "xcase")
"""Programs that the tests call; the lab's own compiler makes them."""
_HEADERS = {
    "config.h": b"",
    "bashansi.h": b"#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n",
}
_PROLOGUE = f"""\
export THIS_SH=bash TMPDIR=/tmp BUILD_DIR=/root BASH_TSTOUT=/tmp/out PATH=$PATH:$HOME
for name in {" ".join(_HELPERS)}; do tcc -I. -o $name $name.c; done
"""
"""What bash's `run-all` does, and its makefile."""
_SECONDS = 100
"""One test stops itself, and ends in neither run; all others take a third of that at most."""
_LIMITS = replace(CEILINGS, memory=1_000_000_000)


def fetch(suite: str, version: str, directory: Path) -> None:
    """Lay the tests of this version of the source package there. Raises EngineError."""
    if directory.is_dir():
        return
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent.resolve()) as name:
        here = Path(name)
        apt = Apt(here / "apt", suite, "amd64", sources=True)
        apt.fetch_source("bash", version, here)
        (archive,) = here.glob("*.orig.tar.*")
        with tarfile.open(archive) as tar:
            wanted = ("tests", "support")
            inside = [m for m in tar if Path(m.name).parts[1:2] and Path(m.name).parts[1] in wanted]
            top = Path(inside[0].name).parts[0]
            tar.extractall(here, inside, filter="data")
        (here / top).rename(directory)


def suite_cases(directory: Path) -> Iterator[Case]:
    """Each test, and each script that one of them calls, as a case of its own."""
    tests = directory / "tests"
    files = {
        str(path.relative_to(tests)): path.read_bytes()
        for path in sorted(tests.rglob("*"))
        if path.is_file() and path.suffix != ".right" and not path.name.startswith("run-")
    }
    files |= {f"{name}.c": (directory / f"support/{name}.c").read_bytes() for name in _HELPERS}
    for name in sorted(files):
        if name.endswith((".tests", ".sub")) and "/" not in name:
            text = files[name].decode("utf-8", "surrogateescape")
            code = _PROLOGUE + text
            yield Case(f"{name}.sh", code, files | _HEADERS, timeout=_SECONDS, limits=_LIMITS)
