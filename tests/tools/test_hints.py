"""Hints: what is found in a sentence, which sentences are looked at, and how one is answered."""

import re
import subprocess
from pathlib import Path

import pytest

from snippetlab.show.page import read_page
from tests.tools.scratch import commit, write
from tools.check import main
from tools.hints import hints, hits

pytestmark = pytest.mark.pageless

KOREAN = "docs/ko/a/page.md"
PAGE = "---\ntitle: A\n---\n\n# A { #a }\n\n"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "커널을 나눠 쓴다.", ["나눠"]),
        ("ko", "UID는 나뉘지 않는다.", ["나뉘지"]),
        ("ko", "이미지를 나누어 준다. 커널은 나눈다.", ["나누어", "나눈다"]),
        ("ko", "제한 셋을 건다.", ["셋을"]),
        ("ko", "제한이 다섯이다.", ["다섯이다"]),
        ("ko", "제한 세 가지를 건다. 둘째 파일을 둘 곳이다. 둘 다 다섯 개 이상이다.", []),
        ("ko", "컨트롤러마다 따로 둘 수 있다. 드라이버를 넣어 둘 게스트다.", []),
        ("ko", "답을 바꾸는 것은 친화도다.", ["것은"]),
        ("ko", "남는 것은 없다. 이것은 안다.", ["이것은"]),
        ("ko", "거기서 멈춘다고 여기는 사람.", ["거기서"]),
        ("ko", '남이 "커널을 나눠 쓴다"고 하고 `둘은`이라 쓴다.', []),
        ("ko", "아무것도.", []),
        ("ko", '??? question "무엇이?"\n\n    아무것도. 경고만 나온다.', ["아무것도."]),
        ("ko", '??? question "무엇이?"\n\n    레이어가 늘지 않는다.\n\n끝.', []),
        ("en", "```snippet\na/b\n```\n\nIt ran. This is so.", ["It"]),
        ("en", "```snippet\na/b\n```\n\n## Its heading { #b }\n\nIt ran.", []),
        ("en", "```sh\nls\n```\n\nIt ran.", []),
    ],
)
def test_what_is_found(tmp_path: Path, language: str, text: str, words: list[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{PAGE}{text}\n", encoding="utf-8")
    assert [hit.words for hit in hits("page.md", language, read_page(page))] == words


@pytest.fixture
def changed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch that adds a sentence to a paragraph in which another is as bad."""
    write(checkout, KOREAN, f"{PAGE}제한 셋을 건다.\n")
    commit(checkout)
    base = ["git", "rev-parse", "HEAD"]
    done = subprocess.run(base, cwd=checkout, check=True, capture_output=True, text=True)
    monkeypatch.setenv("BASE", done.stdout.strip())
    write(checkout, KOREAN, f"{PAGE}제한 셋을 건다. 커널을 나눠 쓴다.\n")
    return checkout


@pytest.mark.cure("hint", "hints-gone", "hints-form")
def test_a_new_sentence_is_mended_or_answered(changed: Path) -> None:
    (found,) = hints(changed)
    assert (found.place, found.message) == (f"{KOREAN}:7", "'나눠' (나누다)")
    assert found.is_hint
    answers = changed / "tools/hints.toml"
    table, entry = re.findall(r'tools/hints.toml: (\[.+?\]) / (".+)', found.cure)[0]
    answers.parent.mkdir()
    answers.write_text(f"{table}\n{entry}\n", encoding="utf-8")
    assert not list(hints(changed))

    # It says what else could be written; then the answer is of nothing, and that is a fault.
    right = found.cure.split()[0].replace("하다", "한다")
    write(changed, KOREAN, f"{PAGE}제한 셋을 건다. 커널을 {right}.\n")
    (gone,) = hints(changed)
    assert not gone.is_hint
    assert gone.place == "tools/hints.toml:2"
    assert gone.cure == "Take the line out."
    answers.write_text(f"{table}\n", encoding="utf-8")
    assert not list(hints(changed))

    answers.write_text('words = "why"\n', encoding="utf-8")
    (wrong,) = hints(changed)
    head, line = re.findall(r"(\[.+?\]), and below it: (.+)", wrong.cure)[0]
    text = f"{head}\n{line}\n".replace("PAGE", "a/page").replace("words", "셋을")
    answers.write_text(text, encoding="utf-8")
    assert not list(hints(changed))


def test_a_hint_is_said_and_no_fault(
    changed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.check.ROOT", changed)
    monkeypatch.setattr("sys.argv", ["check", "hints"])
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main() == 0
    said = capsys.readouterr().out
    assert re.search(r"^hints .* good, hints: 1$", said, re.MULTILINE)
    assert f"{KOREAN}:7: '나눠' (나누다)\n" in said
    assert f"::notice file={KOREAN},line=7" in said
    write(changed, "tools/hints.toml", '["docs/ko/a/page.md"]\n"없는 말" = "이유"\n')
    assert main() == 1
