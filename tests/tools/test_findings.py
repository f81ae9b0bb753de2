"""Each check finds what is wrong, with file, line and cure."""

import subprocess
from pathlib import Path

import pytest

from tests.support import snippet
from tests.tools.scratch import NAV, PAGE, commit, write
from tools import linters, pages, words
from tools.check import Check
from tools.finding import Finding
from tools.parity import parity

pytestmark = pytest.mark.pageless

TOKEN = "ghp_" + "a1B2" * 9
WRONG: list[tuple[Check, str, str, str, str, str]] = [
    (
        linters.shellcheck,
        *("snippets/a/b.sh", snippet("name=$HOME\necho $name\n")),
        *("snippets/a/b.sh:6", "SC2086", "# shellcheck disable=SC2086"),
    ),
    (
        linters.hadolint,
        *("snippets/a/c.Dockerfile", "FROM busybox\nMAINTAINER me\n"),
        *("snippets/a/c.Dockerfile:2", "DL4000", "# hadolint ignore=DL4000"),
    ),
    (
        linters.markdown,
        *("docs/en/a/page.md", "# A { #a }\n\n### Too deep { #b }\n"),
        *("docs/en/a/page.md:3", "MD001", "rumdl check --fix docs/en/a/page.md"),
    ),
    (
        linters.spelling,
        *("docs/en/a/page.md", "# A { #a }\n\nIt recieves.\n"),
        *("docs/en/a/page.md:3", "receives", "pyproject.toml"),
    ),
    (linters.ruff, "a.py", "import os\n", "a.py:1", "F401", "ruff check --fix a.py"),
    (linters.layout, "a.py", "a  = 1\n", "a.py:1", "laid out", "ruff format a.py"),
    (
        words.terms,
        *("docs/ko/a/page.md", "# A { #a }\n\n루트 디렉토리를 연다.\n"),
        *("docs/ko/a/page.md:3", "디렉토리", "디렉터리"),
    ),
    (
        words.secrets,
        *("snippets/a/b.out", f"# recording\n$ env\nTOKEN={TOKEN}\n"),
        *("snippets/a/b.out:3", "a GitHub token", "revoke"),
    ),
    (
        words.secrets,
        *("docs/en/a/page.md", "Built in /home/alice/site/.\n"),
        *("docs/en/a/page.md:1", "a home directory", "Take it out"),
    ),
    (
        pages.drafts,
        *("docs/ko/a/page.md", "# A { #a }\n\nTODO를 쓴다.\n"),
        *("docs/ko/a/page.md:3", "TODO", "Write"),
    ),
    (
        pages.drafts,
        *("docs/ko/a/'한글'.md", "# A { #a }\n\nTODO를 쓴다.\n"),
        *("docs/ko/a/'한글'.md:3", "TODO", "Write"),
    ),
    (
        pages.drafts,
        *("mkdocs.en.yml", NAV.replace("Page", "TODO 쪽")),
        *("mkdocs.en.yml:4", "TODO", "Write"),
    ),
    (
        pages.translations,
        *("docs/ko/a/other.md", "# B { #b }\n"),
        *("docs/ko/a/other.md:1", "docs/en/a/other.md is missing", "make page ID=a/other"),
    ),
    (
        pages.translations,
        *("mkdocs.en.yml", "nav:\n  - Home: index.md\n"),
        *("docs/en/a/page.md:1", "navigation of mkdocs.en.yml", "- a/page.md"),
    ),
    (
        pages.snippets,
        *("docs/en/a/page.md", "```snippet\na/bb\n```\n"),
        *("docs/en/a/page.md:2", "unknown snippet 'a/bb'", "Did you mean a/b?"),
    ),
    (
        pages.snippets,
        *("snippets/a/b.sh", snippet("echo one\n", colour="red")),
        *("snippets/a/b.sh:4", "colour", ""),
    ),
    (
        pages.snippets,
        *("snippets/a/c.sh", snippet("echo one\n")),
        *("snippets/a/c.sh:3", "not there in every language: en, ko", "proves = {"),
    ),
    (
        pages.snippets,
        *("snippets/a/orphan.sh", snippet("echo one\n")),
        *("snippets/a/orphan.sh:1", "no page shows the snippet a/orphan", "git rm"),
    ),
    (
        pages.snippets,
        *("docs/en/a/page.md", PAGE.format("Text.").replace("```snippet", "```snipet")),
        *("docs/en/a/page.md:9", "unknown kind of fence `snipet`", "Did you mean `snippet`?"),
    ),
    (
        parity,
        *("docs/en/a/page.md", PAGE.format("Text.").replace("#a }", "#other }")),
        *("docs/en/a/page.md:5", "heading # other", "agree"),
    ),
]


