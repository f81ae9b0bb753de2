"""A mistake in `docs/pictures` is said with its line and what mends it, which does."""

from dataclasses import replace
from pathlib import Path

import pytest

from pictures.place import find_place
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import Library, load_library
from tests.site.drawing import at, drawn, named, with_output
from tests.support import ROOT

pytestmark = pytest.mark.pageless


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Project(ROOT))


PLAIN = """\
title: A title
kind: boxes
snippet: isolation/user-map
read:
  map: {step: map, as: idmap}
rows:
  - {name: here, text: "{map 1 inside}"}
  - {name: there, text: There}
arrows:
  - {from: here, to: there}
frames:
  - {step: map, says: The first., lit: [here]}
  - {step: outside, says: The second., lit: [there]}
"""


def wrong(directory: Path, library: Library, text: str) -> str:
    """What is wrong with a picture, without its path; nothing if it is drawn."""
    path = directory / "plain.yml"
    path.write_text(text, encoding="utf-8")
    try:
        drawn(path, library)
    except SourceError as error:
        return str(error).removeprefix(str(path))
    return ""


def made(directory: Path, library: Library, right: str, mistaken: str) -> str:
    """What is said of that mistake in a picture that is right without it."""
    assert PLAIN.count(right) == 1
    assert wrong(directory, library, PLAIN) == ""
    return wrong(directory, library, PLAIN.replace(right, mistaken))


@pytest.mark.cure("picture-yaml")
def test_no_yaml(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "title: A title", "title: A: title")
    assert said.startswith(":1: no YAML: ")
    assert "into quotes" in said
    assert not wrong(tmp_path, library, PLAIN.replace("A title", '"A: title"'))


@pytest.mark.cure("picture-lacks")
def test_a_part_that_lacks(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "title: A title\n", "")
    assert said == ":1: `title` is missing\n    Add a line `title: …`."


@pytest.mark.cure("picture-part")
def test_an_unknown_part(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "arrows:", "arows:")
    assert said.startswith(":10: nothing here is called `arows`\n    Did you mean `arrows`? ")


@pytest.mark.cure("picture-kind")
def test_an_unknown_kind(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "kind: boxes", "kind: boxen")
    assert said.startswith(":2: there is no kind `boxen`\n    Did you mean `boxes`? ")


@pytest.mark.cure("picture-text")
def test_a_list_where_a_text_belongs(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "from: here", "from: [here]")
    assert said == ":10: here stands a single text\n    Write one: name."


@pytest.mark.cure("picture-mapping")
def test_a_text_where_a_mapping_belongs(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "{step: map, as: idmap}", "map")
    assert said.startswith(":5: here stands a mapping of names\n    Write it as `name: value`")


@pytest.mark.cure("picture-frames")
def test_a_single_frame(tmp_path: Path, library: Library) -> None:
    last = PLAIN.splitlines(keepends=True)[-1]
    said = made(tmp_path, library, last, "")
    assert said.startswith(":12: a picture that steps has two frames or more\n    Add one")


@pytest.mark.cure("picture-step")
def test_a_step_that_is_not_there(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "{step: outside", "{step: outsid")
    assert said.startswith(":13: isolation/user-map has no step `outsid`\n    Name one, by a line")
    assert "Named are: unshare, file, inside, map, outside." in said


@pytest.mark.cure("picture-form")
def test_an_unknown_form(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "as: idmap", "as: idmp")
    assert said.startswith(":5: nothing can be read as `idmp`\n    Did you mean `idmap`? ")


@pytest.mark.cure("picture-unreadable")
def test_output_of_another_form(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "as: idmap", "as: sizes")
    assert said.startswith(":5: step map of isolation/user-map printed '      1000")
    assert (
        "which is no sizes\n    Let the step print lines such as `lower/data 4194304`, or" in said
    )


def test_a_recording_that_cannot_be_read_any_more(library: Library) -> None:
    id_ = "isolation/user-map"
    changed = with_output(library, id_, at(library, id_, "map"), lambda _: "no map\n")
    with pytest.raises(
        SourceError, match=r"owner\.yml:\d+: step map of isolation/user-map printed"
    ):
        drawn(named("owner"), changed)


@pytest.mark.cure("picture-value")
def test_a_value_that_was_not_recorded(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "{map 1 inside}", "{map 1 insde}")
    assert said.startswith(":7: nothing recorded is `map 1 insde`\n    Write one of: map 1 inside")


@pytest.mark.cure("picture-number")
def test_a_value_that_is_no_number(tmp_path: Path, library: Library) -> None:
    right = "{map 1 inside}"
    said = made(tmp_path, library, right, "{map 1 inside nmber}")
    assert said.startswith(":7: unknown format `nmber`")
    assert "Leave the form out" in said


@pytest.mark.cure("picture-box")
def test_a_box_that_is_not_there(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "lit: [there]", "lit: [nowhere]")
    assert said == ":13: the picture has no box `nowhere` here\n    There are: here, there."


@pytest.mark.cure("picture-since")
def test_a_frame_that_is_not_there(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "to: there", "to: there, since: 3")
    assert said == ":10: there is no frame 3\n    Write the number of a frame, from 1 to 2."


@pytest.mark.cure("picture-digits")
def test_a_number_that_is_none(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "kind: boxes", "kind: boxes\ngap: wide")
    assert said == ":3: here stands a number\n    Write one, such as 20."


@pytest.mark.cure("picture-column")
def test_a_column_that_is_not_read(tmp_path: Path, library: Library) -> None:
    text = named("layer-sizes").read_text("utf-8")
    said = wrong(tmp_path, library, text.replace("code: made", "code: maker"))
    assert "what is read has no column `maker`\n    There are: size, made." in said
    assert not wrong(tmp_path, library, text)


def test_an_arrow_to_nowhere(tmp_path: Path, library: Library) -> None:
    said = made(tmp_path, library, "to: there", "to: their")
    assert said.startswith(":10: the picture has no box `their` here\n")


@pytest.mark.cure("picture-reading")
def test_a_table_that_is_not_read(tmp_path: Path, library: Library) -> None:
    text = named("copy-up").read_text("utf-8")
    said = wrong(tmp_path, library, text.replace("files: after", "files: aftr"))
    assert "nothing is read as `aftr`\n    Below `read` there are: before, after." in said
    assert not wrong(tmp_path, library, text)


@pytest.mark.cure("picture-numbers")
def test_two_views_that_do_not_fit(library: Library) -> None:
    id_ = "isolation/pid-outside"
    number = at(library, id_, "inside")
    changed = with_output(library, id_, number, lambda output: output.replace("sleep", "cron"))
    with pytest.raises(
        SourceError, match=r"inside \d+ is cron infinity, outside sleep\n.*of one run"
    ):
        drawn(named("pid-tree"), changed)


@pytest.mark.cure("picture-recording")
def test_a_snippet_without_a_recording(library: Library) -> None:
    entry = library.entries["isolation/user-map"]
    gone = replace(
        library, entries={**library.entries, entry.snippet.id: replace(entry, recording=None)}
    )
    with pytest.raises(
        SourceError, match=r"has no recording .*\n +Record it: snippetlab record isolation/user-map"
    ):
        drawn(named("owner"), gone)


@pytest.mark.cure("picture-name")
def test_a_fence_with_the_name_of_none(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n```picture\npid-tre\n```\n")
    with pytest.raises(SourceError, match=r"page.md:4: .*`pid-tre`\n +Did you mean `pid-tree`\? "):
        find_place(page, "pid-tre", ["pid-tree", "owner"])
    assert find_place(page, "pid-tree", ["pid-tree", "owner"]) == "pid-tree"
