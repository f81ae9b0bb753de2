"""What checks of pages advise, done: nothing is found then."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import snippet
from tools import pages
from tools.page import begin_page
from tools.parity import parity

pytestmark = pytest.mark.pageless

NAV = "site_name: x\nnav:\n  - Home: index.md\n  - A:\n      - Page: a/page.md\n"
PAGE = "---\ntitle: A\n---\n\n# A { #a }\n\nText.\n"
CLAIM = '# proves = { ko = "그렇다.", en = "It is so." }'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Both languages of a page, in which nothing is wrong."""
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "snippets").mkdir()
    for name, language in (("mkdocs.yml", "ko"), ("mkdocs.en.yml", "en")):
        (tmp_path / name).write_text(NAV)
        for page in ("index", "a/page"):
            path = tmp_path / f"docs/{language}/{page}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE)
    for check in (pages.snippets, pages.drafts, pages.translations, parity):
        assert not list(check(tmp_path))
    return tmp_path


@pytest.mark.cure("languages-agree")
def test_languages_that_differ(checkout: Path) -> None:
    english, korean = (checkout / f"docs/{language}/a/page.md" for language in ("en", "ko"))
    english.write_text(PAGE + "\n## B { #b }\n")
    (found,) = parity(checkout)
    assert "heading ## b" in found.message
    korean.write_text(PAGE + "\n## 나 { #b }\n")
    assert not list(parity(checkout))


@pytest.mark.cure("page-twin", "navigation", "todo")
def test_a_page_that_one_language_has(checkout: Path) -> None:
    (checkout / "docs/ko/a/other.md").write_text(PAGE)
    korean, english = pages.translations(checkout)
    assert "docs/en/a/other.md is missing" in korean.message
    begin_page(checkout, re.findall(r"make page ID=(\S+)", korean.cure)[0], {})
    assert not list(pages.translations(checkout))
    assert (checkout / "docs/en/a/other.md").is_file()
    assert "navigation of mkdocs.yml" in english.message
    (checkout / "mkdocs.yml").write_text(NAV)
    (lacking,) = pages.translations(checkout)
    line = lacking.cure.split("there: ")[1]
    (checkout / "mkdocs.yml").write_text(f"{NAV}      {line}\n")
    assert not list(pages.translations(checkout))
    drafts = list(pages.drafts(checkout))
    assert drafts
    for draft in drafts:
        path = checkout / draft.place.rpartition(":")[0]
        path.write_text(path.read_text().replace("TODO", "It is so."))
    assert not list(pages.drafts(checkout))


@pytest.mark.cure("experiment-languages")
def test_an_experiment_that_one_language_has(checkout: Path) -> None:
    path = checkout / "snippets/a/b@c.toml"
    path.parent.mkdir()
    path.with_name("b.sh").write_text(re.sub("# proves = .*", CLAIM, snippet("echo one\n")))
    both = 'en = "x"\nko = "x"\n'
    form = "[[prediction]]\nprints = '{}'\n[prediction.says]\n{}[prediction.then]\n{}"
    head = f'change = [["one", "two"]]\n[question]\n{both}'
    whole = head + "".join(form.format(word, both, both) for word in ("one", "two"))

    def found() -> list[str]:
        kept = (f for f in pages.snippets(checkout) if "not all of its texts" in f.message)
        return [f"{f.message} {f.cure}" for f in kept]

    path.write_text(whole[: -len('ko = "x"\n')])
    (lacking,) = found()
    assert "in ko" in lacking
    assert 'a line for each language: en = "…"' in lacking
    path.write_text(whole)
    assert not found()


@pytest.mark.cure("claim-languages", "unshown-snippet")
def test_a_snippet_without_claims_and_pages(checkout: Path) -> None:
    path = checkout / "snippets/a/b.sh"
    path.parent.mkdir()
    path.write_text(snippet("echo one\n"))

    def found() -> list[str]:
        return [f.cure for f in pages.snippets(checkout) if "recording" not in f.message]

    claim, shown = found()
    assert "# proves = {" in claim
    path.write_text(re.sub("# proves = .*", CLAIM, path.read_text()))
    assert found() == [shown]
    fence = re.findall(r"fence: (.*) \(or", shown)[0].replace(" / ", "\n")
    for page in checkout.glob("docs/*/a/page.md"):
        page.write_text(f"{PAGE}\n{fence}\n")
    assert not found()


@pytest.mark.cure("differs-languages", "differs-kind")
def test_a_reason_for_a_difference_is_there_in_both_languages_and_of_a_known_kind(
    checkout: Path,
) -> None:
    path = checkout / "snippets/a/b.sh"
    path.parent.mkdir()

    def found(differs: str) -> list[str]:
        path.write_text(
            snippet("echo one\n", differs=f"@{differs}@").replace('"@', "").replace('@"', "")
        )
        kept = (
            f for f in pages.snippets(checkout) if "differs" in f.message or "kind" in f.message
        )
        return [f.cure for f in kept]

    texts, kind = found('{ kind = "store", en = "x" }')
    assert 'ko = "…", en = "…"' in texts
    assert found('{ kind = "store", ko = "x", en = "x" }') == [kind]
    assert "name it in docs/words, in the table `changes`" in kind
    words = checkout / "docs/words/en.toml"
    words.parent.mkdir()
    words.write_text('[changes]\nstore = "The store"\n')
    assert not found('{ kind = "store", ko = "x", en = "x" }')
