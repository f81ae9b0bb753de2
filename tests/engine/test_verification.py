"""The dates of verification as a file, and the page made of them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from snippetlab.errors import EngineError
from snippetlab.library import Entry, Library, load_library
from snippetlab.lock import Lock
from snippetlab.project import Project
from snippetlab.recording import State, write_recording
from snippetlab.snippet import read_snippet
from snippetlab.transcript import Step, Transcript
from snippetlab.verification import Verified, read_verification, write_verification
from snippetlab.verification_page import STATES, WORDS, verification_data, verification_page
from tests.support import HEADER, Write, snippet

NONE = (
    '# /// snippet\n# lab = "none"\n# proves = "x"\n# reason = "why"\n# source = "y"\n# ///\nls\n'
)
LOCK = Lock("f3ba" * 16, {"util-linux": "2.41.5-0+deb13u1", "bash": "5.2.37-2+b10"}, {})
LOCKED = Lock(LOCK.digest, LOCK.packages, {"namespace": "6.18.44-fc-v669", "machine": "6.12"})
VERIFIED = {"a/fresh": Verified("2026-11-24", 0.0524), "b/none": Verified("2026-11-01", 1.0)}
SHOWN = {
    "a/fresh": [("chroot | `jail`", "isolation/chroot.md#a-fresh"), ("처음", "index (1).md")],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "snippets/verification.json"


@pytest.fixture
def library(project: Project, write: Write) -> Library:
    """Two chapters; every state that is not an accident."""
    for name in ("a/fresh", "a/stale", "a/missing", "a/edited"):
        write(f"snippets/{name}.sh", snippet("echo\n"))
    write("snippets/b/none.sh", NONE)
    for entry in load_library(project).entries.values():
        if entry.snippet.id in ("a/fresh", "a/stale", "a/edited"):
            key = "0" * 16 if entry.snippet.id == "a/stale" else entry.key
            write_recording(entry.snippet, key, Transcript((Step("echo", b"old\n"),)))
    edited = project.snippets / "a/edited.out"
    edited.write_text(edited.read_text().replace("old", "odd"))
    return load_library(project)


def html(page: str) -> ElementTree.Element:
    """The page's body as the site's Markdown renders it."""
    body = page.split("---\n", 2)[2]
    rendered = Markdown(extensions=["tables", "attr_list", "footnotes", "abbr"]).convert(body)
    return ElementTree.fromstring(f"<body>{rendered}</body>")


def tables(page: str) -> dict[str, list[list[ElementTree.Element]]]:
    """The cells of each table's body, by the id of the heading above it."""
    found, heading = {}, ""
    for element in html(page):
        if element.tag == "h2":
            heading = element.attrib["id"]
        elif element.tag == "table":
            found[heading] = [list(row) for row in element.iterfind("tbody/tr")]
    return found


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


# The file


def test_what_is_written_is_read_back(path: Path) -> None:
    write_verification(path, {"b/c": Verified("2026-11-24", 1.23456), "a/b": VERIFIED["a/fresh"]})
    assert path.read_text() == (
        '{\n  "a/b": {\n    "date": "2026-11-24",\n    "seconds": 0.052\n  },\n'
        '  "b/c": {\n    "date": "2026-11-24",\n    "seconds": 1.235\n  }\n}\n'
    )
    assert read_verification(path) == {
        "a/b": Verified("2026-11-24", 0.052),
        "b/c": Verified("2026-11-24", 1.235),
    }


def test_a_missing_file_is_empty(path: Path) -> None:
    assert read_verification(path) == {}


@pytest.mark.parametrize(
    ("date", "expected"), [("2026-11-24", 0.052), ("2026-11-25", 0.07)], ids=["same", "later"]
)
def test_a_duration_alone_changes_nothing(date: str, expected: float, path: Path) -> None:
    write_verification(path, {"a/b": Verified("2026-11-24", 0.052)})
    write_verification(path, {"a/b": Verified(date, 0.07)})
    assert read_verification(path) == {"a/b": Verified(date, expected)}


def test_what_no_longer_exists_is_dropped(path: Path) -> None:
    write_verification(path, {"a/b": Verified("2026-11-24", 1), "a/c": Verified("2026-11-24", 1)})
    write_verification(path, {"a/c": Verified("2026-11-24", 2)})
    assert read_verification(path) == {"a/c": Verified("2026-11-24", 1)}


@pytest.mark.parametrize(
    "content",
    [
        b"<<<<<<< HEAD\n{}",
        b"\xff",
        b"[]",
        b'{"a/b": []}',
        b'{"a/b": {"date": "2026-11-24"}}',
        b'{"a/b": {"date": "yesterday", "seconds": 1}}',
        b'{"a/b": {"date": 20261124, "seconds": 1}}',
        b'{"a/b": {"date": "2026-11-24", "seconds": NaN}}',
        b'{"a/b": {"date": "2026-11-24", "seconds": -1}}',
    ],
)
def test_an_unreadable_file_names_the_cure_which_works(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"verification\.json: .*\n    .*verify --write"):
        read_verification(path)
    write_verification(path, VERIFIED)
    assert list(read_verification(path)) == list(VERIFIED)


