"""Snippets, and the Python in pages that says what it prints, as tests of pytest."""

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from snippetlab.errors import EngineError, LabUnavailableError, SourceError, display
from snippetlab.hosts.trying import Runs
from snippetlab.project import Project
from snippetlab.registry import DEFAULT, LABS
from snippetlab.run.report import describe, reason
from snippetlab.run.runner import Verdict
from snippetlab.say import printable
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library, read_library
from snippetlab.snippet.snippet import in_language

if TYPE_CHECKING:
    from pytest_examples import CodeExample

_Failed: Any = pytest.fail.Exception
_Skipped: Any = pytest.skip.Exception
SAID = "#> "
"""What says in Python what a `print` above it prints: see pytest-examples."""


class Snippets:
    """The plugin that `--snippets` turns on."""

    def __init__(self, config: pytest.Config, *, update: bool) -> None:
        """Raises pytest.UsageError outside a site."""
        try:
            self.project = Project.find(config.invocation_params.dir)
            self.library: Library = read_library(self.project)
        except EngineError as error:
            raise pytest.UsageError(str(error)) from None
        self.runs = Runs(self.project, self.library, update=update)
        self._broken = {fault.path: fault for fault in self.library.faults}
        self._entries: dict[Path, list[Entry]] = {}
        """Those of each file: a snippet, and the same in other versions of its lab."""
        for entry in self.library.entries.values():
            self._entries.setdefault(entry.snippet.path, []).append(entry)
        for lab in LABS:
            config.addinivalue_line("markers", f"{lab}: a snippet that runs in the lab {lab}")
        config.addinivalue_line("markers", "xdist_group(name): which worker of xdist runs it")
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            self._add_places(config)

    def _add_places(self, config: pytest.Config) -> None:
        """What nobody named on the command line: `testpaths` seldom names it, either."""
        given = [(config.invocation_params.dir / argument).resolve() for argument in config.args]
        for place in (self.project.snippets, self.project.docs):
            if place.is_dir() and not any(map(place.resolve().is_relative_to, given)):
                config.args.append(str(place))

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        if file_path in self._entries or file_path in self._broken:
            file: SnippetFile = SnippetFile.from_parent(parent, path=file_path)
            file.snippets = self
            return file
        if file_path.suffix == ".md" and file_path.is_relative_to(self.project.docs):
            page: PageFile = PageFile.from_parent(parent, path=file_path)
            page.snippets = self
            return page
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """A snippet is no module: importing it would run it here, outside of its lab."""
        if module_path.is_relative_to(self.project.snippets):
            return Nothing.from_parent(parent, path=module_path)
        return None

    def found(self, path: Path) -> Sequence[Entry | SourceError]:
        """The snippet of that file, in each version of its lab, or why it cannot be read."""
        return self._entries.get(path) or [self._broken[path]]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.runs.recorded:
            ids = ", ".join(self.runs.recorded)
            terminalreporter.write_line(printable(f"recorded anew: {ids}"))

    def pytest_unconfigure(self) -> None:
        self.runs.close()


class SnippetFile(pytest.File):
    """The file of a snippet."""

    snippets: Snippets

    def collect(self) -> Iterator[pytest.Item]:
        yield from map(self._item, self.snippets.found(self.path))

    def _item(self, found: Entry | SourceError) -> "SnippetItem":
        id_ = found.snippet.id if isinstance(found, Entry) else self.path.stem
        item: SnippetItem = SnippetItem.from_parent(self, name=id_)
        item.found, item.runs = found, self.snippets.runs
        if isinstance(found, Entry) and found.snippet.runs:
            item.add_marker(found.snippet.lab)
            # A chain runs once, and a machine starts once.
            group = found.chain[0].snippet.id if found.snippet.lab == "namespace" else ""
            item.add_marker(pytest.mark.xdist_group(f"{found.snippet.lab} {group}".strip()))
        return item


class SnippetItem(pytest.Item):
    """A snippet."""

    found: Entry | SourceError
    runs: Runs

    def runtest(self) -> None:
        if isinstance(self.found, SourceError):
            raise self.found
        if not self.found.snippet.runs:
            raise _skipped(in_language(self.found.snippet.reason, "en"))
        try:
            result = self.runs.result(self.found)
        except LabUnavailableError as error:
            raise _skipped(error.in_one_line) from None
        if result.verdict is Verdict.SKIPPED:
            raise _skipped(reason(result))
        if not result.verdict.is_good:
            if not result.entry.recording and not result.error and self.found.fault:
                raise self.found.fault
            raise EngineError(describe(result))
        if self.found.fault and self.found.snippet.id not in self.runs.recorded:
            raise self.found.fault
        if self.path.suffix == ".py" and SAID in self.found.snippet.code:
            from snippetlab.hosts.printing import check, of_snippet

            laboratory = self.runs.laboratory(self.found.snippet.lab)
            check(of_snippet(self.found), laboratory, self.found.programs[:-1])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The engine's own message, which names file and line and the cure."""
        if isinstance(excinfo.value, EngineError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        line = self.found.line - 1 if isinstance(self.found, SourceError) else 0
        return self.path, line, self.name


class PageFile(pytest.File):
    """A page: its Python that says what it prints, where pytest-examples is installed."""

    snippets: Snippets

    def collect(self) -> Iterator[pytest.Item]:
        if not find_spec("pytest_examples"):
            return
        from snippetlab.hosts.printing import examples

        for example in examples(self.path):
            item: ExampleItem = ExampleItem.from_parent(self, name=f"python:{example.start_line}")
            item.example, item.runs = example, self.snippets.runs
            item.add_marker(DEFAULT)
            yield item


class ExampleItem(pytest.Item):
    """Python in a page."""

    example: "CodeExample"
    runs: Runs

    def runtest(self) -> None:
        from snippetlab.hosts.printing import check

        try:
            check(self.example, self.runs.laboratory(DEFAULT))
        except LabUnavailableError as error:
            raise _skipped(error.in_one_line) from None

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, EngineError | _Failed):
            error = excinfo.value
            text = error.message if isinstance(error, SourceError) else str(error)
            called = re.findall(r'example\.py", line (\d+)', text)
            line = self.example.start_line + int((called or [0])[-1])
            return printable(f"{display(self.path)}:{line}: {text}")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, self.example.start_line - 1, self.name


class Nothing(pytest.File):
    """A file in which there is no test."""

    def collect(self) -> Iterator[pytest.Item]:
        return iter(())


def _skipped(reason: str) -> Any:
    """Said of the item, not of this module."""
    return _Skipped(printable(reason), _use_item_location=True)
