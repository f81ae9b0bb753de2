"""Pages rendered as the site renders them, with recordings that were made up."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from snippetlab.errors import EngineError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.show.figures import Figures
from snippetlab.show.markdown import Fences
from snippetlab.show.pages import Pages
from snippetlab.show.shown import faults
from snippetlab.show.words import english
from snippetlab.snippet.command import flatten
from snippetlab.snippet.library import Library, load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.stated import Stated
from snippetlab.transcript import Step, Transcript
from tests.support import ROOT, snippet
from tests.words import ENGLISH

Edit = Callable[[list[str], int, str], None]
"""Changes the lines as the message says; the number is that of the line it names, from 0."""
FENCE = "```snippet\na/b0\n```\n"
OTHER = FENCE.replace("b0", "b1")
SIZE = "[](value:a/b0#size)"
COUNT = 6
"""Snippets `a/b0`, `a/b1` and so on, each with the value `size`."""


def case(marked: pytest.MarkDecorator, text: str, line: int, edit: Edit, name: str) -> object:
    """A page with a mistake in that line, and what mends it."""
    return pytest.param(text, line, edit, marks=marked, id=name)


def write_library(project: Project) -> Library:
    """Snippets with recordings."""
    for number in range(COUNT):
        path = project.snippets / f"a/b{number}.sh"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = snippet(f"# step: count\nwc -c x{number}\n", values="@")
        path.write_text(text.replace('"@"', "{ size = '(\\d+) bytes', all = '\\d+ bytes' }"))
    for entry in load_library(project).entries.values():
        if entry.recording:
            continue
        output = f"{4208640 + int(entry.snippet.id[-1])} bytes\n".encode()
        step = Step(f"wc -c x{entry.snippet.id[-1]}", output)
        write_recording(entry.snippet, entry.inputs, Transcript((step,)))
    return load_library(project)


RUN = """\
# step: one
echo 1
# hide
true
# show
# step: two
echo 2; (exit 3) # ? 3
sh <<'in'
# step: three
echo 3
# step: four
echo 4
in
echo 5
"""


def write_run(project: Project, code: str = RUN) -> None:
    """The snippet `a/run`, of several steps, each of which has printed its last word."""
    path = project.snippets / "a/run.sh"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(snippet(code))
    forge(project, "a/run")


def forge(project: Project, id_: str) -> None:
    """A recording of that snippet."""
    entry = load_library(project).entries[id_]
    steps = (
        Step(c.text, b"2\n" if c.expects else f"{c.text[-1]}\n".encode(), c.expects or 0, c.prompt)
        for c in flatten(entry.program.commands)
    )
    write_recording(entry.snippet, entry.inputs, Transcript(tuple(steps)))


def rendered(text: str, library: Library, lock: Lock | None = None) -> str:
    """The page as MkDocs makes it of that text, with the site's own extensions."""
    configuration = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    extensions = dict(configuration["markdown_extensions"])
    stated = dict.fromkeys(lock.labs, Stated({"bash": ("bash",)})) if lock else {}
    fences = Fences(library, lock or Lock(), stated, {}, templates=ENGLISH, locate=lambda s: s.id)
    ours = fences.extension()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Markdown(extensions=[*extensions, ours], extension_configs=extensions).convert(text)


def transcripts(html: str) -> list[str]:
    """The ids of the snippets that a reader of the page sees."""
    seen = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.findall(r'<figure class="transcript" id="a-(b\d)"', seen)


def page_at(project: Project, text: str) -> Path:
    path = project.docs / "ko/x.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def complaint(text: str, library: Library) -> str:
    """What a build says of the page; nothing if it is well."""
    path = page_at(library.project, text)
    try:
        Pages(library, find_pages(library.project.docs)).check_quotations()
        Pages(library, find_pages(library.project.docs)).references()
    except EngineError as error:
        return str(error)
    return "\n".join(map(str, faults(path, rendered(text, library), Figures(library), english())))


def put(text: str) -> Edit:
    """Put that in the place of the line."""
    return lambda lines, at, _: lines.__setitem__(at, text)


def quoted(lines: list[str], at: int, said: str) -> None:
    """Put what the message offers in backticks."""
    lines[at] = re.findall("`([^`]+)`", said.split("\n    ")[1])[0]


def offered(lines: list[str], at: int, said: str) -> None:
    """Put what the message offers after its colon."""
    lines[at] = said.split("\n    ")[1].split(": ", 1)[1]


def value(lines: list[str], at: int, said: str) -> None:
    """Put the quotation that the message offers in the place of the wrong one."""
    right = re.findall(r"\[\]\(value:[^)]*\)", said.split("\n    ")[1])[0]
    right = right.replace("chapter/snippet#name", "a/b0#size").replace("NAME", "size")
    lines[at] = f"It has {right} bytes."


def blanks(lines: list[str], at: int, said: str) -> None:
    """Indent the line as the message says."""
    found = re.search(r"by (\d+) blanks", said)
    lines[at] = " " * int(found[1] if found else 0) + lines[at].strip()


def spread(lines: list[str], at: int, said: str) -> None:
    """Put the parts on lines of their own."""
    lines[at : at + 1] = said.split("own: ")[1].split(" / ")


def below(lines: list[str], at: int, _: str) -> None:
    lines.append(lines.pop(at))


def dedented(lines: list[str], _: int, __: str) -> None:
    lines[:] = [re.sub("^    (?=    )", "", line) for line in lines]


def without(*texts: str) -> Edit:
    """Remove these lines."""
    return lambda lines, _, __: lines.__setitem__(slice(None), [x for x in lines if x not in texts])


def before(text: str) -> Edit:
    """Put that before the line."""
    return lambda lines, at, _: lines.insert(at, text)


def after(number: int, text: str) -> Edit:
    return lambda lines, at, _: lines.insert(at + number, text)


def name_it(lines: list[str], at: int, said: str) -> None:
    lines[at] = lines[at].replace("weight", re.findall(r"there are: (\w+)", said)[0])


def edited(old: str, new: str) -> Edit:
    def edit(lines: list[str], _: int, __: str) -> None:
        assert any(old in line for line in lines)
        lines[:] = [line.replace(old, new) for line in lines]

    return edit


def follow(text: str, line: int, edit: Edit, library: Library) -> str:
    """See that a mistake is named with its line, and that the cure mends it; the mended page."""
    said = complaint(text, library)
    assert re.match(rf"\S*docs/ko/x\.md:{line}: ", said), said
    lines = text.split("\n")
    edit(lines, line - 1, said)
    mended = "\n".join(lines)
    assert complaint(mended, library) == ""
    return rendered(mended, library)
