"""Pictures that step are drawn from recordings: another recording, another picture."""

import re
from functools import partial
from pathlib import Path

import pytest

from pictures.picture import read_picture
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import Library, load_library
from tests.site.drawing import at, drawn, named, with_output
from tests.support import ROOT
from tests.words import LANGUAGES

pytestmark = pytest.mark.pageless

PICTURES = sorted((ROOT / "docs/pictures").glob("*.yml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Project(ROOT))


def texts(html: str) -> list[list[str]]:
    """What is written in the drawing of each frame."""
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    return [re.findall(r"<text[^>]*>([^<]*)<", drawing) for drawing in drawings]


def names_read(path: Path) -> list[str]:
    read = read_picture(path).data.get("read")
    return list(read.parts()) if read else []


READINGS = [
    pytest.param(path, name, id=f"{path.stem}-{name}")
    for path in PICTURES
    for name in names_read(path)
]


@pytest.mark.parametrize(("path", "name"), READINGS)
def test_what_is_read_is_seen(path: Path, name: str, library: Library) -> None:
    """Some word that a step printed is another: so is the picture, or none is made."""
    data = read_picture(path).data
    reading = data.need("read").parts()[name]
    id_ = (reading.get("of") or data.need("snippet")).text()
    number = at(library, id_, reading.need("step").text())
    recording = library.entries[id_].recording
    assert recording
    printed = recording.transcript.steps[number].output.decode()
    before = drawn(path, library)

    def seen(word: re.Match[str]) -> bool:
        end = word.end() - 1
        other = "7" if printed[end] != "7" else "8"
        changed = with_output(library, id_, number, lambda o: o[:end] + other + o[end + 1 :])
        try:
            return drawn(path, changed) != before
        except SourceError as error:
            return str(error).startswith(f"docs/pictures/{path.name}:")

    assert any(map(seen, re.finditer(r"[0-9A-Za-z]+", printed)))


def test_at_least_five_are_drawn_from_recordings() -> None:
    assert len({param.values[0] for param in READINGS}) >= 5


def test_processes_are_those_of_the_recording(library: Library) -> None:
    id_ = "isolation/pid-outside"
    before = texts(drawn(named("pid-tree"), library))
    assert "cron" not in before[0]

    def another(output: str) -> str:
        return f"{output}     77       1 cron\n"

    changed = with_output(library, id_, at(library, id_, "outside"), another)
    after = texts(drawn(named("pid-tree"), changed))
    assert next(set(now) - set(was) for now, was in zip(after, before, strict=True)) == {
        "cron",
        "77",
    }

    def inside(output: str) -> str:
        return f"{output}/proc/77/status:NSpid:\t77\t9\n"

    changed = with_output(changed, id_, at(library, id_, "numbers"), inside)
    assert "9" in texts(drawn(named("pid-tree"), changed))[-1]


def test_a_whiteout_is_what_stat_says(library: Library) -> None:
    id_ = "isolation/overlay-whiteout"
    assert "whiteout" in texts(drawn(named("whiteout"), library))[1]
    number = at(library, id_, "whiteout")
    for old, new in (("0,0", "1,3"), ("character special file", "regular empty file")):
        changed = with_output(library, id_, number, partial(_exchanged, old, new))
        assert "whiteout" not in texts(drawn(named("whiteout"), changed))[1]


def _exchanged(old: str, new: str, text: str) -> str:
    return text.replace(old, new)


def test_a_file_stands_in_the_layer_that_lists_it(library: Library) -> None:
    id_ = "isolation/overlay-whiteout"
    number = at(library, id_, "before")
    changed = with_output(library, id_, number, lambda output: f"{output}extra\n")
    html = drawn(named("whiteout"), changed)
    assert 'data-part="upper/extra"' in html
    assert texts(html)[0].count("extra") == 1


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_shapes(path: Path, library: Library) -> None:
    shapes = [re.findall(r'<g class="[^>]*>', drawn(path, library, name)) for name in LANGUAGES]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_each_frame_says_in_words_what_it_shows(path: Path, library: Library) -> None:
    for language in LANGUAGES:
        html = drawn(path, library, language)
        frames = html.count('<li class="picture-frame')
        assert len(set(re.findall(r"<title>(.+?)</title><desc>", html))) == frames
        captions = re.findall(r'<p class="picture-caption">(.+?)</p>', html)
        assert len(set(captions)) == frames
        assert all(len(caption) > 30 for caption in captions)
        assert "style=" not in html


def test_a_packet_goes_where_the_recorded_rule_sends_it(library: Library) -> None:
    id_ = "docker/ports-nat"
    number = at(library, id_, "rule")
    changed = with_output(library, id_, number, partial(_exchanged, "172.17.0.2:80", "10.9.8.7:81"))
    after = texts(drawn(named("dnat"), changed))
    assert "8080 → 10.9.8.7:81" in after[1]
    assert "to 10.9.8.7:81" in after[4]
    counted = with_output(
        library, id_, at(library, id_, "passed"), partial(_exchanged, "-c 0 0", "-c 3 180")
    )
    assert "DROP: 3 packets" in texts(drawn(named("dnat"), counted))[4]


def test_what_came_from_the_cache_is_what_the_build_said(library: Library) -> None:
    id_ = "docker/cache"
    again = at(library, id_, "again")

    def cached(library: Library) -> list[int]:
        frames = texts(drawn(named("build-cache"), library))
        return [frame.count("from the cache") for frame in frames]

    assert cached(library) == [0, 0, 2]
    changed = with_output(library, id_, again, lambda output: f"{output}CACHED\n")
    assert cached(changed) == [0, 0, 3]


def test_who_does_not_see_it_hears_where_arrows_lead(library: Library) -> None:
    said = re.findall("<desc>(.*?)</desc>", drawn(named("pivot-root"), library))
    assert "; The shell → The old root: /" in said[0]
    assert "; The shell → newroot: /; old → The old root: /old" in said[1]
    assert "→ The old root" not in said[3]
