"""Why the namespace lab does not start on this machine, and what would help here."""

import platform
from collections.abc import Iterator
from pathlib import Path

from snippetlab.errors import Cure, LabUnavailableError

WITHOUT = (
    "Pages are built all the same, from their recordings. What you add or change is run where a",
    "lab works, such as in a workflow on Linux, and its recording kept with it: snippetlab record",
)
_SYS_ADMIN = 1 << 21
"""capabilities(7), CAP_SYS_ADMIN."""
_SETTINGS = {
    "kernel/apparmor_restrict_unprivileged_userns": "1",
    "kernel/unprivileged_userns_clone": "0",
    "user/max_user_namespaces": "0",
}
"""Below /proc/sys → the value with which the kernel refuses user namespaces."""


def cure_of(complaint: str, root: Path = Path("/")) -> Cure:
    """What helps where the lab complained so."""
    if "source path" in complaint:
        return Cure(
            "lab-cache",
            "The unprivileged user that runs snippets cannot reach the image."
            " Set SNIPPETLAB_CACHE to a directory that everyone may enter.",
        )
    if is_container(root):
        return Cure("lab-in-container", *_CONTAINER, *WITHOUT)
    if refusing := list(_refusing(root)):
        settings = " ".join(f"{name.replace('/', '.')}={value}" for name, value in refusing)
        return Cure(
            "lab-sysctl",
            "This system refuses user namespaces. Until it is started again, this lets them be:",
            f"    sudo sysctl -w {settings}",
        )
    return Cure("lab-unknown", *WITHOUT)


_CONTAINER = (
    "This is a container whose filter, /proc or capabilities refuse namespaces; no sysctl changes",
    "that. Docker makes one in which the lab works with:",
    "    docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined \\",
    "        --security-opt apparmor=unconfined …",
)


def is_container(root: Path = Path("/")) -> bool:
    """A filter of system calls, a root without its powers, or Docker's or Podman's mark.

    Such a mark alone may be left in a virtual machine that was made of an image; there a setting
    may be what refuses.
    """
    status = dict(
        line.split(":\t", 1)
        for line in _read(root / "proc/self/status").splitlines()
        if line.startswith(("CapEff:", "Seccomp:", "Uid:"))
    )
    is_root = status.get("Uid", "1").split()[0] == "0"
    powerless = not int(status.get("CapEff", "0"), 16) & _SYS_ADMIN
    if status.get("Seccomp", "0").strip() == "2" or (is_root and powerless):
        return True
    marked = (root / ".dockerenv").exists() or (root / "run/.containerenv").exists()
    return marked and not list(_refusing(root))


def check_system() -> None:
    """Raises LabUnavailableError off Linux."""
    if (system := platform.system()) != "Linux":
        name = {"Darwin": "a Mac"}.get(system, system)
        raise LabUnavailableError(
            f"snippets do not run here: labs need Linux, and this is {name}",
            Cure("lab-off-linux", *WITHOUT),
        )


def check_processor(lab: str) -> None:
    """Raises LabUnavailableError where a machine's disk cannot be made."""
    if (processor := platform.machine()) != "x86_64":
        raise LabUnavailableError(
            f"the {lab} lab is made on x86_64, and this is {processor}",
            Cure("lab-processor", "The namespace lab: snippetlab lab build base", *WITHOUT),
        )


def _refusing(root: Path) -> Iterator[tuple[str, str]]:
    """Settings that refuse, each with a value that does not."""
    for name, value in _SETTINGS.items():
        if _read(root / "proc/sys" / name).strip() == value:
            yield name, "10000" if name.startswith("user/") else str(1 - int(value))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
