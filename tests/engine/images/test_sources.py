"""Collecting the sources of the browser image: all that can be had, and an error for the rest."""

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from snippetlab.errors import EngineError
from snippetlab.images.browser import sources
from snippetlab.images.browser.image import BrowserImage


class Mirror:
    """An apt whose mirror has dropped one package, in the middle of its files."""

    def __init__(self, *_: object, sources: bool) -> None:
        assert sources

    def fetch_source(self, name: str, version: str, directory: Path) -> None:
        content = f"{name} {version}".encode()
        digest = hashlib.sha256(content).hexdigest()
        described = f"Source: {name}\nChecksums-Sha256:\n {digest} {len(content)} {name}.tar\n"
        (directory / f"{name}_{version}.dsc").write_text(described)
        if name == "gone":
            raise EngineError("404 Not Found")
        (directory / f"{name}.tar").write_bytes(content)


@pytest.fixture
def image(tmp_path: Path) -> BrowserImage:
    root = tmp_path / "image"
    root.mkdir()
    for name in ("kernel.config", "manifest.json"):
        (root / name).write_text(name)
    packages = [{"source": name, "source-version": "1-1"} for name in ("bash", "gone", "util")]
    kernel = {"source": "linux", "source-version": "6-1", "suite": "bookworm"}
    return BrowserImage(root, {"packages": packages, "kernel": kernel})


def test_what_a_mirror_has_dropped_is_named_and_the_rest_collected(
    image: BrowserImage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "Apt", Mirror)
    recipe: Any = SimpleNamespace(suite="bookworm")
    said: list[str] = []
    with pytest.raises(EngineError, match=r"the mirror does not have gone 1-1\n    Debian keeps"):
        sources.collect_sources(image, recipe, tmp_path / "sources", said.append)
    names = {path.name for path in (tmp_path / "sources").iterdir()}
    collected = {f"{name}.tar" for name in ("bash", "util", "linux")}
    collected |= {"bash_1-1.dsc", "util_1-1.dsc", "linux_6-1.dsc"}
    assert names == collected | {"SHA256SUMS", "kernel.config", "manifest.json"}
    assert said[:2] == ["1/4 bash 1-1", "2/4 gone 1-1"]
    assert said[-1] == f"3 source packages are in {tmp_path / 'sources'}"
