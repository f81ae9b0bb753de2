"""Twenty pages in the styles of well-known documentation, adopted in the lab.

`documents/expected.toml` says of each which blocks become snippets, which of them print something
else than the page shows, and which stay, and why.
"""

import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from snippetlab.cli import main
from snippetlab.run.laboratory import Laboratory
from tests.support import ROOT

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = sorted(path.stem for path in DOCUMENTS.glob("*.md"))
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((DOCUMENTS / "expected.toml").read_text())
_LINE = re.compile(r"docs/(?P<name>[\w-]+)\.md:(?P<line>\d+): (?P<what>.*)")


@dataclass(frozen=True)
class Run:
    """Of the command, over all documents."""

    status: int
    said: str


def adopt(*arguments: str) -> Run:
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = main(["adopt", *arguments, *(f"docs/{name}.md" for name in NAMES)])
    return Run(status, said.getvalue())


@dataclass(frozen=True)
class Site:
    """A site of all documents, after the command ran without --write, with it, and once more."""

    root: Path
    first: Run
    before: dict[str, bytes]
    """The pages after the first run."""
    second: Run
    after: dict[str, bytes]
    third: Run


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, laboratory: Laboratory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "lab", root / "lab", ignore=shutil.ignore_patterns("lock.toml"))
    shutil.copytree(DOCUMENTS, root / "docs")
    (root / "snippets").mkdir()
    extensions = ["admonition", "md_in_html", "pymdownx.details", "pymdownx.tabbed: {}"]
    lines = ["site_name: Documents", "markdown_extensions:", *(f"  - {e}" for e in extensions)]
    (root / "mkdocs.yml").write_text("\n".join(lines))
    with chdir(root):
        first = adopt()
        before = pages(root)
        second = adopt("--write")
        after = pages(root)
        yield Site(root, first, before, second, after, adopt("--write"))


def pages(root: Path) -> dict[str, bytes]:
    return {name: (root / f"docs/{name}.md").read_bytes() for name in NAMES}


def found(said: str, name: str) -> dict[str, Any]:
    """What the command says of a document, as `expected.toml` has it."""
    told: dict[str, Any] = {"snippets": [], "after": [], "differs": {}, "stays": {}}
    line = ""
    for text in said.splitlines():
        if match := _LINE.fullmatch(text):
            line = match["line"] if match["name"] == name else ""
            what = match["what"]
            if line and what.startswith("stays: "):
                told["stays"][line] = what.removeprefix("stays: ")
            elif line:
                told["snippets"].append(int(line))
                told["after"] += [int(line)] if ", after " in what else []
                told["differs"] |= {line: []} if what.endswith("something else") else {}
        elif line and (change := re.fullmatch(r" {4}\| ([-+](?![-+]{2} ).*)", text)):
            told["differs"][line].append(change[1])
    return told


def test_there_are_twenty() -> None:
    assert len(NAMES) == 20
    assert list(EXPECTED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_block_becomes_what_is_expected(name: str, site: Site) -> None:
    told, wanted = found(site.first.said, name), EXPECTED[name]
    assert told["snippets"] == wanted["snippets"]
    assert told["after"] == wanted.get("after", [])
    assert told["differs"] == wanted.get("differs", {})
    reasons = wanted.get("stays", {})
    assert told["stays"].keys() == reasons.keys()
    assert {line: r for line, r in reasons.items() if r not in told["stays"][line]} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_written_only_where_nothing_differs(name: str, site: Site) -> None:
    old = (DOCUMENTS / f"{name}.md").read_bytes()
    wanted = EXPECTED[name]
    assert (site.before[name] == old) == bool("differs" in wanted or not wanted["snippets"])
    assert (site.after[name] == old) == (not wanted["snippets"])


@pytest.mark.parametrize("name", NAMES)
def test_all_but_the_blocks_is_as_it_was(name: str, site: Site) -> None:
    """Lines with their ends; what stands in the place of a block is at most four lines."""
    old = (DOCUMENTS / f"{name}.md").read_bytes().splitlines(keepends=True)
    new = site.after[name].splitlines(keepends=True)
    fence = re.compile(rb"[ >]*(```snippet|```|fold: \d+|[a-z0-9-]+/[a-z0-9/-]+)\s*")
    kept = [line for line in new if not fence.fullmatch(line)]
    lines = iter(old)
    assert all(line in lines for line in kept), "in their order"
    assert site.after[name].count(b"```snippet") == len(EXPECTED[name]["snippets"])


def test_a_second_run_changes_nothing(site: Site) -> None:
    assert (site.first.status, site.second.status, site.third.status) == (1, 0, 0)
    assert pages(site.root) == site.after
    assert " now, of " not in site.third.said


def test_what_was_recorded_holds(site: Site) -> None:
    assert main(["verify"]) == 0