@pytest.mark.parametrize(("check", "name", "text", "place", "message", "cure"), WRONG)
def test_what_is_wrong_is_found_with_its_cure(
    checkout: Path, check: Check, name: str, text: str, place: str, message: str, cure: str
) -> None:
    before = list(check(checkout))
    write(checkout, name, text)
    found = [finding for finding in check(checkout) if finding not in before]
    found = [_relative(finding, checkout) for finding in found]
    matching = [f for f in found if f.place == place and message in f.message]
    assert matching, found
    assert cure in matching[0].cure


@pytest.mark.parametrize("wrong", ["```snipet\na/b", "```snippet\nfold 10\na/b"])
def test_a_fence_that_cannot_be_understood_is_one_finding(checkout: Path, wrong: str) -> None:
    text = PAGE.format("Text.").replace("```snippet\na/b", wrong)
    write(checkout, "docs/en/a/page.md", text)
    assert not list(parity(checkout))  # `snippets` says it
    assert len([f for f in pages.snippets(checkout) if "docs/en" in f.place]) == 1


def test_a_page_that_moved_must_leave_a_redirect(checkout: Path) -> None:
    configuration = checkout / "mkdocs.yml"
    redirects = "plugins:\n  redirects:\n    redirect_maps:\n"
    configuration.write_text(NAV + redirects)
    commit(checkout)
    for language in ("ko", "en"):
        page = checkout / f"docs/{language}/a/page.md"
        page.rename(page.with_name("other.md"))
    renamed = list(pages.moved(checkout))
    commit(checkout)
    committed = list(pages.moved(checkout))
    assert (
        renamed
        == committed
        == [
            Finding(
                "mkdocs.yml:7",
                "a/page.md is gone, and its address leads nowhere",
                "Say where it went, below redirect_maps: a/page.md: NEW.md",
            )
        ]
    )
    configuration.write_text(f"{NAV}{redirects}      a/page.md: a/other.md\n")
    assert not list(pages.moved(checkout))
    write(checkout, "docs/ko/a/page.md", "# A { #a }\n")
    (taken,) = pages.moved(checkout)
    assert (taken.place, taken.cure) == ("mkdocs.yml:8", "Take the line out.")


@pytest.mark.cure("shallow-clone")
def test_a_shallow_clone_is_told_how_to_get_its_history(checkout: Path, tmp_path: Path) -> None:
    redirects = "plugins:\n  redirects:\n    redirect_maps:\n"
    write(checkout, "mkdocs.yml", NAV + redirects)
    for _ in range(2):
        commit(checkout)
    clone = tmp_path / "shallow"
    command = ["git", "clone", "--quiet", "--depth=1", checkout.as_uri(), str(clone)]
    subprocess.run(command, check=True)
    (found,) = pages.moved(clone)
    subprocess.run([*found.cure.split(), "--quiet"], cwd=clone, check=True)
    assert not list(pages.moved(clone))


@pytest.mark.parametrize("check", [linters.shellcheck, linters.markdown, words.terms, parity])
def test_nothing_is_found_where_nothing_is_wrong(checkout: Path, check: Check) -> None:
    assert not list(check(checkout))


def test_code_and_quotations_keep_their_spelling(checkout: Path) -> None:
    text = (
        '# A { #a }\n\n`디렉토리` "쉘" [문서](https://example.org/라벨)\n\n```text\n콘테이너\n```\n'
    )
    write(checkout, "docs/ko/a/page.md", text)
    assert not list(words.terms(checkout))


def _relative(finding: Finding, root: Path) -> Finding:
    return Finding(finding.place.removeprefix(f"{root}/"), finding.message, finding.cure)
