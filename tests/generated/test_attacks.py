"""The corpus of hostile snippets, and its tables."""

import pytest

from generated.attacks import LIMITS_PLACE, PLACE, with_tables
from generated.corpus import read_corpus
from snippetlab.errors import EngineError
from tests.support import ROOT
from tests.words import templates_of


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_lists_every_attack_with_its_guard(language: str) -> None:
    corpus = read_corpus(ROOT / "tests/hostile")
    page = with_tables(f"a\n\n{LIMITS_PLACE}\n\n{PLACE}\n", corpus, templates_of(language))
    for attack in corpus.attacks:
        held = corpus.guards[attack.guard]
        row = f"| {attack.tries[language]} | {held.name[language]} | {held.without[language]} |"
        assert row in page
    assert "| `memory` | 512MB | 2000MB |" in page
    assert "<!--" not in page


def test_an_entry_that_lacks_something_is_an_error(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    directory = tmp_path_factory.mktemp("corpus")
    (directory / "guards.toml").write_text("[x]\nname = 1\nhow = 1\nwithout = 1\nweaken = {}\n")
    (directory / "attacks.toml").write_text('[a]\n"b" = { guard = "y", ko = "", en = "" }\n')
    with pytest.raises(EngineError, match="names the unknown guard `y`"):
        read_corpus(directory)
    (directory / "attacks.toml").write_text('[a]\n"b" = { guard = "x", ko = "" }\n')
    with pytest.raises(EngineError, match="an entry lacks 'en'"):
        read_corpus(directory)
