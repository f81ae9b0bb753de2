"""The sources of the programs in the browser image, which their licences ask to offer."""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from snippetlab.errors import Cure, EngineError
from snippetlab.images.browser.image import BrowserImage
from snippetlab.images.browser.packages import Apt
from snippetlab.images.browser.recipe import BrowserRecipe
from snippetlab.images.debian import tail

_ARCHIVE = "https://snapshot.debian.org"


def collect_sources(
    image: BrowserImage, recipe: BrowserRecipe, directory: Path, say: Callable[[str], None]
) -> None:
    """Fetch each source package, and lay the kernel's configuration beside them.

    What can be had is collected; raises EngineError with the rest, where a mirror no longer has a
    version.
    """
    wanted = {about["source"]: about["source-version"] for about in image.manifest["packages"]}
    kernel = image.manifest["kernel"]
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        suites = {"i386": recipe.suite, "amd64": kernel["suite"]}
        apts = {
            architecture: Apt(Path(temporary, architecture), suite, architecture, sources=True)
            for architecture, suite in suites.items()
        }
        packages = [(apts["i386"], *package) for package in sorted(wanted.items())]
        packages.append((apts["amd64"], kernel["source"], kernel["source-version"]))
        missing = []
        for number, (apt, name, version) in enumerate(packages, 1):
            say(f"{number}/{len(packages)} {name} {version}")
            if (directory / f"{name}_{version.partition(':')[2] or version}.dsc").is_file():
                continue
            try:
                _fetch(apt, name, version, directory)
            except EngineError as error:
                missing.append(f"{name} {version}")
                say(f"    {error}")
    (directory / "kernel.config").write_bytes((image.root / "kernel.config").read_bytes())
    (directory / "manifest.json").write_bytes((image.root / "manifest.json").read_bytes())
    _check(directory)
    say(f"{len(list(directory.glob('*.dsc')))} source packages are in {directory}")
    if missing:
        cure = Cure(
            "source-archive",
            f"Debian keeps every version: {_ARCHIVE}",
            f"Lay its files there, then: snippetlab lab sources browser {directory}",
        )
        raise EngineError(f"the mirror does not have {', '.join(missing)}", cure)


def _fetch(apt: Apt, name: str, version: str, directory: Path) -> None:
    """All files of a source package, or none."""
    with tempfile.TemporaryDirectory(dir=directory) as whole:
        apt.fetch_source(name, version, Path(whole))
        for file in Path(whole).iterdir():
            file.replace(directory / file.name)


def _check(directory: Path) -> None:
    """Every file that a description names is there whole."""
    sums = []
    for description in sorted(directory.glob("*.dsc")):
        text = description.read_text(encoding="utf-8", errors="replace")
        _, _, rest = text.partition("\nChecksums-Sha256:")
        for line in rest.split("\n")[1:]:
            if not line.startswith(" "):
                break
            digest, _, name = line.split()
            sums.append(f"{digest}  {name}")
    text = "\n".join(dict.fromkeys(sums)) + "\n"
    (directory / "SHA256SUMS").write_text(text)
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"],
        cwd=directory,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        text = "Remove it and the .dsc that names it; they are fetched anew then:"
        text += f" snippetlab lab sources browser {directory}"
        message = f"a source file is not whole:\n{tail(done.stdout + done.stderr)}"
        raise EngineError(message, Cure("source-whole", text))
