"""What is said while the browser image is made, run or offered is followed, without a network."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.images.browser import build, kernel, sources
from snippetlab.images.browser.image import STATE, BrowserImage
from snippetlab.images.browser.packages import fetch_npm, take
from snippetlab.images.browser.recipe import NpmPackage, read_browser_recipe
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.support import advised

cure = pytest.mark.cure


@cure("build-browser", "browser-anew")
def test_an_image_that_is_missing_or_damaged_is_made(
    laboratory_of: Callable[[str], Laboratory],
    repository: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """With what makes it replaced by one that has it."""
    image = laboratory_of("browser").image.root

    def copied(_: object, workshop: Path, final: Path, say: object) -> None:
        assert workshop.is_dir()
        assert say
        shutil.rmtree(final, ignore_errors=True)
        shutil.copytree(image, final)

    monkeypatch.setattr(build, "_build", copied)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))

    def status() -> str:
        capsys.readouterr()
        main(["lab", "status"])
        return re.sub(r"(?s).*^browser: ", "", capsys.readouterr().out, flags=re.MULTILINE)

    for what in ("is missing", "does not work"):
        assert what in (said := status())
        assert main(advised(said)) == 0
        assert status().startswith("works")
        (state,) = tmp_path.glob(f"browser/*/{STATE}")
        state.write_bytes(b"")


@cure("browser-path")
def test_a_path_that_a_package_lacks_is_named_as_it_has_it(tmp_path: Path) -> None:
    files = {
        "DEBIAN/control": "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x.org>\n"
        "Description: x\n",
        "usr/share/x/bios-1.bin": "bios",
    }
    for name, text in files.items():
        (tmp_path / "x" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "x" / name).write_text(text)
    deb = tmp_path / "x.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", str(tmp_path / "x"), str(deb)]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(EngineError) as caught:
        take(deb, ["usr/share/x/bios.bin"])
    (named,) = re.findall(r"such as (\S+)", str(caught.value))
    assert take(deb, [named])[named].content == b"bios"


@cure("npm-integrity")
def test_what_npm_has_is_pinned_where_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(tmp_path / "x-1.tgz", "w:gz") as archive:
        info = tarfile.TarInfo("package/x.js")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"1;"))
    npm = tmp_path / "bin/npm"
    npm.parent.mkdir()
    npm.write_text("#!/bin/sh\necho x-1.tgz\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:{os.environ['PATH']}")
    package = NpmPackage("x", "1", "sha512-bm8=", "MIT", ("x.js",))
    with pytest.raises(EngineError) as caught:
        fetch_npm(package, tmp_path)
    (integrity,) = re.findall(r'integrity = "(.+)"', str(caught.value))
    assert fetch_npm(replace(package, integrity=integrity), tmp_path) == {"x.js": b"1;"}


MAKE = """\
#!/bin/sh
case $* in
*olddefconfig) grep -q CONFIG_BUS=y .config || sed -i /CONFIG_DISK/d .config ;;
*bzImage)
    mkdir -p include/config arch/x86/boot
    echo 6.1 >include/config/kernel.release
    echo kernel >arch/x86/boot/bzImage ;;
esac
"""
"""Of a kernel whose disk depends on a bus."""


@cure("kernel-option")
@pytest.mark.parametrize("mended", ["CONFIG_DISK=y\nCONFIG_BUS=y\n", "CONFIG_NET=y\n"])
def test_an_option_of_the_kernel_gets_what_it_depends_on_or_goes(
    mended: str, repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = io.BytesIO()
    with tarfile.open(fileobj=tree, mode="w:xz") as archive:
        script = b'#!/bin/sh\ncp "$3" .config\n'
        info = tarfile.TarInfo("linux/scripts/kconfig/merge_config.sh")
        info.size, info.mode = len(script), 0o755
        archive.addfile(info, io.BytesIO(script))
    make = tmp_path / "bin/make"
    make.parent.mkdir()
    make.write_text(MAKE)
    make.chmod(0o755)
    monkeypatch.setenv("PATH", f"{make.parent}:{os.environ['PATH']}")
    configuration = tmp_path / "kernel.config"
    one = replace(read_browser_recipe(repository).kernel, configuration=configuration)
    configuration.write_text("CONFIG_DISK=y\n")
    with pytest.raises(EngineError, match=r"take CONFIG_DISK=y\n    .* add that to .*, or take it"):
        kernel._compile(one, tree.getvalue(), tmp_path / "first", tmp_path / "kept")
    configuration.write_text(mended)
    kernel._compile(one, tree.getvalue(), tmp_path / "second", tmp_path / "kept")
    assert (tmp_path / "kept/release").read_text() == "6.1\n"


def described(name: str, version: str, directory: Path) -> None:
    """A source package, whole."""
    content = f"{name} {version}".encode()
    digest = hashlib.sha256(content).hexdigest()
    text = f"Source: {name}\nChecksums-Sha256:\n {digest} {len(content)} {name}.tar\n"
    (directory / f"{name}_{version.rpartition(':')[2]}.dsc").write_text(text)
    (directory / f"{name}.tar").write_bytes(content)


class Mirror:
    """An apt whose mirror has dropped one package."""

    def __init__(self, *_: object, sources: bool) -> None:
        assert sources

    def fetch_source(self, name: str, version: str, directory: Path) -> None:
        if name == "gone":
            raise EngineError("404 Not Found")
        described(name, version, directory)


@cure("source-archive", "source-whole")
def test_a_source_that_a_mirror_has_dropped_is_laid_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "Apt", Mirror)
    for name in ("kernel.config", "manifest.json"):
        (tmp_path / name).write_text(name)
    packages = [{"source": name, "source-version": "1:1-1"} for name in ("bash", "gone")]
    about = {"source": "linux", "source-version": "6-1", "suite": "bookworm"}
    image = BrowserImage(tmp_path, {"packages": packages, "kernel": about})
    recipe: Any = SimpleNamespace(suite="bookworm")
    there = tmp_path / "sources"

    def collect() -> str:
        try:
            sources.collect_sources(image, recipe, there, lambda _: None)
        except EngineError as error:
            return str(error)
        return ""

    said = collect()
    assert "Debian keeps every version: https://snapshot.debian.org" in said
    assert advised(said) == ["lab", "sources", "browser", str(there)]
    described("gone", "1:1-1", there)
    assert collect() == ""
    (there / "bash.tar").write_text("cut")
    (name,) = re.findall(r"\| (\S+): FAILED", collect())
    (there / name).unlink()
    next(path for path in there.glob("*.dsc") if name in path.read_text()).unlink()
    assert collect() == ""
