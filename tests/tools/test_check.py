"""`make check` itself: what it runs, what it prints, and what it cannot do without."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT
from tools.check import CHECKS, main
from tools.finding import Finding

pytestmark = pytest.mark.pageless


def test_what_two_checks_find_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def one(_: Path) -> list[Finding]:
        return [Finding("docs/en/a.md:1", "wrong", "Mend it.")]

    monkeypatch.setattr("tools.check.CHECKS", {"links": one, "snippets": one})
    monkeypatch.setattr("sys.argv", ["check"])
    assert main() == 1
    printed = capsys.readouterr().out
    assert printed.count("docs/en/a.md:1: wrong") == 1
    assert re.search(r"^snippets .* 1 found, said above$", printed, re.MULTILINE)


@pytest.mark.cure("words-no-toml")
def test_a_list_of_words_that_is_no_toml_stops_no_other_check(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = checkout / "words.toml"
    monkeypatch.setattr("tools.words._WORDS", listed)
    monkeypatch.setattr("tools.check.ROOT", checkout)
    monkeypatch.setattr("sys.argv", ["check", "terms", "secrets"])
    listed.write_text("[en]\nwrong = right\n")
    assert main() == 1
    said = capsys.readouterr().out
    assert "tools/words.toml:2: this is no TOML" in said
    assert re.search(r"secrets .* good", said)
    (entry,) = re.findall(r"Write each spelling so: (.+)", said)
    listed.write_text(f"[en]\n{entry}\n")
    assert main() == 0


@pytest.mark.cure("no-checkout")
def test_what_no_check_can_do_without_is_said_with_the_cure(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*names: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["check", *names])
        return main(), capsys.readouterr().out

    monkeypatch.setattr("tools.check.ROOT", checkout)
    shutil.rmtree(checkout / ".git")
    status, said = run("markdown", "drafts")
    assert status == 1
    (cure,) = re.findall(r"(git init .+)", said)
    named = cure.replace("git commit", "git -c user.name=x -c user.email=x@example.org commit")
    subprocess.run(["sh", "-ec", named], cwd=checkout, check=True)
    assert run("markdown", "drafts")[0] == 0


def test_pre_commit_and_ci_run_the_same() -> None:
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    (repository,) = configuration["repos"]
    assert [hook["entry"] for hook in repository["hooks"]] == ["make check"]
    assert "run: make check" in (ROOT / ".github/workflows/verify.yml").read_text()
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^test: .*\n\t@\$\(BIN\)/python -m tools\.check$", makefile, re.MULTILINE)
    assert len(CHECKS) > 10


@pytest.mark.cure("check-anew")
def test_a_check_that_could_not_run_runs_once_all_is_set_up_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What make would do is looked at, and then done: the tool is there again."""
    monkeypatch.setattr("sys.argv", ["check", "layout"])
    with monkeypatch.context() as patch:
        patch.setattr("tools.finding.BIN", tmp_path)
        assert main() == 1
    (targets,) = re.findall(r"To set it up anew: make (.+)", capsys.readouterr().out)
    command = ["make", "--dry-run", "VENV=nowhere", *targets.split()]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    removed, made, checked = (
        done.stdout.index(text)
        for text in ("rm -rf nowhere", "environment.py nowhere requirements-dev", "tools.check")
    )
    assert removed < made < checked
    assert main() == 0
