"""The sources of the programs in the browser image, which their licences ask to offer."""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.labs.browser.image import BrowserImage
from snippetlab.labs.browser.packages import Apt
from snippetlab.labs.browser.recipe import Recipe


def collect_sources(
    image: BrowserImage, recipe: Recipe, directory: Path, say: Callable[[str], None]
) -> None:
    """Fetch each source package, and lay the kernel's configuration beside them.

    Raises EngineError where a version is no longer to be had.
    """
    wanted = {about["source"]: about["source-version"] for about in image.manifest["packages"]}
    kernel = image.manifest["kernel"]
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        apt = Apt(Path(temporary) / recipe.suite, recipe.suite, "i386", sources=True)
        for number, (name, version) in enumerate(sorted(wanted.items()), 1):
            say(f"{number}/{len(wanted) + 1} {name} {version}")
            apt.fetch_source(name, version, directory)
        say(f"{len(wanted) + 1}/{len(wanted) + 1} {kernel['source']} {kernel['source-version']}")
        suite = kernel["suite"]
        kernels = Apt(Path(temporary) / f"kernel-{suite}", suite, "amd64", sources=True)
        kernels.fetch_source(kernel["source"], kernel["source-version"], directory)
    (directory / "kernel.config").write_bytes((image.root / "kernel.config").read_bytes())
    (directory / "manifest.json").write_bytes((image.root / "manifest.json").read_bytes())
    _check(directory)
    say(f"{len(list(directory.glob('*.dsc')))} source packages are in {directory}")


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
        raise EngineError(f"a source file is not whole:\n{done.stdout}{done.stderr}")
