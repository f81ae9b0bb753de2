"""A Debian system as an archive: mmdebstrap, fed by whatever this machine's own apt uses."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.images.host import KEYRING
from snippetlab.images.refusal import cure_of
from snippetlab.images.suites import Pins, customize_hooks, setup_hooks

_REFUSED = "unable to pick chroot mode"
"""mmdebstrap, where it is not root and may not make user namespaces."""
_DEBIAN = "http://deb.debian.org/debian"
"""mmdebstrap's own choice of a mirror."""


@dataclass(frozen=True)
class System:
    """What mmdebstrap is to make."""

    name: str
    """For messages."""
    suite: str
    components: Sequence[str]
    packages: Sequence[str]
    """Beyond Debian's essential ones, and apt."""
    exclude: Sequence[str]
    include: Sequence[str]
    """Patterns of paths that no package brings along, and exceptions (dpkg(1))."""
    source_date_epoch: int
    hooks: Sequence[str]
    """What runs at the end, one after another: mmdebstrap(1), `--customize-hook`."""
    pins: Pins = field(default_factory=dict)
    """Packages of other suites."""
    architecture: str = ""
    """Of another machine; then its packages are only unpacked."""


def make_archive(system: System, archive: Path, say: Callable[[str], None]) -> None:
    """Write the system to `archive`, a tar file.

    Raises LabUnavailableError where this machine refuses what that takes, EngineError for others.
    """
    variant = "extract" if system.architecture else "minbase"
    command = ["mmdebstrap", f"--variant={variant}", "--format=tar"]
    if system.architecture:
        command += [f"--architectures={system.architecture}"]
    if system.packages:
        command += [f"--include={','.join(system.packages)}"]
    command += [f"--components={','.join(system.components)}"]
    command += [f"--dpkgopt=path-exclude={pattern}" for pattern in system.exclude]
    command += [f"--dpkgopt=path-include={pattern}" for pattern in system.include]
    command += [f"--aptopt={option}" for option in _apt_options()]
    mirror = _mirror()
    hooks = setup_hooks(system.pins, system.components, mirror or _DEBIAN)
    command += [f"--setup-hook={hook}" for hook in hooks]
    hooks = [*customize_hooks(system.pins), *system.hooks]
    command += [f"--customize-hook={hook}" for hook in hooks]
    command += [f"--keyring={KEYRING}", "--", system.suite, str(archive)]
    if mirror:
        command.append(mirror)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(system.source_date_epoch)}
    log = []
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            log.append(line)
            if line.startswith("I: ") and line.rstrip().endswith("..."):
                say(f"{system.name}: {line[3:].strip()}")
    if _REFUSED in "".join(log):
        message = f"{system.name} cannot be made: mmdebstrap gets no user namespace here"
        raise LabUnavailableError(message, cure_of(_REFUSED))
    if process.returncode:
        raise EngineError(f"mmdebstrap failed:\n{tail(''.join(log))}")


def versions(status: str, names: set[str]) -> Mapping[str, str]:
    """Package → version, for those of `names` in the text of var/lib/dpkg/status."""
    found = {}
    for paragraph in status.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Version): (.+)$", paragraph, re.MULTILINE))
        if fields.get("Package") in names:
            found[fields["Package"]] = fields["Version"]
    return found


def tail(text: str) -> str:
    """The last lines of a log, as an error quotes them."""
    return "\n".join(f"    | {line}" for line in text.strip().splitlines()[-8:])


def _mirror() -> str:
    """Where this machine's own apt finds Debian; empty leaves the choice to mmdebstrap."""
    fields = "$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)"
    try:
        done = subprocess.run(
            ["apt-get", "indextargets", "--format", fields], capture_output=True, text=True
        )
    except FileNotFoundError:
        return ""
    found = re.search(r"^Debian Debian main (\S+)$", done.stdout, re.MULTILINE)
    return found[1] if found else ""


def _apt_options() -> Iterator[str]:
    """How this machine's own apt reaches a mirror: proxies, and checks that it relaxes."""
    try:
        done = subprocess.run(["apt-config", "dump"], capture_output=True, text=True)
    except FileNotFoundError:
        return
    wanted = re.compile(r'(?i)Acquire::(?:https?::Proxy|Check-)[^ ]* ".+";')
    yield from filter(wanted.fullmatch, done.stdout.splitlines())
