"""`verify --untrusted` runs nothing where a lab cannot limit everything."""

import pytest

from snippetlab.cli import main
from snippetlab.corpus import read_corpus
from snippetlab.corpus_page import LIMITS_PLACE, PLACE, with_tables
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.labs import guard
from snippetlab.labs.cgroup import Cgroups
from snippetlab.project import Project
from tests.support import ROOT, Write, snippet


@pytest.fixture
def one(
    laboratory: Laboratory, project: Project, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recorded snippet."""
    monkeypatch.chdir(project.root)
    write("snippets/a/x.sh", snippet("echo ran\n"))
    assert main(["record"]) == 0


def _without_groups() -> Cgroups | None:
    return None


def test_without_control_groups_it_refuses(
    one: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "find_cgroups", _without_groups)
    assert main(["verify"]) == 0
    capsys.readouterr()
    assert main(["verify", "--untrusted"]) == 1
    said = capsys.readouterr()
    assert "memory: per process only" in said.err
    assert "systemd-run --user --scope" in said.err
    assert "held" not in said.out
    main(["lab", "status"])
    assert "memory: per process only" in capsys.readouterr().out


def test_with_them_it_runs(
    one: None, laboratory: Laboratory, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = bool(getattr(laboratory.lab, "weakness", ""))
    assert main(["verify", "--untrusted"]) == int(refused)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_lists_every_attack_with_its_guard(language: str) -> None:
    corpus = read_corpus(ROOT / "tests/hostile")
    page = with_tables(f"a\n\n{LIMITS_PLACE}\n\n{PLACE}\n", corpus, language)
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
