"""A build counts what its pages show, and knows all that can be linked to."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from snippetlab.project import Project
from tests.engine.pages import FENCE, write_library
from tests.support import ROOT

pytestmark = pytest.mark.pageless


class Site:
    """A site of one page and more, built as the real one is but for what readers use."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in ("hooks", "lab"):
            shutil.copytree(ROOT / part, root / part)
        text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        extensions = re.findall(r"(?ms)^markdown_extensions:\n.*?^(?=nav)", text)[0]
        lines = [
            "site_name: x",
            "docs_dir: docs/ko",
            "hooks: [hooks/main.py]",
            "extra: { snippets: recorded, offline: true }",
            "theme: { name: material, language: ko, font: false }",
            extensions,
        ]
        (root / "mkdocs.yml").write_text("\n".join(lines))
        write_library(Project(root))
        self.write("index.md", "# Home { #home }\n")

    def write(self, name: str, text: str) -> Path:
        path = self.root / "docs/ko" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def build(self) -> str:
        """What a strict build complains of; nothing if it is good."""
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=self.root,
            capture_output=True,
            text=True,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )
        lines = [line for line in done.stderr.split("\n") if not line.startswith("INFO")]
        return "\n".join(lines) if done.returncode else ""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_transcript_and_its_steps_can_be_linked_to(site: Site) -> None:
    site.write("case.md", f"# Case {{ #case }}\n\n{FENCE}")
    links = "[one](case.md#a-b0) [two](case.md#a-b0-count) [three](case.md#case)"
    site.write("index.md", f"# Home {{ #home }}\n\n{links}\n")
    assert site.build() == ""
    html = (site.root / "site/index.html").read_text()
    for anchor in ("a-b0", "a-b0-count"):
        assert f'href="case/#{anchor}"' in html
        assert f'id="{anchor}"' in (site.root / "site/case/index.html").read_text()
    site.write("index.md", f"# Home {{ #home }}\n\n{links} [four](case.md#a-b0-cuont)\n")
    assert "'case.md' does not contain an anchor '#a-b0-cuont'" in site.build()


def test_all_pages_that_show_too_little_are_named(site: Site) -> None:
    far = "".join(f"        {line}\n" for line in FENCE.split("\n"))
    site.write("far.md", f"# Far {{ #far }}\n\n- x\n\n{far}")
    site.write("html.md", "# HTML { #html }\n\n<p>It has [](value:a/b0#size) bytes.</p>\n")
    site.write("twice.md", f"# T {{ #a-b0 }}\n\n{FENCE}")
    said = site.build()
    assert "docs/ko/far.md:6: the transcript a/b0 is not shown" in said
    assert "docs/ko/html.md:3: the value a/b0#size is not shown" in said
    assert "docs/ko/twice.md:1: 2 elements of the page have the id a-b0" in said


def test_front_matter_that_cannot_be_read_is_not_published(site: Site) -> None:
    text = "---\ntitle: UTS: namespaces\ndescription: x\n---\n\n# T { #t }\n"
    page = site.write("uts.md", text)
    said = site.build()
    assert "docs/ko/uts.md:2: the front matter is no YAML" in said
    page.write_text(
        text.replace("UTS: namespaces", re.findall(r'Quote it: title: (".*")', said)[0])
    )
    assert site.build() == ""
    assert "<title>UTS: namespaces - x</title>" in (site.root / "site/uts/index.html").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "> - x\n>\n>     ```snippet\n>     a/b0\n>     ```\n",
        f"```bash```\n\n{FENCE}",
        f"Text.\n\n    ```\n\nText.\n\n{FENCE}",
        FENCE.replace("\n", "\r"),
        f"\ufeff{FENCE}",
    ],
)
def test_whatever_is_shown_is_held_against_its_recording(site: Site, text: str) -> None:
    site.write("x.md", text)
    assert site.build() == ""
    assert 'id="a-b0"' in (site.root / "site/x/index.html").read_text()
    recording = site.root / "snippets/a/b0.out"
    recording.write_text(recording.read_text().replace("4208640", "4208641"))
    assert re.search(r"snippets/a/b0\.out:\d+: the recording was edited by hand", site.build())
