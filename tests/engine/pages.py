"""Pages rendered as the site renders them, with recordings that were made up."""

import re
from pathlib import Path

from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from snippetlab.library import Library, load_library
from snippetlab.lock import Lock
from snippetlab.markdown import Fences, ValueQuotations
from snippetlab.project import Project
from snippetlab.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import ROOT, snippet

COUNT = 6
"""Snippets `a/b0`, `a/b1` and so on, each with the value `size`."""


def write_library(project: Project) -> Library:
    """Snippets with recordings."""
    for number in range(COUNT):
        path = project.snippets / f"a/b{number}.sh"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = snippet(f"# step: count\nwc -c x{number}\n", values="@")
        path.write_text(text.replace('"@"', "{ size = '(\\d+) bytes', all = '\\d+ bytes' }"))
    for entry in load_library(project).entries.values():
        output = f"{4208640 + int(entry.snippet.id[-1])} bytes\n".encode()
        step = Step(f"wc -c x{entry.snippet.id[-1]}", output)
        write_recording(entry.snippet, entry.key, Transcript((step,)))
    return load_library(project)


def rendered(text: str, library: Library) -> str:
    """The page as MkDocs makes it of that text, with the site's own extensions."""
    configuration = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    extensions = dict(configuration["markdown_extensions"])
    fences = Fences(library, Lock(), {}, {}, language="en", locate=lambda s: s.id).fences()
    extensions["pymdownx.superfences"] = {"custom_fences": fences}
    values = ValueQuotations(library, "en")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Markdown(extensions=[*extensions, values], extension_configs=extensions).convert(text)


def transcripts(html: str) -> list[str]:
    """The ids of the snippets that a reader of the page sees."""
    seen = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.findall(r'<figure class="transcript" id="a-(b\d)"', seen)


def page_at(project: Project, text: str) -> Path:
    path = project.docs / "ko/x.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
