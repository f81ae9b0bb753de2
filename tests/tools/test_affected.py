"""Of this checkout's own tests, which are run after a change, and which not."""

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.affected import ALL, address_of
from tests.support import ROOT

pytestmark = pytest.mark.pageless

UTS, CHROOT, SERVE = "site/test_run_here.py", "site/test_own_commands.py", "site/test_serve.py"
WALK = "site/test_fit.py::test_pages_fit"
WORKFLOWS = "tools/test_runner.py"
PLAYGROUND, TEXT, BOTH = "site/test_phone.py", "site/test_pages.py", "site/test_parity.py"
EVERYTHING = (UTS, CHROOT, SERVE, WALK, WORKFLOWS, PLAYGROUND, TEXT, BOTH)
CHANGES: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "a sentence": (
        "docs/ko/isolation/namespaces/uts.md",
        (UTS, WALK, TEXT, BOTH, "site/test_memory.py", "site/test_cost.py", "site/test_search.py"),
        (CHROOT, SERVE, WORKFLOWS, PLAYGROUND, "site/test_glossary.py"),
    ),
    "a heading": (
        "docs/en/isolation/chroot.md",
        (CHROOT, WALK, TEXT, BOTH, "site/test_search.py", "site/test_reading.py"),
        (UTS, SERVE, WORKFLOWS, PLAYGROUND),
    ),
    "a new page": (
        "docs/ko/isolation/new.md",
        (WALK, TEXT, BOTH, "site/test_site.py", "tools/test_page.py::test_any_page"),
        (UTS, CHROOT, SERVE, WORKFLOWS, PLAYGROUND),
    ),
    "a page that moves": ("docs/ko/playground.md docs/ko/new.md mkdocs.yml", EVERYTHING, ()),
    "a picture": (
        "docs/ko/assets/images/chroot-names.svg",
        (CHROOT, WALK, "site/test_drawings.py", "site/test_brought.py"),
        (UTS, SERVE, WORKFLOWS, PLAYGROUND),
    ),
    "a word of the glossary": (
        "docs/glossary.yml",
        (UTS, CHROOT, WALK, PLAYGROUND, "site/test_reference.py"),
        (SERVE, WORKFLOWS),
    ),
    "the page with the table of rooms": (
        "docs/en/architecture.md",
        (WALK, "tools/test_rooms.py"),
        (UTS, CHROOT, SERVE, WORKFLOWS, PLAYGROUND),
    ),
    "the README": (
        "README.md",
        ("tools/test_readme.py",),
        (UTS, CHROOT, SERVE, WORKFLOWS, PLAYGROUND),
    ),
} | {
    what: (name, EVERYTHING, ())
    for what, name in {
        "the navigation": "mkdocs.yml",
        "a template": "docs/overrides/main.html",
        "a style sheet": "docs/overrides/assets/stylesheets/site.css",
        "a script": "docs/overrides/assets/javascripts/search.js",
        "words that the site says": "docs/words/ko.toml",
        "a snippet": "snippets/isolation/uts.sh",
        "a recording": "snippets/isolation/uts.out",
        "a module of the engine": "hooks/snippetlab/transcript.py",
        "a hook": "hooks/main.py",
        "a workflow": ".github/workflows/verify.yml",
        "a test": "tests/site/test_walk.py",
        "a page and a snippet": "docs/ko/isolation/chroot.md snippets/isolation/uts.sh",
    }.items()
}
"""What changes → its files, and of which tests some are run, and of which none."""
SELECT = """
import json, sys, pytest

class Selecting:
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        from tests.affected import is_page, left_out, touched
        from tests.support import ROOT
        for what, names in json.loads(sys.argv[1]).items():
            only = all(map(is_page, names))
            pages = touched(ROOT, names) if only else set()
            run = [item.nodeid for item in items if not only or not left_out(item, pages)]
            print("selected", json.dumps([what, run]))

sys.exit(pytest.main(["--collect-only", "-q", "tests/site", "tests/tools"], [Selecting()]))
"""


@pytest.fixture(scope="module")
def selected() -> dict[str, list[str]]:
    """What changes → the tests that are run then, of all that there are."""
    changes = json.dumps({what: names.split() for what, (names, _, _) in CHANGES.items()})
    command = [sys.executable, "-c", SELECT, changes]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("selected ")]
    assert len(lines) == len(CHANGES), done.stdout + done.stderr
    return dict(json.loads(line.removeprefix("selected ")) for line in lines)


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_tested_by_what_it_can_affect(
    what: str, selected: dict[str, list[str]]
) -> None:
    names, run, left_out = CHANGES[what]
    found = [test.removeprefix("tests/") for test in selected[what]]
    missing = [part for part in run if not any(test.startswith(part) for test in found)]
    assert not missing, f"a change of {names} is not tested by these"
    assert [test for test in found if test.startswith(left_out)] == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("docs/ko/index.md", "index"),
        ("docs/en/isolation/index.md", "isolation"),
        ("docs/de/isolation/chroot.md", "isolation/chroot"),
        ("docs/en/isolation/chroot.svg", ALL),
        ("docs/commands.yml", ALL),
        ("README.md", "README.md"),
    ],
)
def test_a_page_has_one_address_in_all_languages(name: str, address: str) -> None:
    assert address_of(name) == address


def test_what_changes_is_there() -> None:
    """Otherwise the table would tell of nothing."""
    new = {"docs/ko/isolation/new.md", "docs/ko/new.md"}
    names = {name for names, _, _ in CHANGES.values() for name in names.split()} - new
    assert [name for name in sorted(names) if not (ROOT / name).exists()] == []
