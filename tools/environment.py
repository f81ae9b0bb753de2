"""Make or update a virtual environment: environment.py DIRECTORY REQUIREMENTS

Packages are locked by their hashes. This project's own are not installed: a line in the
environment leads to hooks/. It is relative and ASCII, so that Python starts below any path and in
any locale, and a checkout can be linked to another's environment.
"""

import math
import os
import re
import subprocess
import sys
import time
import venv
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))

from snippetlab.errors import Cure

SECONDS = 5
"""So often a line says how far it is."""
_PACKAGE = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) ")
"""How pip begins the line on a package, that of a file, or one that is there."""
_COMMAND = """\
#!/bin/sh
exec "$(dirname "$0")/python" -X utf8 -m snippetlab "$@"
"""


def main(directory: Path, requirements: Path) -> int:
    """Returns pip's exit status."""
    python = directory / "bin/python"
    if not python.exists():
        print(f"making a virtual environment in {directory} …", flush=True)
        venv.create(directory, with_pip=True)
    names = re.findall(r"^[a-z][^ =]*==", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    said = f"installing {len(names)} packages of {requirements.name}"
    print(f"{said}, which takes one or two minutes …", flush=True)
    if status := _install(python, requirements, len(names)):
        cure = Cure("broken-environment", f"If the environment is broken: rm -r {directory}")
        print(f"pip failed\n    {cure}", flush=True)
        return status
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([python, "-c", code], encoding=sys.getfilesystemencoding())
    site = Path(packages.rstrip("\n"))
    # Of some packages, parts are written for other versions of Python: that is no fault.
    subprocess.run([python, "-m", "compileall", "-qq", "-j0", site], check=False)
    link = os.path.relpath(Path("hooks").absolute(), site)
    for old in site.glob("__editable__.snippetlab-*.pth"):  # earlier ones had an absolute path
        old.unlink()
    (site / "snippetlab.pth").write_text(f"{link}\n", encoding="utf-8")
    command = directory / "bin/snippetlab"
    command.write_text(_COMMAND, encoding="utf-8")
    command.chmod(0o755)
    return 0


def _install(python: Path, requirements: Path, total: int) -> int:
    """Say how far pip is, and what it takes for an error; its warnings only where it fails."""
    # The list is whole, and what is unpacked is compiled below by all processors.
    options = ["--require-hashes", "--no-deps", "--no-compile", "--no-input", "--progress-bar=off"]
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", *options]
    command += ["--requirement", str(requirements)]
    seen, said = 0, time.monotonic()
    last, failing = deque[str](maxlen=20), False
    # `replace`: names of files in a locale that cannot write them.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout
        for line in process.stdout:
            last.append(line)
            package = _PACKAGE.match(line)
            seen += bool(package)
            failing = failing or line.startswith("ERROR")
            if failing:
                print(line, end="", flush=True)
            elif line.startswith("Installing collected"):
                print("    unpacking them …", flush=True)
                said = math.inf  # pip says nothing until it is done
            elif package and time.monotonic() - said > SECONDS:
                print(f"    {seen} of {total}: {' '.join(line.split()[:2])}", flush=True)
                said = time.monotonic()
    if process.returncode and not failing:
        print("".join(last), end="", flush=True)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
