"""The words of this site's languages."""

from snippetlab.words import Words, read_words
from tests.support import ROOT

LANGUAGES = sorted({"en", *(path.stem for path in (ROOT / "docs/words").glob("*.toml"))})


def words_of(language: str) -> Words:
    return read_words(ROOT / "docs/words", language)


KOREAN = words_of("ko")
