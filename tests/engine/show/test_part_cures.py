"""Mistakes in parts and notes: the line, and the cure."""

import re

import pytest

from snippetlab.project import Project
from snippetlab.snippet.library import Library, load_library
from tests.engine.pages import (
    RUN,
    Edit,
    case,
    complaint,
    follow,
    forge,
    page_at,
    quoted,
    rendered,
    without,
    write_library,
    write_run,
)
from tests.support import snippet

cure = pytest.mark.cure


@pytest.fixture
def library(project: Project) -> Library:
    write_run(project)
    return write_library(project)


def fence(*lines: str) -> str:
    return "\n".join(["```snippet", *lines, "```", ""])


def meant(lines: list[str], at: int, said: str) -> None:
    """Put the name that is offered in the place of the one that is there."""
    wrong, right = (re.findall(f"{words} `([^`]+)`", said)[0] for words in ("name", "mean"))
    lines[at] = lines[at].replace(wrong, right)


def exchanged(lines: list[str], at: int, said: str) -> None:
    lines[at - 1 : at + 1] = said.split("them: ")[1].split(" / ")


def earlier(lines: list[str], at: int, said: str) -> None:
    """Begin the part as the message says."""
    lines[at] = re.findall(r"from: \w+", said.split("\n    ")[1])[0]


def indented(lines: list[str], at: int, _: str) -> None:
    lines[at] = f"  {lines[at]}"


def apart(lines: list[str], at: int, _: str) -> None:
    lines.insert(at - 1, "```\n\n```snippet")


def moved(lines: list[str], at: int, _: str) -> None:
    lines.insert(next(n for n, line in enumerate(lines) if line == "from: two"), lines.pop(at))


def linked(lines: list[str], at: int, said: str) -> None:
    lines[at] = re.findall(r"mean (\[\]\(note:\S+\))\?", said)[0]


def written(lines: list[str], at: int, _: str) -> None:
    lines[at] += " text"


TO_ONE, FOUR = ("to: one",), ("from: four",)
CURES = [
    case(
        cure("option-twice"),
        fence("a/run", "fold: 3", "fold: 3"),
        4,
        lambda lines, at, _: lines.__delitem__(at),
        "twice",
    ),
    case(
        cure("option-step"),
        fence("a/run", "to:", "") + fence("a/run", "from: two"),
        3,
        lambda lines, at, said: lines.__setitem__(
            at, said.split("step: ")[1].split("\n")[0].replace("NAME", "one")
        ),
        "no name",
    ),
    case(cure("note-text"), fence("a/run", "note one:"), 3, written, "empty"),
    case(
        cure("note-twice"),
        fence("a/run", "note one: X.", "note one: Y."),
        4,
        lambda lines, at, _: lines.__setitem__(at, "  Y."),
        "a note twice",
    ),
    case(
        cure("note-step"),
        fence("a/run", "note: X."),
        3,
        lambda lines, at, said: lines.__setitem__(
            at, re.findall("(note NAME: )", said)[0].replace("NAME", "one") + "X."
        ),
        "no step",
    ),
    case(cure("note-indent"), fence("a/run", "note one: To", "be it: so."), 4, indented, "left"),
    case(cure(), fence("a/run", "note one: X", "to the end of it"), 4, indented, "like an option"),
    case(cure(), fence("a/run", "notes one: X."), 3, quoted, "notes"),
    case(cure(), fence("a/run", "note one X."), 3, quoted, "a note without colon"),
    case(cure(), fence("a/run", "Note one: X."), 3, quoted, "a note in capitals"),
    case(cure("contrast-option"), fence("a/b0", "a/b1", "note count: X."), 4, apart, "contrast"),
    case(cure("step-name"), fence("a/run", "note too: X."), 3, meant, "misspelt step of a note"),
    case(cure(), fence("a/run", "to: on") + fence("a/run", "from: two"), 3, meant, "misspelt end"),
    case(
        cure("part-order"),
        "\n".join([fence("a/run", *ends) for ends in (TO_ONE, ("from: three", "to: two"), FOUR)]),
        9,
        exchanged,
        "from after to",
    ),
    case(
        cure("part-whole"), fence("a/run", "from: one"), 3, without("from: one"), "from the first"
    ),
    case(
        cure("note-outside"),
        fence("a/run", "to: one", "note two: X.") + fence("a/run", "from: two"),
        4,
        moved,
        "a note elsewhere",
    ),
    case(
        cure("part-gap"),
        fence("a/run", "to: one") + fence("a/run", "from: three"),
        7,
        earlier,
        "a gap",
    ),
    case(cure(), fence("a/run", "from: two"), 3, without("from: two"), "no beginning"),
    case(
        cure("part-again"),
        fence("a/run", "to: three") + fence("a/run", "from: three"),
        7,
        earlier,
        "an overlap",
    ),
    case(cure("part-rest"), fence("a/run", "to: one"), 3, without("to: one"), "no end"),
    case(
        cure("note-link"),
        fence("a/run", "note one: X.") + "\n[](note:a/run#two)\n",
        6,
        linked,
        "a link to no note",
    ),
]


@pytest.mark.parametrize(("text", "line", "edit"), CURES)
def test_a_mistake_is_named_with_its_line_and_cure(
    text: str, line: int, edit: Edit, library: Library
) -> None:
    assert 'id="a-' in follow(text, line, edit, library)


@pytest.mark.cure("step-unnamed")
@pytest.mark.parametrize("name", ["last", "6"])
def test_a_step_gets_its_name_where_the_message_says(name: str, library: Library) -> None:
    text = fence("a/run", f"note {name}: X.")
    said = complaint(text, library)
    (comment,) = re.findall(r"# step: NAME", said)
    at = re.search(r"above line (\d+) of \S+a/run\.sh", said)
    code = (library.project.snippets / "a/run.sh").read_text()
    lines = code.split("\n")
    assert bool(at) == name.isdecimal()
    line = int(at[1]) - 1 if at else lines.index("echo 5")
    assert lines[line] == "echo 5"
    lines.insert(line, comment.replace("NAME", "last"))
    write_run(library.project, "\n".join(lines).split("# ///\n")[1])
    named = load_library(library.project)
    assert complaint(text.replace("6", "last"), named) == ""


@pytest.mark.cure("step-hidden")
def test_a_step_that_is_folded_away_has_no_note(project: Project) -> None:
    write_run(project, RUN.replace("true", "# step: setup\ntrue"))
    text = fence("a/run", "note setup: X.")
    said = complaint(text, write_library(project))
    line = re.search(r"a/run\.sh:(\d+)", said)
    assert line
    code = (project.snippets / "a/run.sh").read_text().split("\n")
    assert code[int(line[1]) - 1] == "true"
    shown = RUN.replace("# hide\n", "").replace("# show\n", "")
    write_run(project, shown.replace("true", "# step: setup\ntrue"))
    assert complaint(text, load_library(project)) == ""


@pytest.mark.cure("part-program")
def test_a_program_is_shown_whole(project: Project) -> None:
    project.snippets.joinpath("a").mkdir(parents=True)
    path = project.snippets / "a/program.py"
    path.write_text(snippet("print(1)  # step: printed\n"))
    forge(project, "a/program")
    library = load_library(project)
    text = fence("a/program", "from: printed")
    said = complaint(text, library)
    assert "without `from`" in said
    assert re.match(r"\S*x\.md:3: ", said)
    mended = text.replace("from: printed\n", "")
    assert complaint(mended, library) == ""
    assert page_at(project, mended)
    assert "print" in rendered(mended, library)
