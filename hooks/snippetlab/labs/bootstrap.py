"""Making the base image: mmdebstrap, from the recipe in lab/."""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.files import write_atomically
from snippetlab.labs.image import (
    TOOLS,
    Image,
    Recipe,
    find_image,
    missing_packages,
    to_install,
)
from snippetlab.labs.user import NOBODY, unprivileged
from snippetlab.project import cache_directory

BUILD_TOOLS = TOOLS | {"mmdebstrap": "mmdebstrap"}
"""What making the image needs as well; and without root, newuidmap."""
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def build_image(recipe: Recipe, say: Callable[[str], None], *, fresh: bool = False) -> Image:
    """Make the image, or find that another process just made it.

    A `fresh` one is made even so, with the packages of today; the old one stays in the cache.
    Installs what it needs where it may. Raises LabUnavailableError or EngineError.
    """
    _install_tools(say)
    cache = cache_directory()
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"{cache}: {error.strerror}\n    Set SNIPPETLAB_CACHE.") from None
    with _locked(cache / "lock"):
        if (image := find_image(recipe)) and not fresh:
            return image
        with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as temporary:
            workshop = Path(temporary)
            workshop.chmod(0o755)
            archive = workshop / "base.tar"
            say(f"base image: Debian {recipe.suite} with {len(recipe.packages)} packages …")
            _bootstrap(recipe, archive, say)
            say("base image: unpacking …")
            root = _unpack(archive, workshop)
            digest = digest_tree(root)
            packages = dict(_versions(root, {*recipe.packages, *recipe.stated, "base-files"}))
            final = cache / "images" / digest[:16]
            final.parent.mkdir(exist_ok=True)
            if not final.is_dir():
                root.rename(final)
        note = json.dumps({"digest": digest, "packages": packages}, indent=2)
        for name in (f"{recipe.key}.json", f"{recipe.key}-{digest[:16]}.json"):
            write_atomically(cache / "recipes" / name, note.encode())
    say(f"base image: sha256:{digest[:16]}… is ready in {final}")
    return Image("base", final, digest, packages)


def _install_tools(say: Callable[[str], None]) -> None:
    if platform.system() != "Linux":
        raise LabUnavailableError("the namespace lab needs Linux")
    missing = missing_packages(
        BUILD_TOOLS if os.geteuid() == 0 else BUILD_TOOLS | {"newuidmap": "uidmap"}
    )
    missing += [] if _KEYRING.exists() else ["debian-archive-keyring"]
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise LabUnavailableError(to_install(missing))
    say(f"installing {', '.join(missing)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["apt-get", "update"], command):
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise EngineError(f"{' '.join(arguments)} failed:\n{_tail(done.stderr)}")


def _bootstrap(recipe: Recipe, archive: Path, say: Callable[[str], None]) -> None:
    command = ["mmdebstrap", "--variant=minbase", "--format=tar"]
    command += [f"--include={','.join(recipe.packages)}"]
    command += [f"--components={','.join(recipe.components)}"]
    command += [f"--dpkgopt=path-exclude={pattern}" for pattern in recipe.exclude]
    command += [f"--aptopt={option}" for option in _apt_options()]
    # The text, not the path: in a closed home its user namespace could not reach the file.
    command += [f"--customize-hook={recipe.script.read_text()}", f"--keyring={_KEYRING}"]
    command += [recipe.suite, str(archive)]
    if mirror := _mirror():
        command.append(mirror)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(recipe.source_date_epoch)}
    log = []
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            log.append(line)
            if line.startswith("I: ") and line.rstrip().endswith("..."):
                say(f"base image: {line[3:].strip()}")
    if process.returncode:
        raise EngineError(f"mmdebstrap failed:\n{_tail(''.join(log))}")


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


def _unpack(archive: Path, workshop: Path) -> Path:
    """The archive as a directory that belongs to the user who runs snippets.

    Inside the lab that user is root, so the whole system looks as if it belonged to root.
    """
    root = workshop / "root"
    root.mkdir()
    command = ["tar", "--extract", "--no-same-owner", "--exclude=./dev/*"]
    command += ["--file", str(archive), "--directory", str(root)]
    if os.geteuid() == 0:
        os.chown(root, NOBODY, NOBODY)
    # Unprivileged, tar drops setuid bits and applies the umask; both are wanted.
    done = subprocess.run(unprivileged(command), capture_output=True, text=True, umask=0o022)
    if done.returncode:
        raise EngineError(f"unpacking the base image failed:\n{_tail(done.stderr)}")
    return root


def digest_tree(root: Path) -> str:
    """SHA-256 over the name, mode, time stamp and content of everything below `root`."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        facts = path.lstat()
        total.update(f"{path.relative_to(root)}\0{facts.st_mode}\0{facts.st_mtime_ns}\0".encode())
        if path.is_symlink():
            total.update(str(path.readlink()).encode())
        elif path.is_file():
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _versions(root: Path, names: set[str]) -> Iterator[tuple[str, str]]:
    status = (root / "var/lib/dpkg/status").read_text(encoding="utf-8")
    for paragraph in status.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Version): (.+)$", paragraph, re.MULTILINE))
        if fields.get("Package") in names:
            yield fields["Package"], fields["Version"]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _tail(text: str) -> str:
    return "\n".join(f"    | {line}" for line in text.strip().splitlines()[-8:])
