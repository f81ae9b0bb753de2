"""Which tests a change of pages alone can affect: those of the site and of the tools.

The others read no page of this checkout. A hook holds them to it, as far as Python opens files.
"""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from snippetlab.run.history import changed, merge_base
from tests.support import ROOT

PAGELESS = (
    *("tests/engine/", "tests/generated/", "tests/hostile/", "tests/snippets/"),
    *(f"tests/tools/test_{name}.py" for name in ("environment", "images", "issue", "linters")),
    *(f"tests/tools/test_{name}.py" for name in ("needs", "suite", "workflows")),
)
"""Tests that read no page."""
_read: list[str] = []
"""Pages of this checkout that were read since somebody looked."""


def is_page(name: str) -> bool:
    """Whether a file of this checkout, by its name in it, is text that readers read."""
    if name.startswith("docs/"):
        return not name.startswith(("docs/overrides/", "docs/words/"))
    return name.endswith(".md") and "/" not in name


def only_pages(root: Path) -> tuple[str, list[str]] | None:
    """The commit since which only pages changed, and which; None where more did, or none is known.

    FRESH is set where all tests are to run.
    """
    base = "" if os.environ.get("FRESH", "0") not in ("", "0") else merge_base(root)
    names = changed(root, base) if base else []
    return (base, names) if base and names and all(map(is_page, names)) else None


class Affected:
    """Leaves out tests that no page can affect, and says how many and why."""

    def __init__(self, base: str, names: list[str]) -> None:
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        self._why = f"only pages differ from {base[:12]}: {', '.join(names[:2])}{more}"
        self._left_out = 0

    def pytest_report_header(self) -> str:
        return f"{self._why}. Left out: {' '.join(PAGELESS)}. All tests: FRESH=1 make test"

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        gone = [item for item in items if item.nodeid.startswith(PAGELESS)]
        config.hook.pytest_deselected(items=gone)
        self._left_out = len(gone)
        items[:] = [item for item in items if not item.nodeid.startswith(PAGELESS)]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output["left_out"] = self._left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self._left_out = getattr(node, "workeroutput", {}).get("left_out", self._left_out)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.write_line(f"{self._left_out} tests left out: {self._why}")


class Pageless:
    """Fails a test, or a file of tests, that is said to read no page and reads one."""

    def __init__(self) -> None:
        sys.addaudithook(_note)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        _read.clear()
        report = yield
        if isinstance(collector, pytest.Module) and collector.nodeid.startswith(PAGELESS) and _read:
            report.outcome, report.longrepr = "failed", _complaint()
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        _read.clear()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        yield
        if item.nodeid.startswith(PAGELESS) and _read:
            pytest.fail(_complaint(), pytrace=False)


def _complaint() -> str:
    return (
        f"this reads a page, {_read[0]}, and is not run where only pages change.\n"
        "    Give it a page of its own, or move it to tests/site or tests/tools."
    )


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event not in ("open", "snippetlab.read") or not isinstance(arguments[0], str | bytes):
        return
    path = os.fsdecode(arguments[0])
    if "docs" not in path and not path.endswith(".md"):
        return
    # A name alone may be one in another directory (dir_fd); see hooks/snippetlab/checkout.py.
    if "/" not in path and not os.path.lexists(path):
        return
    path = os.path.abspath(path)  # noqa: PTH100 (links are not followed)
    if path.startswith(f"{ROOT}/") and is_page(path[len(f"{ROOT}/") :]):
        _read.append(path[len(f"{ROOT}/") :])
