"""What a run of all tests says while it runs: each failure at once, and now and then how far it is.

A run that is cut off by its time has shown what failed.
"""

import time

import pytest

SECONDS = 60
"""So often a line says how far it is."""


class Progress:
    """Where all tests are reported: in the process that starts the workers, if there are any."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._begun = self._said = time.monotonic()
        self._total = self._done = self._failed = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._total = len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Each worker has found the same."""
        self._total = len(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._done += report.when == "teardown"
        self._failed += report.failed
        if report.failed:
            name = f"{report.nodeid} ({report.when}, {report.duration:.1f} s)"
            self._terminal.write_sep("_", name, red=True, bold=True)
            self._terminal.write_line(report.longreprtext)
        if report.failed or time.monotonic() - self._said > SECONDS:
            self._said = time.monotonic()
            minutes, seconds = divmod(round(self._said - self._begun), 60)
            far = f"{self._done} of {self._total} tests after {minutes} min {seconds} s"
            self._terminal.write_line(f"{far}, {self._failed} failed")
