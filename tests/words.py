"""The words of this site's languages, and the engine's templates with them."""

from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, english, read_words
from tests.support import ROOT

LANGUAGES = sorted({"en", *(path.stem for path in (ROOT / "docs/words").glob("*.toml"))})


def words_of(language: str) -> Words:
    return read_words(ROOT / "docs/words", language)


ENGLISH = Templates(english())
KOREAN = Templates(words_of("ko"))
