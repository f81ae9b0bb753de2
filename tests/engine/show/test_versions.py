"""A transcript in several versions: what is the same is said, what differs can be switched."""

import re

import pytest

from reading.plain import to_markdown
from snippetlab.cli import main
from snippetlab.errors import EngineError, SourceError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.run.lock import Lock, LockedLab
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import load_library
from tests.engine.pages import rendered
from tests.engine.versions import RECIPES, register, versioned
from tests.support import Write

cure = pytest.mark.cure
FENCE = "```snippet\na/b\n{}```\n"
WHY = '{ kind = "store", en = "Images lie elsewhere." }'
STORE = "# step: moon\necho moon\n# step: kept\nstore\n"


@pytest.fixture(autouse=True)
def labs(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    register(project, write, monkeypatch)


def page(project: Project, options: str = "", lock: Lock | None = None) -> str:
    library = load_library(project)
    return rendered(f"# x\n\n{FENCE.format(options)}", library, lock)


def panels(html: str) -> dict[str, str]:
    """Version → its panel."""
    found = re.findall(
        r'data-version="(\w+)">(.*?)(?=<div class="transcript-version"|<figcaption)',
        html,
        re.DOTALL,
    )
    return dict(found)


@pytest.fixture
def recorded(project: Project, write: Write) -> Project:
    write("snippets/a/b.sh", versioned(STORE, differs=WHY))
    assert main(["record"]) == 0
    return project


def test_what_is_the_same_is_said_with_the_version_of_the_lock(
    project: Project, write: Write
) -> None:
    write("snippets/a/b.sh", versioned("echo moon\n"))
    assert main(["record"]) == 0
    html = page(project)
    assert '<span class="transcript-same">the same in toy 1</span>' in html
    assert "radio" not in html
    locked = {"toy-1": LockedLab("toy-1", "x", {"bash": "1.2.3-4+deb1", "tar": "1.9"}, "6")}
    lock = Lock(locked)
    assert "the same in toy 1.2.3" in page(project, lock=lock)


def test_what_differs_has_a_switch_with_a_panel_for_each_version(recorded: Project) -> None:
    html = page(recorded)
    assert re.findall(r'<input type="radio" name="(.*?)" value="(.*?)"', html) == [
        ("a-b-version", "2"),
        ("a-b-version", "1"),
    ]
    assert re.findall(r'value="(\d)" data-number="\d" checked', html) == ["2"]
    assert 'role="radiogroup" aria-label="Version of toy"' in html
    found = panels(html)
    assert [*found] == ["2", "1"]
    assert "the same in" not in html
    assert "<b>store</b> Images lie elsewhere." in html


def test_only_the_lines_that_differ_are_marked(recorded: Project) -> None:
    marked = {
        version: re.findall(
            r'<mark><span class="for-listeners">\[differs\] </span>(.*?)</mark>', html
        )
        for version, html in panels(page(recorded)).items()
    }
    assert marked == {"2": ["snapshots"], "1": ["layers"]}


def test_a_status_that_differs_is_told_in_both(project: Project, write: Write) -> None:
    write("lab/toy-1.toml", RECIPES["toy-1"] + '"plug-in" = "1.0\\n"\n')
    assert main(["lab", "build", "toy-1"]) == 0
    write("snippets/a/b.sh", versioned("plug-in  # ? 127, @1 0\n", differs=WHY))
    assert main(["record"]) == 0
    found = panels(page(project))
    assert "exit status 127</mark>" in found["2"]
    assert "exit status 0</mark>" in found["1"]


def test_all_ids_are_there_once_and_those_of_the_first_version_are_as_ever(
    recorded: Project,
) -> None:
    html = page(recorded, "note kept: Here.\n")
    ids = re.findall(r' id="([^"]+)"', html)
    assert ids.count("a-b") == 1
    assert len(ids) == len({*ids}), ids
    assert {"a-b-moon", "a-b-kept", "a-b-kept-note", "a-b-1-kept"} <= {*ids}
    pages = Pages(load_library(recorded), [])
    write_page(recorded, FENCE.format(""))
    (reference,) = Pages(load_library(recorded), find_pages(recorded.docs)).references()
    assert {"a-b-1-kept", "a-b-kept"} <= {*pages.anchors(reference.fence)}


def write_page(project: Project, text: str) -> None:
    path = project.docs / "en/x.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: x\ndescription: x\n---\n\n# x {{ #x }}\n\n{text}")


