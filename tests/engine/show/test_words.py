"""The words of a language, in one file: English where it has none, and no mistake unseen."""

import re
from collections.abc import Callable

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.show.words import english, read_words
from tests.support import Write
from tests.words import LANGUAGES, words_of

cure = pytest.mark.cure
OWN = '[glossary]\ntitle = "Glossary"\nabout = "{terms} terms"\nmore-one = "x"\nmore = "{} x"\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_this_sites_languages_lack_nothing(language: str) -> None:
    assert words_of(language).lacking == ()


def test_english_needs_no_file(project: Project) -> None:
    words = read_words(project.words, "en", pytest.fail)
    assert words.tables == english().tables
    assert words["transcript"]["copy"] == "Copy commands"
    assert words.counted("transcript", "hidden", 1) == "Setup: one command"
    assert words.counted("transcript", "hidden", 3) == "Setup: 3 commands"


def test_a_third_language_is_one_file(project: Project, write: Write) -> None:
    write("docs/words/en.toml", OWN)
    write("docs/words/de.toml", '[transcript]\ncopy = "Befehle kopieren"\nhidden = "{} Schritte"\n')
    said: list[str] = []
    words = read_words(project.words, "de", said.append)
    assert (words.language, words["transcript"]["copy"]) == ("de", "Befehle kopieren")
    assert words["transcript"]["copied"] == "Copied"  # English, as it lacks that
    assert words["glossary"]["about"] == "{terms} terms"
    # One form for all numbers, and never two languages for one thing.
    assert words.counted("transcript", "hidden", 1) == "1 Schritte"
    assert len(said) == 1
    assert re.match(r"\S*docs/words/de\.toml lacks words, .*: \d+ \(transcript\.", said[0])
    assert {"transcript.copied", "glossary.more"} <= set(words.lacking)
    assert not {"transcript.copy", "transcript.hidden-one"} & set(words.lacking)


def test_a_language_without_a_file_is_english(project: Project) -> None:
    words = read_words(project.words, "ja")
    assert (words.language, words.tables) == ("ja", english().tables)


def told(line: str, text: str) -> str:
    """The line, with the places that the message names."""
    found = re.search(r"Write it with (.*?), as", text)
    assert found
    return line.replace("{", "").replace("}", "").replace("X", found[1])


@pytest.mark.parametrize(
    ("wrong", "line", "edit"),
    [
        pytest.param(
            'copy = "a',
            2,
            lambda _, said: re.findall("# (.*)", said)[0],
            id="no TOML",
        ),
        pytest.param(
            'cpoy = "a"',
            2,
            lambda line, said: line.replace("cpoy", re.findall("mean `(.*?)`", said)[0]),
            marks=cure("words-unknown"),
            id="unknown word",
        ),
        pytest.param('[lbas]\ndocker = "a"', 2, lambda *_: "", id="unknown table"),
        pytest.param('own = "a"', 1, lambda *_: "", id="word of the site's own"),
        pytest.param("copy = 1", 2, lambda *_: 'copy = "1"', marks=cure("words-text"), id="number"),
        pytest.param(
            'status = "{x.__class__} X"', 2, told, marks=cure("words-places"), id="other places"
        ),
        pytest.param('status = "X {"', 2, told, id="no place"),
    ],
)
def test_a_mistake_has_a_line_and_a_cure(
    wrong: str, line: int, edit: Callable[[str, str], str], project: Project, write: Write
) -> None:
    head = "" if wrong.startswith("own") else "[transcript]\n"
    path = write("docs/words/ko.toml", f"{head}{wrong}\n")
    with pytest.raises(SourceError) as caught:
        read_words(project.words, "ko")
    said = str(caught.value)
    assert re.match(rf"\S*docs/words/ko\.toml:{line}: ", said), said
    path.write_text(f"[transcript]\n{edit(wrong, said)}\n", encoding="utf-8")
    read_words(project.words, "ko")
