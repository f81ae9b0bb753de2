"""The runs behind tests: each snippet once, in labs that stay open until all are done."""

from contextlib import ExitStack

from snippetlab.errors import LabUnavailableError
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory, open_laboratory
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library, load_library
from snippetlab.snippet.recording import write_recording


class Runs:
    """Of one session of pytest, or of one worker."""

    def __init__(self, project: Project, library: Library, *, update: bool) -> None:
        self._project = project
        self._library = library
        self._update = update
        self._labs: dict[str, Laboratory | LabUnavailableError] = {}
        self._results: dict[str, Result] = {}
        self._stack = ExitStack()
        self.recorded: list[str] = []
        """The ids of what was recorded anew."""

    def laboratory(self, name: str) -> Laboratory:
        """Raises LabUnavailableError, the same each time."""
        if name not in self._labs:
            try:
                opened = self._stack.enter_context(open_laboratory(self._project, name))
                self._labs[name] = opened
            except LabUnavailableError as error:
                self._labs[name] = error
        found = self._labs[name]
        if isinstance(found, LabUnavailableError):
            raise found
        return found

    def result(self, entry: Entry) -> Result:
        """What came of it; with its chain it runs once. Raises LabUnavailableError."""
        id_, lab = entry.snippet.id, entry.snippet.lab
        if id_ not in self._results:
            laboratories = {lab: self.laboratory(lab)}
            for result in run_all(laboratories, self._together(entry)):
                self._results[result.entry.snippet.id] = result
            if self._update:
                self._results[id_] = self._updated(self._results[id_])
        return self._results[id_]

    def _together(self, entry: Entry) -> list[Entry]:
        """All that share a part of its chain: one run does for what is in it."""
        first = entry.chain[0].snippet.id
        entries = self._library.entries.values()
        return [e for e in entries if e.chain[0].snippet.id == first] if entry.before else [entry]

    def _updated(self, result: Result) -> Result:
        """Recorded anew where it differs, if a second run prints the same."""
        entry = result.entry
        if result.merged is None or (result.verdict is Verdict.HELD and not entry.fault):
            return result
        path = entry.snippet.recording
        before = path.read_bytes() if path.exists() else None
        write_recording(entry.snippet, entry.inputs, result.merged)
        again = load_library(self._project).entries[entry.snippet.id]
        (second,) = run_all({entry.snippet.lab: self.laboratory(entry.snippet.lab)}, [again])
        if second.verdict is Verdict.HELD:
            self.recorded.append(entry.snippet.id)
        elif before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        return second

    def close(self) -> None:
        """Close the labs that were opened."""
        self._stack.close()
