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
cure = pytest.mark.cure


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


MISTAKES = [
    pytest.param(
        "title: A title",
        "title: A: title",
        (":1: no YAML: …", "into quotes"),
        id="no YAML",
        marks=cure("picture-yaml"),
    ),
    pytest.param(
        "title: A title\n",
        "",
        (":1: `title` is missing\n    Add a line `title: …`.",),
        id="a part that lacks",
        marks=cure("picture-lacks"),
    ),
    pytest.param(
        "arrows:",
        "arows:",
        (":10: nothing here is called `arows`\n    Did you mean `arrows`? …",),
        id="an unknown part",
        marks=cure("picture-part"),
    ),
    pytest.param(
        "kind: boxes",
        "kind: boxen",
        (":2: there is no kind `boxen`\n    Did you mean `boxes`? …",),
        id="an unknown kind",
        marks=cure("picture-kind"),
    ),
    pytest.param(
        "from: here",
        "from: [here]",
        (":10: here stands a single text\n    Write one: name.",),
        id="a list where a text belongs",
        marks=cure("picture-text"),
    ),
    pytest.param(
        "{step: map, as: idmap}",
        "map",
        (":5: here stands a mapping of names\n    Write it as `name: value`…",),
        id="a text where a mapping belongs",
        marks=cure("picture-mapping"),
    ),
    pytest.param(
        PLAIN.splitlines(keepends=True)[-1],
        "",
        (":12: a picture that steps has two frames or more\n    Add one…",),
        id="a single frame",
        marks=cure("picture-frames"),
    ),
    pytest.param(
        "{step: outside",
        "{step: outsid",
        (
            ":13: isolation/user-map has no step `outsid`\n    Name one, by a line…",
            "Named are: unshare, file, inside, map, outside.",
        ),
        id="a step that is not there",
        marks=cure("picture-step"),
    ),
    pytest.param(
        "as: idmap",
        "as: idmp",
        (":5: nothing can be read as `idmp`\n    Did you mean `idmap`? …",),
        id="an unknown form",
        marks=cure("picture-form"),
    ),
    pytest.param(
        "as: idmap",
        "as: sizes",
        (
            ":5: step map of isolation/user-map printed '      1000…",
            "which is no sizes\n    Let the step print lines such as `lower/data 4194304`, or",
        ),
        id="output of another form",
        marks=cure("picture-unreadable"),
    ),
    pytest.param(
        "{map 1 inside}",
        "{map 1 insde}",
        (":7: nothing recorded is `map 1 insde`\n    Write one of: map 1 inside…",),
        id="a value that was not recorded",
        marks=cure("picture-value"),
    ),
    pytest.param(
        "{map 1 inside}",
        "{map 1 inside nmber}",
        (":7: unknown format `nmber`…", "Leave the form out"),
        id="a value that is no number",
        marks=cure("picture-number"),
    ),
    pytest.param(
        "lit: [there]",
        "lit: [nowhere]",
        (":13: the picture has no box `nowhere` here\n    There are: here, there.",),
        id="a box that is not there",
        marks=cure("picture-box"),
    ),
    pytest.param(
        "to: there",
        "to: their",
        (":10: the picture has no box `their` here\n…",),
        id="an arrow to nowhere",
    ),
    pytest.param(
        "to: there",
        "to: there, since: 3",
        (":10: there is no frame 3\n    Write the number of a frame, from 1 to 2.",),
        id="a frame that is not there",
        marks=cure("picture-since"),
    ),
    pytest.param(
        "kind: boxes",
        "kind: boxes\ngap: wide",
        (":3: here stands a number\n    Write one, such as 20.",),
        id="a number that is none",
        marks=cure("picture-digits"),
    ),
]
"""What is written instead of what, and what is said of it: first all, or how it begins (…)."""


@pytest.mark.parametrize(("right", "mistaken", "said"), MISTAKES)
def test_a_mistake_is_named_with_what_mends_it(
    right: str, mistaken: str, said: tuple[str, ...], tmp_path: Path, library: Library
) -> None:
    assert PLAIN.count(right) == 1
    assert wrong(tmp_path, library, PLAIN) == ""
    found = wrong(tmp_path, library, PLAIN.replace(right, mistaken))
    first, *more = said
    begins = first.removesuffix("…")
    assert found.startswith(begins) if begins != first else found == first, found
    assert [text for text in more if text not in found] == []


def test_what_yaml_takes_for_a_mapping_is_a_text_in_quotes(
    tmp_path: Path, library: Library
) -> None:
    assert not wrong(tmp_path, library, PLAIN.replace("A title", '"A: title"'))


def test_a_recording_that_cannot_be_read_any_more(library: Library) -> None:
    id_ = "isolation/user-map"
    changed = with_output(library, id_, at(library, id_, "map"), lambda _: "no map\n")
    with pytest.raises(
        SourceError, match=r"owner\.yml:\d+: step map of isolation/user-map printed"
    ):
        drawn(named("owner"), changed)


@cure("picture-column")
def test_a_column_that_is_not_read(tmp_path: Path, library: Library) -> None:
    text = named("layer-sizes").read_text("utf-8")
    said = wrong(tmp_path, library, text.replace("code: made", "code: maker"))
    assert "what is read has no column `maker`\n    There are: size, made." in said
    assert not wrong(tmp_path, library, text)


@cure("picture-reading")
def test_a_table_that_is_not_read(tmp_path: Path, library: Library) -> None:
    text = named("copy-up").read_text("utf-8")
    said = wrong(tmp_path, library, text.replace("files: after", "files: aftr"))
    assert "nothing is read as `aftr`\n    Below `read` there are: before, after." in said
    assert not wrong(tmp_path, library, text)


@cure("picture-numbers")
def test_two_views_that_do_not_fit(library: Library) -> None:
    id_ = "isolation/pid-outside"
    number = at(library, id_, "inside")
    changed = with_output(library, id_, number, lambda output: output.replace("sleep", "cron"))
    with pytest.raises(
        SourceError, match=r"inside \d+ is cron infinity, outside sleep\n.*of one run"
    ):
        drawn(named("pid-tree"), changed)


@cure("picture-recording")
def test_a_snippet_without_a_recording(library: Library) -> None:
    entry = library.entries["isolation/user-map"]
    gone = replace(
        library, entries={**library.entries, entry.snippet.id: replace(entry, recording=None)}
    )
    with pytest.raises(
        SourceError, match=r"has no recording .*\n +Record it: snippetlab record isolation/user-map"
    ):
        drawn(named("owner"), gone)


@cure("picture-name")
def test_a_fence_with_the_name_of_none(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n```picture\npid-tre\n```\n")
    with pytest.raises(SourceError, match=r"page.md:4: .*`pid-tre`\n +Did you mean `pid-tree`\? "):
        find_place(page, "pid-tre", ["pid-tree", "owner"])
    assert find_place(page, "pid-tree", ["pid-tree", "owner"]) == "pid-tree"