def test_a_note_stands_in_all_versions_or_in_one(recorded: Project) -> None:
    found = panels(page(recorded, "note moon: For all.\nnote kept: First.\nnote kept@1: Other.\n"))
    notes = {version: re.findall(r"</b> (.*?)</p>", html) for version, html in found.items()}
    assert notes == {"2": ["For all.", "First."], "1": ["For all.", "Other."]}
    found = panels(page(recorded, "note kept@2: Only now.\n"))
    assert ["Only now." in html for html in found.values()] == [True, False]


def test_a_part_has_a_switch_where_its_own_steps_differ(recorded: Project) -> None:
    whole = FENCE.format("to: moon\n") + FENCE.format("from: kept\n")
    html = rendered(f"# x\n\n{whole}", load_library(recorded))
    first, second = html.split("</figure>")[:2]
    assert "the same in toy 1" in first
    assert "radio" not in first
    assert "radio" in second


def test_side_by_side_it_is_said_which_versions_differ(recorded: Project, write: Write) -> None:
    write("snippets/a/c.sh", versioned("echo moon\n"))
    assert main(["record", "a/c"]) == 0
    html = rendered("# x\n\n```snippet\na/b\na/c\n```\n", load_library(recorded))
    assert re.findall(r'transcript-same">(.*?)</span>', html) == [
        "something else in toy 1",
        "the same in toy 1",
    ]
    assert "radio" not in html


def faults(project: Project, text: str) -> str:
    write_page(project, text)
    try:
        Pages(load_library(project), find_pages(project.docs)).references()
    except EngineError as error:
        return str(error)
    return ""


@cure("note-version")
def test_a_note_names_a_version_that_is_recorded(recorded: Project) -> None:
    said = faults(recorded, FENCE.format("note kept@7: x\n"))
    assert "a/b is not recorded in version 7" in said
    assert "Take `@7` out: note kept: …" in said
    assert not faults(recorded, FENCE.format("note kept: x\n"))


@cure("note-version-same")
def test_a_note_for_a_version_that_is_not_shown_is_refused(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("# step: moon\necho moon\n"))
    assert main(["record"]) == 0
    for version in "12":
        said = faults(project, FENCE.format(f"note moon@{version}: x\n"))
        assert f"stands in version {version}, which prints the same" in said
        assert "Write it for all: note moon: …" in said
    assert not faults(project, FENCE.format("note moon: x\n"))


@cure("version-shown")
def test_a_fence_names_no_version(recorded: Project) -> None:
    said = faults(recorded, "```snippet\na/b@1\n```\n")
    assert "a/b@1 is one version of a snippet" in said
    assert "which shows all versions: a/b" in said
    assert not faults(recorded, "```snippet\na/b\n```\n")


def test_prose_quotes_a_value_of_a_version(project: Project, write: Write) -> None:
    tags = {"values": "{ size = '(\\d+ MB)' }", "differs": WHY}
    write("snippets/a/b.sh", versioned("size\n", **tags))
    assert main(["record"]) == 0
    text = "# x\n\n[](value:a/b#size) [](value:a/b@1#size)\n"
    html = rendered(text, load_library(project))
    assert re.findall(r'<data class="value" value="(.*?)">', html) == ["20 MB", "10 MB"]


def test_a_version_that_is_not_recorded_is_refused_as_any(recorded: Project) -> None:
    (recorded.snippets / "a/b@1.out").unlink()
    with pytest.raises(Exception, match="the snippet has no recording"):
        page(recorded)


@cure("versions-or-browser")
def test_a_tab_is_of_one_version(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", versioned("store\n", browser="true"))
    with pytest.raises(SourceError, match="of one version\n    Remove one of `browser` and"):
        load_library(project)
    path.write_text(versioned("store\n"))
    assert load_library(project).find("a/b@1")


def test_as_markdown_all_versions_stand_in_a_row_with_their_labels(recorded: Project) -> None:
    html = page(recorded, "note kept: First.\nnote kept@1: Other.\n")
    text = to_markdown(html, "https://example.org/")
    assert [line for line in text.split("\n") if line.strip()][1:-1] == [
        "A test.",
        "**store** Images lie elsewhere.",
        "toy 2",
        *("```text", "$ echo moon", "moon", "$ store", "snapshots", "```"),
        "**Note 1** First.",
        "toy 1",
        *("```text", "$ echo moon", "moon", "$ store", "layers", "```"),
        "**Note 2** Other.",
    ], text
