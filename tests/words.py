"""The words of this site's languages, and the engine's templates with them."""

from generated.markdown import TEMPLATES
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, english, read_words
from tests.support import ROOT

LANGUAGES = sorted({"en", *(path.stem for path in (ROOT / "docs/words").glob("*.toml"))})


def words_of(language: str) -> Words:
    return read_words(ROOT / "docs/words", language)


def templates_of(language: str) -> Templates:
    """Those of this site's generated pages, and the engine's."""
    return Templates(words_of(language), TEMPLATES)


ENGLISH = Templates(english())
KOREAN = Templates(words_of("ko"))