# The page


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_has_a_row_for_each_snippet(language: str, library: Library) -> None:
    page = verification_page(library, SHOWN, LOCKED, VERIFIED, language)
    found = tables(page)
    assert {heading: len(rows) for heading, rows in found.items()} == {
        "lab": 2,
        "chapter-a": 4,
        "chapter-b": 1,
    }
    assert all(len(row) == 6 for row in found["chapter-a"] + found["chapter-b"])
    [heading] = html(page).iter("h1")
    assert heading.attrib == {"id": "verification"}
    assert heading.text == WORDS[language]["title"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_front_matter_is_plain(language: str, library: Library) -> None:
    page = verification_page(library, {}, None, {}, language)
    # A colon or a sharp would mean something to YAML.
    assert re.match(r"---\ntitle: [^:#\n]+\ndescription: [^:#\n]+\n---\n\n# ", page)


def test_a_row_states_all_there_is(library: Library) -> None:
    found = tables(verification_page(library, SHOWN, LOCKED, VERIFIED, "en"))
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
        ("chroot | `jail`", "isolation/chroot.md#a-fresh"),
        ("처음", "index%20%281%29.md"),
    ]


def test_what_does_not_run_was_never_verified(library: Library) -> None:
    found = tables(verification_page(library, SHOWN, LOCKED, VERIFIED, "ko"))
    [none] = found["chapter-b"]
    assert [text(cell) for cell in none] == ["b/none", "x", "—", "여기서 실행하지 않음", "—", "—"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_state_has_a_name_of_its_own(language: str, library: Library) -> None:
    assert set(STATES[language]) == set(State)
    found = tables(verification_page(library, {}, None, {}, language))
    names = {text(row[0]): text(row[3]) for row in found["chapter-a"] + found["chapter-b"]}
    assert len(set(names.values())) == len(State)


def test_the_lab_is_stated(library: Library) -> None:
    page = verification_page(library, {}, LOCKED, {}, "en")
    items = [text(item) for item in html(page).iter("li")]
    assert items == [
        f"Digest of the image: {LOCK.digest}",
        "Kernel of the machine lab: Linux 6.12",
        "Kernel of the namespace lab: Linux 6.18.44-fc-v669",
    ]
    assert [[text(cell) for cell in row] for row in tables(page)["lab"]] == [
        ["bash", "5.2.37-2+b10"],
        ["util-linux", "2.41.5-0+deb13u1"],
    ]


def test_without_a_lock_the_page_says_so(library: Library) -> None:
    page = verification_page(library, {}, None, {}, "en")
    assert "Nothing has been verified yet." in text(html(page))
    assert "lab" not in tables(page)


def test_the_page_says_how_to_repeat_it(library: Library) -> None:
    for language in ("en", "ko"):
        page = verification_page(library, {}, LOCK, VERIFIED, language)
        assert "make verify" in [text(code) for code in html(page).iter("code")]


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> "Claims":
    return Claims(tmp_path_factory.mktemp("claims"))


class Claims:
    """A library of one snippet, whose claim can be anything."""

    def __init__(self, root: Path) -> None:
        (root / "snippets/a").mkdir(parents=True)
        self._project = Project(root)

    def shown(self, claim: str) -> str:
        """What the page's row shows for it."""
        path = self._project.snippets / "a/b.sh"
        header = HEADER.format(extra="").replace('"A test."', json.dumps(claim))
        path.write_text(header + "echo\n", encoding="utf-8")
        assert read_snippet(path, self._project.snippets).proves == claim
        library = load_library(self._project)
        [[row]] = tables(verification_page(library, {}, None, {}, "en")).values()
        assert len(row) == 6
        return text(row[1])


@pytest.mark.parametrize(
    "claim",
    [
        "a | b || c",
        "`code` and `` | `` and an odd `",
        "<b>bold</b> &amp; <script>alert(1)</script> <!-- -->",
        "*one* **two** _three_ CAP_SYS_ADMIN __four__",
        "[link](https://example.org) ![](x) [](value:a/b#c) [^1] <https://example.org>",
        "{ .class } {: #id }",
        r"\| \` \\ \*",
        "2>&1 ; a && b: # ~~x~~ ==y== ^z^",
        "컨테이너는 `chroot`가 | 아니다",
    ],
)
def test_a_claim_is_shown_as_it_is(claim: str, claims: Claims) -> None:
    assert claims.shown(claim) == claim


@given(st.text(st.sampled_from("|`<>*_[](){}\\&#!:;-+~^=$ \"'ab한.1"), min_size=1))
def test_any_claim_is_shown_as_it_is(claims: Claims, claim: str) -> None:
    shown = " ".join(f"x{claim}x".split())
    assert claims.shown(f"x{claim}x") == shown


def test_a_claim_of_several_lines_stays_one_row(claims: Claims) -> None:
    assert claims.shown("one\n\n two") == "one two"


# The same as JSON


def test_the_data_are_those_of_the_page(library: Library) -> None:
    data = json.loads(verification_data(library, SHOWN, LOCKED, VERIFIED, "ko"))
    assert data["language"] == "ko"
    assert data["lab"] == {
        "digest": LOCKED.digest,
        "kernels": LOCKED.kernels,
        "packages": LOCKED.packages,
    }
    rows: Mapping[str, object] = {row["id"]: row for row in data["snippets"]}
    assert list(rows) == ["a/edited", "a/fresh", "a/missing", "a/stale", "b/none"]
    assert rows["a/fresh"] == {
        "id": "a/fresh",
        "chapter": "a",
        "proves": "A test.",
        "lab": "namespace",
        "state": "fresh",
        "date": "2026-11-24",
        "seconds": 0.0524,
        "pages": [{"title": title, "target": target} for title, target in SHOWN["a/fresh"]],
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


def test_without_a_lock_the_lab_is_null(library: Library) -> None:
    assert json.loads(verification_data(library, {}, None, {}, "en"))["lab"] is None


def test_entries_of_the_repository_render(repository: Project) -> None:
    library = load_library(repository)
    entries: list[Entry] = list(library.entries.values())
    found = tables(verification_page(library, {}, LOCK, {}, "ko"))
    del found["lab"]
    assert sum(map(len, found.values())) == len(entries)
