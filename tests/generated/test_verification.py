"""The page on verification, and the same as JSON."""

import json
from collections.abc import Mapping

import pytest
import yaml

from generated.oracle import Outcomes, read_outcomes, write_outcomes
from generated.places import Place
from generated.verification import verification_data, verification_page
from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.run.lock import Lock, LockedLab
from snippetlab.run.verification import Verified
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library, load_library
from snippetlab.snippet.recording import State, write_recording
from snippetlab.transcript import Step, Transcript
from tests.generated.tables import html, tables, text
from tests.support import Write, snippet
from tests.words import templates_of, words_of

NONE = (
    '# /// snippet\n# lab = "none"\n# proves = "x"\n# reason = "why"\n# source = "y"\n# ///\nls\n'
)


EXPERIMENT = """change = [["echo", "echo x"]]
step = "1"
[question]
en = "What?"
[[prediction]]
prints = 'x'
[prediction.says]
en = 'x'
[prediction.then]
en = 'y'
[[prediction]]
prints = 'z'
[prediction.says]
en = 'z'
[prediction.then]
en = 'y'
"""


PACKAGES = {"util-linux": "2.41.5-0+deb13u1", "bash": "5.2.37-2+b10"}


LOCKED = Lock(
    {
        "namespace": LockedLab("base", "f3ba" * 16, PACKAGES, "6.18.44-fc-v669"),
        "machine": LockedLab("machine", "0123" * 16, {"linux-image": "6.12-1"}, "6.12"),
    }
)


VERIFIED = {"a/fresh": Verified("2026-11-24", 0.0524), "b/none": Verified("2026-11-01", 1.0)}


SHOWN = {
    "a/fresh": [
        Place("chroot | `jail`", "../isolation/chroot/", "a-fresh"),
        Place("처음", "../?a=1&b=2", "a-fresh"),
        Place("처음", "../?a=1&b=2", "a-fresh-b-none"),
    ],
}


@pytest.fixture
def library(project: Project, write: Write) -> Library:
    """Two chapters; every state that is not an accident."""
    for name in ("a/fresh", "a/stale", "a/missing", "a/edited", "a/unreadable"):
        write(f"snippets/{name}.sh", snippet("echo\n"))
    write("snippets/b/none.sh", NONE)
    for entry in load_library(project).entries.values():
        if entry.snippet.id in ("a/fresh", "a/stale", "a/edited"):
            command = "date" if entry.snippet.id == "a/stale" else "echo"
            write_recording(entry.snippet, entry.inputs, Transcript((Step(command, b"old\n"),)))
    edited = project.snippets / "a/edited.out"
    edited.write_text(edited.read_text().replace("old", "odd"))
    write("snippets/a/unreadable.out", "echo\n")
    return load_library(project)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_has_a_row_for_each_snippet(language: str, library: Library) -> None:
    page = verification_page(library, SHOWN, LOCKED, VERIFIED, templates_of(language))
    found = tables(page)
    assert {heading: len(rows) for heading, rows in found.items()} == {
        "lab": 3,
        "chapter-a": 5,
        "chapter-b": 1,
    }
    assert all(len(row) == 6 for row in found["chapter-a"] + found["chapter-b"])
    [heading] = html(page).iter("h1")
    assert heading.attrib == {"id": "verification"}
    assert heading.text == words_of(language)["verification"]["title"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_experiment_is_counted_as_one_and_stands_after_its_snippet(
    language: str, library: Library, project: Project, write: Write
) -> None:
    """Not as a snippet; and `a/fresh-too`, which sorts before `@`, comes later."""
    write("snippets/a/fresh-too.sh", snippet("echo\n"))
    write("snippets/a/fresh@other.toml", EXPERIMENT)
    page = verification_page(load_library(project), {}, Lock(), {}, templates_of(language))
    ids = [text(row[0]) for row in tables(page)["chapter-a"]]
    at = ids.index("a/fresh")
    assert ids[at : at + 3] == ["a/fresh", "a/fresh@other", "a/fresh-too"]
    about = words_of(language)["verification"]["about"]
    assert about.format(total=7, runs=6, experiments=1) in page.markdown


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_front_matter_is_what_the_words_say(language: str, library: Library) -> None:
    page = verification_page(library, {}, Lock(), {}, templates_of(language))
    head = yaml.safe_load(page.markdown.split("---\n")[1])
    own = words_of(language)["verification"]
    assert head == {"title": own["title"], "description": own["description"]}


def test_a_row_states_all_there_is(library: Library) -> None:
    found = tables(verification_page(library, SHOWN, LOCKED, VERIFIED, templates_of("en")))
    fresh = next(row for row in found["chapter-a"] if text(row[0]) == "a/fresh")
    assert [child.tag for child in fresh[0]] == ["code"]
    assert [text(cell) for cell in fresh[:5]] == [
        "a/fresh",
        "A test.",
        "namespace",
        "fresh",
        "2026-11-24, 52 ms",
    ]
    links = [(text(link), link.attrib["href"]) for link in fresh[5]]
    assert links == [
        ("chroot | `jail`", "../isolation/chroot/"),
        ("처음", "../?a=1&b=2"),
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.0524, "52 ms"), (0.9994, "999 ms"), (1, "1.0 s"), (118.28, "118.3 s")]
)
def test_durations_are_short_to_read(library: Library, seconds: float, shown: str) -> None:
    verified = {"a/fresh": Verified("2026-11-24", seconds)}
    rows = tables(verification_page(library, {}, LOCKED, verified, templates_of("en")))["chapter-a"]
    assert f"2026-11-24, {shown}" in [text(row[4]) for row in rows]


