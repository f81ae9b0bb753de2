"""Which tests a change of pages alone can affect, by what each of them says that it reads.

Tests below PAGELESS read no page of this checkout. Of others,

- one with the mark `pageless` reads none, either;
- one with the mark `pages` reads those alone that it names by their addresses, as in
  `pages("isolation/chroot")`, in whichever language; "*" is all;
- one with the mark `material` takes all pages as they are, and is about something else, as it says;
- any other may read all.

tests/opened.py holds them to it. What is not left out here may look at less by itself, and says so
in a file NAME.said of what workers share (tests/site/chosen.py).
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from snippetlab.run.history import changed, merge_base
from tests import sharing

PAGELESS = ("tests/engine/", "tests/generated/", "tests/hostile/", "tests/snippets/")
ALL = "*"
MARKS = (
    "pageless: reads no page of this checkout (tests/affected.py)",
    "pages(*addresses): reads these pages alone",
    "material(why): takes all pages as they are, and is about something else",
)
NONE, OTHERS, MATERIAL = "read no page", "read others", "take pages as material"
"""Why tests are left out."""


def is_page(name: str) -> bool:
    """Whether a file of this checkout, by its name in it, is text that readers read."""
    if name.startswith("docs/"):
        return not name.startswith(("docs/overrides/", "docs/pictures/", "docs/words/"))
    return name.endswith(".md") and "/" not in name


def address_of(name: str) -> str:
    """Of the page that a file of this checkout is; its name if it is in no language; else ALL."""
    top, _, below = name.partition("/")
    if not below:
        return name
    language, _, page = below.partition("/")
    if top != "docs" or not language or not page.endswith(".md"):
        return ALL
    return page.removesuffix(".md").removesuffix("/index")


def only_pages(root: Path) -> tuple[str, list[str]] | None:
    """The commit since which only pages changed, and which; None where more did, or none is known.

    FRESH is set where all tests are to run.
    """
    base = "" if os.environ.get("FRESH", "0") not in ("", "0") else merge_base(root)
    names = changed(root, base) if base else []
    return (base, names) if base and names and all(map(is_page, names)) else None


def touched(root: Path, names: Sequence[str]) -> set[str]:
    """The addresses of pages that a change of files can change; ALL among them if it may be any."""
    found = set()
    for name in names:
        parts = name.split("/")
        if parts[2:3] == ["assets"]:  # a picture is of pages that name it
            pages = (root / "docs" / parts[1]).rglob("*.md")
            own = [page for page in pages if Path(name).name in page.read_text("utf-8")]
            found |= {address_of(str(page.relative_to(root))) for page in own}
        else:
            found.add(address_of(name))
    return found


def reads(item: pytest.Item | pytest.Module) -> frozenset[str]:
    """The addresses of the pages that a test says it reads."""
    if marker := item.get_closest_marker("pages"):
        return frozenset(marker.args)
    pageless = item.nodeid.startswith(PAGELESS) or item.get_closest_marker("pageless")
    return frozenset() if pageless else frozenset([ALL])


def left_out(item: pytest.Item, pages: set[str]) -> str:
    """Why no change of those pages alone can affect a test; empty if one can."""
    if item.get_closest_marker("material"):
        return MATERIAL
    named = reads(item)
    if not named:
        return NONE
    return "" if ALL in named | pages or named & pages else OTHERS


class Affected:
    """Leaves out tests that no page that differs can affect, and says how many and why."""

    def __init__(self, root: Path, base: str, names: list[str]) -> None:
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        self.base = base
        self._root = root
        self._why = f"only pages differ from {base[:12]}: {', '.join(names[:2])}{more}"
        self._pages = touched(root, names)
        self._left_out: Mapping[str, list[str]] = {}

    def pytest_report_header(self) -> str:
        return f"{self._why}. What these cannot affect is left out; all tests: FRESH=1 make test"

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Files of which no test is run are not even read."""
        below = str(collection_path).removeprefix(f"{self._root}/")
        return True if f"{below}/".startswith(PAGELESS) else None

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        found = defaultdict[str, list[pytest.Item]](list)
        for item in items:
            found[left_out(item, self._pages)].append(item)
        items[:] = found.pop("", [])
        config.hook.pytest_deselected(items=[item for each in found.values() for item in each])
        self._left_out = {why: [item.location[0] for item in each] for why, each in found.items()}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output["left_out"] = self._left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self._left_out = getattr(node, "workeroutput", {}).get("left_out", self._left_out)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        terminalreporter.write_line(
            f"Left out, since {self._why}:\n    all below {' '.join(PAGELESS)}, which read no page"
        )
        for why, files in sorted(self._left_out.items()):
            line = f"    {len(files)} tests that {why}: {' '.join(sorted(set(files)))}"
            terminalreporter.write_line(line)
        for said in sorted(config.stash[sharing.KEY].directory.glob("*.said")):
            terminalreporter.write_line(f"    {said.read_text('utf-8')}")
