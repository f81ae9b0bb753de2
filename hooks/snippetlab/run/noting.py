"""What `verify --write` notes: which runs held, when, and under which keys.

Besides what `verify` runs anyway, each snippet that readers can run in their tab runs in the
browser lab, and each that has a twin as its twin.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.registry import BROWSER
from snippetlab.run import report
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.memory import key_of
from snippetlab.run.meter import metered
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.run.twin import TWIN, Twin, read_twins, twins_path
from snippetlab.run.verification import Verified, read_verification, write_verification
from snippetlab.run.weaken import fault_of, weakened
from snippetlab.say import say
from snippetlab.snippet.entry import Entry


@dataclass
class Notes:
    """What has been found so far."""

    project: Project
    old: Mapping[str, Verified]
    """What the file says."""
    tab: Sequence[Entry] = ()
    """What is to run in the browser lab as well."""
    twins: Mapping[str, Twin] = field(default_factory=dict)
    _keys: dict[tuple[str, str], str] = field(default_factory=dict)
    """Snippet, variant → key; empty where it did not hold."""
    _seconds: dict[tuple[str, str], float] = field(default_factory=dict)
    """Of runs in the snippets' own labs."""

    @property
    def labs(self) -> set[str]:
        """Those that are needed besides the snippets' own."""
        return {BROWSER} if self.tab else set()

    def add(self, laboratories: Mapping[str, Laboratory], results: Iterable[Result]) -> None:
        """Runs of snippets as they are; one that ran several times must have held each time."""
        for result in results:
            if result.verdict not in (Verdict.NOT_RUN, Verdict.SKIPPED):
                snippet, lab = result.entry.snippet, result.lab or result.entry.snippet.lab
                held = result.verdict is Verdict.HELD
                self._note(laboratories[lab], result.entry, lab, held=held)
                if lab == snippet.lab:
                    self._seconds[snippet.id, lab] = result.seconds

    def run_more(self, laboratories: Mapping[str, Laboratory], entries: Sequence[Entry]) -> bool:
        """Run the twins of these, and what is for the tab; whether all came out as they must."""
        tab = self.tab if BROWSER in laboratories else ()
        results = list(metered(run_all(laboratories, tab, inside=BROWSER), len(tab)))
        self.add(laboratories, results)
        failed = [result for result in results if not result.verdict.is_good]
        for result in failed:
            say(report.describe(result), error=True)
        if results:
            say(f"in the tab: {report.summary(results)}")
        chosen = [e for e in entries if e.snippet.id in self.twins]
        chosen = [
            entry
            for entry in chosen
            if (laboratory := laboratories.get(entry.snippet.lab))
            and not laboratory.refuses(entry.programs)
        ]
        return not self._run_twins(laboratories, chosen) and not failed

    def _run_twins(self, laboratories: Mapping[str, Laboratory], entries: Sequence[Entry]) -> int:
        """How many show nothing."""
        written = [(entry, self.twins[entry.snippet.id]) for entry in entries]
        twins = [weakened(entry, twin.text, twin.replacement) for entry, twin in written]
        # In one call, a chain would run once, with the snippet in the place of its twin.
        together = [twin for twin in twins if not twin.before]
        alone = ([twin] for twin in twins if twin.before)
        runs = chain.from_iterable(run_all(laboratories, part) for part in (together, *alone))
        same = 0
        for result in metered(runs, len(twins)):
            id_, lab = result.entry.snippet.id, result.entry.snippet.lab
            fault = fault_of(result, twins_path(self.project), self.twins[id_])
            self._note(laboratories[lab], result.entry, TWIN, held=not fault)
            if fault:
                same += 1
                say(fault, error=True)
        if twins:
            say(f"twins: {len(twins) - same} differ{f', {same} do not' * bool(same)}")
        return same

    def _note(self, laboratory: Laboratory, entry: Entry, variant: str, *, held: bool) -> None:
        which = (entry.snippet.id, variant)
        if self._keys.get(which) != "":
            self._keys[which] = key_of(entry, laboratory, variant) if held else ""

    def write(self, *, whole: bool) -> None:
        """Write the file; `whole`, it says nothing of what did not run."""
        today = datetime.date.today().isoformat()
        verified = {} if whole else {**self.old}
        for (id_, variant), key in self._keys.items():
            before = verified.get(id_)
            held = {name: k for name, k in before.held.items() if name != variant} if before else {}
            held |= {variant: key} if key else {}
            if key and (seconds := self._seconds.get((id_, variant))) is not None:
                verified[id_] = Verified(today, seconds, held)
            elif before:
                verified[id_] = replace(before, held=held)
        if verified != self.old or whole:
            write_verification(_path(self.project), verified)


def begin(project: Project, entries: Sequence[Entry], *, inside: str, anew: bool) -> Notes:
    """Before these run; `inside`, in the lab of that name only.

    Raises EngineError where the file is unreadable, unless it is written `anew`, and for twins
    that are.
    """
    try:
        old = read_verification(_path(project))
    except EngineError:
        if not anew:
            raise
        old = {}
    path = twins_path(project)
    if inside:
        return Notes(project, old)
    tab = [e for e in entries if e.snippet.browser and e.snippet.lab != BROWSER and not e.fault]
    twins = read_twins(path) if path.is_file() else {}
    return Notes(project, old, tab, {id_: twin for id_, twin in twins.items() if twin.runs})


def _path(project: Project) -> Path:
    return project.snippets / "verification.json"
