"""A mistake in `docs/search.toml` is said with its line and what mends it, which does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reading.asked import read_asked, read_respelled
from snippetlab.errors import SourceError

pytestmark = pytest.mark.pageless

Try = Callable[[str], str]


@pytest.fixture
def attempt(tmp_path: Path) -> Try:
    """Read the file with this on line 2; what is wrong with it, or nothing."""
    for language in ("ko", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "ports.md").write_text("# Ports { #ports }\n\n## UFW { #ufw }\n")
    (tmp_path / "en/only.md").write_text("# Only { #only }\n")

    def attempt(text: str) -> str:
        path = tmp_path / "search.toml"
        path.write_text(f"# What readers type.\n{text}\n", encoding="utf-8")
        try:
            read_asked(path, tmp_path)
        except SourceError as error:
            place, _, said = str(error).partition(": ")
            return f"{place.removeprefix(str(path))}: {said}"
        return ""

    return attempt


@pytest.mark.cure("asked-form")
@pytest.mark.parametrize(
    "wrong", ['["ports.md"]\nko = "포트"', '["ports.md"]\nko = [80]', '"ports.md" = ["포트"]']
)
def test_no_list_of_phrases(wrong: str, attempt: Try) -> None:
    said = attempt(wrong)
    assert said.startswith(":2: 'ports.md' has no list for ")
    assert 'ko = ["…", "…"]' in said
    assert not attempt('["ports.md"]\nko = ["포트 열기"]\nen = ["open a port", "publish"]')


@pytest.mark.cure("asked-place")
@pytest.mark.parametrize(
    ("place", "language", "problem"),
    [
        ("port.md", "ko", "there is no docs/ko/port.md"),
        ("only.md", "ko", "there is no docs/ko/only.md"),
        ("../ko/ports.md", "ko", "no such page in 'ko'"),
        ("ports.md#uf", "en", "docs/en/ports.md has no such heading"),
    ],
)
def test_no_such_place(place: str, language: str, problem: str, attempt: Try) -> None:
    said = attempt(f'["{place}"]\n{language} = ["a phrase"]')
    assert said.startswith(f":2: '{place}': {problem}")
    assert '["PAGE.md#HEADING-ID"]' in said
    assert not attempt('["ports.md#ufw"]\nko = ["방화벽"]')
    assert not attempt('["only.md"]\nen = ["only"]')


def test_no_toml(attempt: Try) -> None:
    assert attempt('["ports.md"]\nko = ["포트"').startswith(":3: search.toml is not TOML")


def test_phrases_of_all_languages_are_one_page_s(tmp_path: Path) -> None:
    for language in ("ko", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.md").write_text("# A { #a }\n")
    path = tmp_path / "search.toml"
    assert read_asked(path, tmp_path) == {}
    path.write_text('["a.md"]\nko = ["가"]\nen = ["a", "b"]\n', encoding="utf-8")
    assert read_asked(path, tmp_path) == {"a.md": {"": ("가", "a", "b")}}


def test_misspellings_of_all_languages(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    assert read_respelled(words) == {}
    words.write_text('[ko]\n"쉘" = "셸"\n[en]\n"Busybox" = "BusyBox"\n', encoding="utf-8")
    assert read_respelled(words) == {"쉘": "셸", "Busybox": "BusyBox"}
