"""Making the browser image: packages → initramfs → one boot in node → saved state."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from snippetlab.errors import EngineError
from snippetlab.images.browser.copyrights import copyright_of, licenses
from snippetlab.images.browser.image import (
    COPYRIGHTS,
    MANIFEST,
    STATE,
    BrowserImage,
    directory_of,
    missing_tools,
)
from snippetlab.images.browser.kernel import BuiltKernel, make_kernel
from snippetlab.images.browser.packages import Apt, Node, fetch_npm, take, version_of
from snippetlab.images.browser.recipe import DEFAULT_KERNEL, BrowserRecipe, read_browser_recipe
from snippetlab.images.browser.root import make_root, pack, pack_tar
from snippetlab.images.tools import install
from snippetlab.project import Project, cache_directory, make_cache

_BOOT = "boot.mjs"
Say = Callable[[str], None]


def build_browser_image(recipe: BrowserRecipe, say: Say, *, fresh: bool = False) -> BrowserImage:
    """Make the image, or find that it is there already; `fresh` takes today's packages.

    Installs what it needs where it may. Raises LabUnavailableError or EngineError.
    """
    final = directory_of(recipe)
    cache = make_cache()
    with (cache / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (final / MANIFEST).is_file() or fresh:
            install(missing_tools(recipe), say)
            with tempfile.TemporaryDirectory(dir=cache, prefix="build-browser-") as temporary:
                _build(recipe, Path(temporary), final, say)
    return BrowserImage(final, json.loads((final / MANIFEST).read_text()))


def _build(recipe: BrowserRecipe, workshop: Path, final: Path, say: Say) -> None:
    workshop.chmod(0o755)
    parts = workshop / "image"
    parts.mkdir()
    say(f"browser image: {len(recipe.files)} packages of Debian {recipe.suite} for i386 …")
    apt = Apt(workshop / "apt", recipe.suite, "i386")
    parcels = {"": recipe.files, "once": recipe.once}
    parcels |= {name: pack.files for name, pack in recipe.packs.items()}
    names = {package for files in parcels.values() for package in files}
    debs = apt.fetch(sorted({*names, recipe.firmware.package}))
    taken = {name: _take(debs, files) for name, files in parcels.items()}
    kernel = make_kernel(recipe.kernel, workshop, say)
    compiler = taken["compiler"] | taken["once"]
    root = make_root(recipe.directory, taken[""], compiler, kernel.modules)
    inputs = _firmware(recipe, debs[recipe.firmware.package])
    inputs |= {"initramfs": pack(root), "vmlinuz": kernel.image}
    programs = {f"{name}.tar.gz": pack_tar(taken[name]) for name in recipe.packs}
    for package in recipe.npm:
        files = fetch_npm(package, workshop)
        short = package.name.rsplit("/", 1)[-1]
        programs |= {f"{short}.LICENSE" if n == "LICENSE" else n: c for n, c in files.items()}
    for name, content in {**inputs, **programs}.items():
        (parts / name).write_bytes(content)
    say("browser image: booting once …")
    _boot(recipe, parts)
    versions = {package: version_of(debs[package]) for package in sorted(names)}
    digest = hashlib.sha256(inputs["initramfs"] + inputs["vmlinuz"] + repr(recipe.memory).encode())
    for name in sorted(programs):
        digest.update(hashlib.sha256(programs[name]).digest())
    copyrights = {name: copyright_of(name, debs[name]) for name in sorted(names)}
    manifest = _manifest(recipe, apt, versions, kernel, copyrights)
    manifest["digest"] = digest.hexdigest()
    for name in (*inputs, "state.bin"):
        (parts / name).unlink()
    (parts / COPYRIGHTS).mkdir()
    for name, text in copyrights.items():
        (parts / COPYRIGHTS / f"{name}.txt").write_bytes(text)
    (parts / "kernel.config").write_text(kernel.configuration)
    (parts / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    shutil.rmtree(final, ignore_errors=True)
    final.parent.mkdir(exist_ok=True)
    parts.rename(final)
    size = (final / STATE).stat().st_size / 1e6
    say(f"browser image: Linux {kernel.release}, {size:.1f} MB, is ready in {final}")


def _take(debs: Mapping[str, Path], files: Mapping[str, Sequence[str]]) -> dict[str, Node]:
    taken: dict[str, Node] = {}
    for package, patterns in files.items():
        taken |= take(debs[package], patterns)
    return taken


def _firmware(recipe: BrowserRecipe, deb: Path) -> dict[str, bytes]:
    paths = (recipe.firmware.bios, recipe.firmware.vga)
    found = take(deb, paths)
    return {path.rsplit("/", 1)[-1]: found[path].content for path in paths}


def _boot(recipe: BrowserRecipe, parts: Path) -> None:
    start, size = recipe.window
    boot = ["node", str(recipe.directory / _BOOT), str(parts)]
    boot += [str(recipe.memory), f"memmap={size}M${start}M {recipe.kernel.parameters}"]
    squeeze = ["zstd", "--quiet", "-19", "--long=27", "--force"]
    squeeze += [str(parts / "state.bin"), "-o", str(parts / STATE)]
    for command in (boot, squeeze):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or done.stderr.strip():
            raise EngineError(f"{command[0]} failed:\n{done.stderr.strip()[-2000:]}")


def _manifest(
    recipe: BrowserRecipe,
    apt: Apt,
    versions: Mapping[str, str],
    kernel: BuiltKernel,
    copyrights: Mapping[str, bytes],
) -> dict[str, Any]:
    """What the image contains: what its licences ask to be told, and what pages state."""
    packages = [
        {"name": name, "version": versions[name], "source": source, "source-version": version}
        | {"licenses": licenses(copyrights[name])}
        for name, (source, version) in sorted(apt.sources(list(versions)).items())
    ]
    npm = [{"name": p.name, "version": p.version, "license": p.license} for p in recipe.npm]
    about_kernel = {
        "release": kernel.release,
        "package": kernel.package,
        "kind": recipe.kernel.name,
    }
    about_kernel |= {"version": kernel.version, "suite": recipe.kernel.suite}
    about_kernel |= {"source": kernel.source[0], "source-version": kernel.source[1]}
    return {
        "suite": recipe.suite,
        "memory": recipe.memory,
        "window": recipe.window,
        "packs": {name: list(pack.commands) for name, pack in recipe.packs.items()},
        "kernel": about_kernel,
        "packages": packages,
        "npm": npm,
    }


def build(project: Project, name: str, say: Say, *, fresh: bool, kernel: str) -> None:
    """See registry.Maker, as of all that follow."""
    del name
    build_browser_image(read_browser_recipe(project, kernel or DEFAULT_KERNEL), say, fresh=fresh)


def key(project: Project, name: str) -> str:
    """See `Maker`."""
    del name
    return read_browser_recipe(project).key


def parts(project: Project, name: str) -> list[str]:
    """See `Maker`."""
    del name
    return [str(directory_of(read_browser_recipe(project)).relative_to(cache_directory()))]
