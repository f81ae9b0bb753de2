"""The kernel of the browser image: built from Debian's source, or Debian's own."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, EngineError, display
from snippetlab.files import write_atomically
from snippetlab.images.browser.packages import Apt, Node, take, version_of
from snippetlab.images.browser.recipe import Kernel
from snippetlab.project import cache_directory


@dataclass(frozen=True)
class BuiltKernel:
    """A kernel ready to boot."""

    image: bytes
    modules: Mapping[str, Node]
    release: str
    package: str
    """The Debian package it comes from."""
    version: str
    """Of that package."""
    source: tuple[str, str]
    """Name and version of the source package."""
    configuration: str
    """The whole of it, as `make olddefconfig` or Debian leaves it."""


def make_kernel(kernel: Kernel, workshop: Path, say: Callable[[str], None]) -> BuiltKernel:
    """The kernel, from the cache if this one was built before. Raises EngineError."""
    architecture = "amd64" if kernel.tools else "i386"
    apt = Apt(workshop / f"apt-{kernel.suite}-{architecture}", kernel.suite, architecture)
    if kernel.tools:
        return _build(kernel, apt, workshop, say)
    package = apt.dependency(kernel.package)
    deb = apt.fetch([package])[package]
    paths = [f"usr/lib/modules/*/kernel/{module}.ko" for module in kernel.modules]
    boot = take(deb, [kernel.image, "boot/config-*"])
    image = next(path for path in boot if "vmlinuz" in path)
    found = take(deb, paths)
    modules = {
        path: found[path]
        for module in kernel.modules
        for path in found
        if path.endswith(f"/{module}.ko")
    }
    configuration = next(node.content.decode() for path, node in boot.items() if "config" in path)
    release = image.removeprefix("boot/vmlinuz-")
    version = version_of(deb)
    source = apt.sources([package])[package]
    return BuiltKernel(
        boot[image].content, modules, release, package, version, source, configuration
    )


def _build(kernel: Kernel, apt: Apt, workshop: Path, say: Callable[[str], None]) -> BuiltKernel:
    source = apt.sources([kernel.package])[kernel.package]
    version = source[1]
    key = hashlib.sha256(f"{kernel.key} {version}".encode()).hexdigest()[:16]
    kept = cache_directory() / "kernels" / key
    if not (kept / "release").is_file():
        say(f"browser image: building {kernel.package} {version}, which takes minutes …")
        deb = apt.fetch([kernel.package])[kernel.package]
        archive = next(iter(take(deb, [kernel.image]).values())).content
        _compile(kernel, archive, workshop / "kernel", kept)
    image, configuration = (kept / "vmlinuz").read_bytes(), (kept / "config").read_text()
    release = (kept / "release").read_text().strip()
    return BuiltKernel(image, {}, release, kernel.package, version, source, configuration)


def _compile(kernel: Kernel, archive: bytes, workshop: Path, kept: Path) -> None:
    """Unpack, configure, build, and keep the result in the cache."""
    workshop.mkdir()
    unpack = ["tar", "--extract", "--xz", "--strip-components=1"]
    done = subprocess.run(unpack, input=archive, cwd=workshop, capture_output=True)
    _check(done, "tar")
    # The same source and configuration make the same kernel, whoever builds it and when.
    named = {"KBUILD_BUILD_TIMESTAMP": "@1735689600", "KBUILD_BUILD_VERSION": "1"}
    named |= {"ARCH": "i386", "KBUILD_BUILD_USER": "lab", "KBUILD_BUILD_HOST": "lab"}
    environment = os.environ | named
    merge = ["scripts/kconfig/merge_config.sh", "-m", ".config", str(kernel.configuration)]
    jobs = f"-j{os.cpu_count() or 1}"
    for command in (
        ["make", "--silent", "tinyconfig"],
        merge,
        ["make", "--silent", "olddefconfig"],
        ["nice", "make", "--silent", jobs, "bzImage"],
    ):
        done = subprocess.run(command, cwd=workshop, env=environment, capture_output=True)
        _check(done, " ".join(command))
    configuration = (workshop / ".config").read_text()
    asked = re.findall(r"^CONFIG_\w+=.+$", kernel.configuration.read_text(), re.MULTILINE)
    if lost := sorted(set(asked) - set(configuration.splitlines())):
        where = display(kernel.configuration)
        text = f"It depends on something else; add that to {where}, or take it out there."
        cure = Cure("kernel-option", text)
        raise EngineError(f"{where}: the kernel does not take {lost[0]}", cure)
    release = (workshop / "include/config/kernel.release").read_bytes()
    write_atomically(kept / "vmlinuz", (workshop / "arch/x86/boot/bzImage").read_bytes())
    write_atomically(kept / "config", configuration.encode())
    write_atomically(kept / "release", release)
    shutil.rmtree(workshop)


def _check(done: "subprocess.CompletedProcess[bytes]", what: str) -> None:
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()[-8:]
        raise EngineError(f"{what} failed:\n" + "\n".join(f"    | {line}" for line in lines))
