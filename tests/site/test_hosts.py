"""The same snippet blocks under MkDocs, ProperDocs and Zensical."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import ROOT


def blocks(site: Path) -> dict[str, list[str]]:
    """Page → its snippet blocks.

    But for the links, which only a hook makes relative or marks as leading elsewhere, and for a
    mark that Zensical's search takes away after having read it; nor do buttons count that need
    files which a hook adds, nor why there are none.
    """
    found = {}
    for page in sorted(site.rglob("index.html")):
        html = page.read_text(encoding="utf-8")
        figures = [m[0] for m in re.finditer(r'<figure class="transcript".*?</figure>', html, re.S)]
        figures = [re.sub(r'href="[^"]*snippets/', 'href="', figure) for figure in figures]
        figures = [re.sub(' data-search-exclude| rel="external"', "", f) for f in figures]
        here = r'<button[^>]*data-machine=.*?</button>|<p class="transcript-elsewhere">.*?</p>'
        figures = [re.sub(here, "", f) for f in figures]
        if figures and page.relative_to(site).parts[0] != "en":
            found[str(page.relative_to(site))] = figures
    return found


def run(arguments: list[str], directory: Path, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        env=os.environ | {"SNIPPETS": "recorded", "PYTHONPATH": str(ROOT / "hooks")} | environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_properdocs(site: Path, tmp_path: Path) -> None:
    arguments = ["properdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    directory = tmp_path / "site"
    silent = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
    run([*arguments, "--site-dir", str(directory)], ROOT, **silent)
    assert blocks(directory) == blocks(site)


@pytest.mark.skipif(find_spec("zensical") is None, reason="Zensical is allowed to be missing")
def test_zensical(site: Path, tmp_path: Path) -> None:
    for name in ("docs", "snippets", "lab"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    line = "  pymdownx.superfences: {}\n"
    text = text.replace(line, f"{line}  snippetlab.hosts.zensical: {{}}\n")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    run(["zensical", "build", "--clean"], tmp_path)
    assert blocks(tmp_path / "site") == blocks(site)