def test_what_does_not_run_was_never_verified(library: Library) -> None:
    found = tables(verification_page(library, SHOWN, LOCKED, VERIFIED, templates_of("ko")))
    [none] = found["chapter-b"]
    assert [text(cell) for cell in none] == ["b/none", "x", "—", "여기서 실행하지 않음", "—", "—"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_state_has_a_name_of_its_own(language: str, library: Library) -> None:
    found = tables(verification_page(library, {}, Lock(), {}, templates_of(language)))
    names = {text(row[0]): text(row[3]) for row in found["chapter-a"] + found["chapter-b"]}
    assert len(set(names.values())) == len(State)


def test_the_lab_is_stated(library: Library) -> None:
    page = verification_page(library, {}, LOCKED, {}, templates_of("en"))
    items = [text(item) for item in html(page).iter("li")]
    assert items == [
        f"The namespace lab: kernel Linux 6.18.44-fc-v669, image {'f3ba' * 16}",
        f"The machine lab: kernel Linux 6.12, image {'0123' * 16}",
    ]
    assert [[text(cell) for cell in row] for row in tables(page)["lab"]] == [
        ["bash", "5.2.37-2+b10", "base"],
        ["util-linux", "2.41.5-0+deb13u1", "base"],
        ["linux-image", "6.12-1", "machine"],
    ]


def test_without_a_lock_the_page_says_so(library: Library) -> None:
    page = verification_page(library, {}, Lock(), {}, templates_of("en"))
    assert "Nothing has been verified yet." in text(html(page))
    assert tables(page)["lab"] == []


def test_the_page_says_how_to_repeat_it(library: Library) -> None:
    for language in ("en", "ko"):
        page = verification_page(library, {}, LOCKED, VERIFIED, templates_of(language))
        assert "make verify" in [text(code) for code in html(page).iter("code")]


def test_the_data_are_those_of_the_page(library: Library) -> None:
    data = json.loads(verification_data(library, SHOWN, LOCKED, VERIFIED, words_of("ko")))
    assert data["language"] == "ko"
    assert data["labs"]["machine"] == {
        "image": "machine",
        "digest": "0123" * 16,
        "kernel": "6.12",
        "packages": {"linux-image": "6.12-1"},
    }
    assert list(data["labs"]) == ["machine", "namespace"]
    rows: Mapping[str, object] = {row["id"]: row for row in data["snippets"]}
    assert list(rows) == ["a/edited", "a/fresh", "a/missing", "a/stale", "a/unreadable", "b/none"]
    assert rows["a/fresh"] == {
        "id": "a/fresh",
        "chapter": "a",
        "proves": "A test.",
        "lab": "namespace",
        "state": "fresh",
        "date": "2026-11-24",
        "seconds": 0.0524,
        "pages": [
            {"title": "chroot | `jail`", "url": "../isolation/chroot/"},
            {"title": "처음", "url": "../?a=1&b=2"},
        ],
    }
    assert rows["b/none"] == {
        "id": "b/none",
        "chapter": "b",
        "proves": "x",
        "lab": "none",
        "state": "not run",
        "date": None,
        "seconds": None,
        "pages": [],
    }


def test_without_a_lock_there_is_no_lab(library: Library) -> None:
    assert json.loads(verification_data(library, {}, Lock(), {}, words_of("en")))["labs"] == {}


def test_entries_of_the_repository_render(repository: Project) -> None:
    library = load_library(repository)
    entries: list[Entry] = list(library.entries.values())
    found = tables(verification_page(library, {}, LOCKED, {}, templates_of("ko")))
    del found["lab"]
    assert sum(map(len, found.values())) == len(entries)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_says_how_many_scripts_print_what_bash_prints(
    language: str, library: Library
) -> None:
    outcomes = {
        "suite": Outcomes(cases=471, same=440, refused=9, different=1, left_out=21),
        "composed": Outcomes(cases=0, same=0, refused=0, different=0, left_out=0),
    }
    page = verification_page(library, {}, LOCKED, {}, templates_of(language), outcomes)
    rows = [[text(cell) for cell in row.iter("td")] for row in html(page).iter("tr")]
    assert ["471", "440 (97.8%)", "9", "1", "21"] in [row[1:] for row in rows]
    assert "make bash-suite" in [text(code) for code in html(page).iter("code")]


@pytest.mark.cure("oracle-file")
def test_what_states_no_outcomes_is_named_with_its_cure(project: Project, write: Write) -> None:
    write("lab/oracle.json", '{"suite": {"cases": 3}}')
    with pytest.raises(EngineError, match=r"oracle\.json:1: .*\n.*make bash-suite"):
        read_outcomes(project.root)
    written = {"suite": Outcomes(cases=3, same=3, refused=0, different=0, left_out=0)}
    write_outcomes(project.root, written)
    assert read_outcomes(project.root) == written
