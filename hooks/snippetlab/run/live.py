"""Snippets that run while a site is built, beside the rendering of its pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from snippetlab.errors import Cure, EngineError, LabUnavailableError
from snippetlab.project import Project
from snippetlab.run.background import Background
from snippetlab.run.laboratory import open_laboratory
from snippetlab.run.proof import Proofs
from snippetlab.run.report import describe, reason, skipped
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.snippet.entry import Entry, said_of
from snippetlab.snippet.recording import State, write_recording

NICENESS = 5
"""Runs give way to rendering; much more, and on a busy machine they would miss deadlines."""


class LiveRuns:
    """The runs of one build, all in one lab; `say` takes a line for people."""

    def __init__(
        self, project: Project, lab: str, proofs: Proofs, say: Callable[[str], None]
    ) -> None:
        """`proofs` are those won here before. Raises LabUnavailableError."""
        self._lab = lab
        self._proofs = proofs
        self._say = say
        # Checking it takes as long as a few snippets, so that is done when it is in doubt.
        self._laboratory = open_laboratory(project, lab, check=False, niceness=NICENESS)
        self._background: Background[Result] | None = None
        self._expected = 0

    def record(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Run and wait, and make these recordings anew; of those that are skipped: why.

        Raises LabUnavailableError, and EngineError for the first run that fails.
        """
        with self._laboratory as laboratory:
            laboratory.lab.check()
            unmet = {}
            for result in run_all({self._lab: laboratory}, entries):
                if result.verdict is Verdict.SKIPPED:
                    unmet[result.entry.snippet.id] = reason(result)
                    continue
                if result.error or result.merged is None:
                    raise result.error or EngineError("nothing ran")
                write_recording(result.entry.snippet, result.entry.inputs, result.merged)
                self._say(f"recorded {result.entry.snippet.id}")
        return unmet

    def start(self, entries: Sequence[Entry]) -> None:
        """Run these in the background, to be compared with their recordings at the end."""
        self._expected = len(entries)
        if entries:
            self._background = Background(lambda: self._results(entries))

    def finish(self) -> None:
        """Wait for the runs; raises EngineError where one differs from its recording."""
        if not self._background:
            return
        results = list(self._background.results())
        if len(results) != self._expected:
            cure = Cure("runs-died", "Try: snippetlab verify")
            raise EngineError("the process that runs snippets died", cure)
        for line in skipped(results):
            self._say(line)
        faults = [result for result in results if not result.verdict.is_good]
        held = [result.entry for result in results if result.verdict is Verdict.HELD]
        self._proofs.keep(entry for entry in held if entry.state is State.FRESH)
        if not faults:
            return
        try:
            with self._laboratory as laboratory:
                laboratory.lab.check()
        except LabUnavailableError as error:
            counted = said_of(fault.entry for fault in faults)
            what = f"{counted}: shown from recordings and not run"
            self._say(f"{what}: {error.in_one_line}")
            return
        for fault in faults:
            if fault.causes:
                self._say(f"drift: {describe(fault, passes=True)}")
        if errors := [fault for fault in faults if not fault.causes]:
            raise EngineError("\n".join(dict.fromkeys(map(describe, errors))))

    def stop(self) -> None:
        """Give up what still runs."""
        if self._background:
            self._background.stop()

    def _results(self, entries: Sequence[Entry]) -> Iterator[Result]:
        """In a process of its own, which ends without closing anything by itself."""
        with self._laboratory as laboratory:
            yield from run_all({self._lab: laboratory}, entries)
