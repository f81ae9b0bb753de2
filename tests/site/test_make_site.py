"""`make site`: what takes long goes on side by side, and nothing is left out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.site.previewing import edit
from tests.site.small import add_german, recorded_checkout
from tests.support import ROOT

pytestmark = pytest.mark.pageless


def test_all_languages_are_built_and_what_they_show_is_run(tmp_path: Path) -> None:
    """For all, in one process; each build by itself would run it as well."""
    checkout = recorded_checkout(tmp_path / "checkout")
    add_german(checkout)
    edit(checkout / "docs/ko/index.md", "```snippet\na/b\n```\n", "")
    shutil.copytree(ROOT / "tools", checkout / "tools")
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, checkout / name)
    for name in ("requirements.txt", "tools/environment.py"):
        os.utime(checkout / name, (0, 0))  # this environment is new enough
    done = _made(checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    for below, title in (("", "Page in ko"), ("en/", "Page in en"), ("de/", "Seite")):
        page = (checkout / "site" / below / "index.html").read_text(encoding="utf-8")
        assert title in page
        assert (checkout / "site" / below / "other/index.html").is_file()
    assert not (checkout / "build/en").exists()
    entry = load_library(Project(checkout)).entries["a/b"]
    forged = Transcript((Step("echo first", b"never printed\n"),))
    write_recording(entry.snippet, entry.inputs, forged)
    done = _made(checkout)
    assert done.returncode != 0
    assert "a/b no longer prints what is recorded" in done.stderr


def _made(checkout: Path) -> "subprocess.CompletedProcess[str]":
    command = ["make", "site", f"VENV={sys.prefix}"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)
