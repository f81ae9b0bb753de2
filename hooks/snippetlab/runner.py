"""What runs, where and in what order: the only place that knows all stages."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum

from snippetlab.command import flatten
from snippetlab.errors import EngineError, LabUnavailableError, SourceError
from snippetlab.labs import Lab
from snippetlab.labs.image import Image, read_recipe, require_image
from snippetlab.labs.namespace import NamespaceLab
from snippetlab.library import Entry
from snippetlab.lock import Lock
from snippetlab.project import Project
from snippetlab.recording import State
from snippetlab.transcript import Transcript
from snippetlab.volatile import compare, merge

# A run spends most of its time waiting for the kernel to take its namespaces down.
WORKERS = 4 * (os.cpu_count() or 1)
"""Runs at the same time."""


class Verdict(StrEnum):
    """What came of one snippet."""

    HELD = "held"
    CHANGED = "changed"
    FAILED = "failed"
    NOT_RUN = "not run"
    """Its lab is `none`."""


@dataclass(frozen=True)
class Result:
    """One run."""

    entry: Entry
    verdict: Verdict
    transcript: Transcript | None = None
    error: EngineError | None = None
    seconds: float = 0.0
    faults: tuple[str, ...] = ()
    """What differs from the recording, in words."""

    @property
    def merged(self) -> Transcript | None:
        """What to record: this run, but the old text wherever it differs in values only."""
        if self.transcript is None or self.entry.recording is None:
            return self.transcript
        old, rules = self.entry.recording.transcript, self.entry.snippet.volatile
        return merge(old, self.transcript, rules, _step_names(self.entry))

    @property
    def diff(self) -> list[str]:
        """From the recording to what would be recorded, without the noise of volatile values."""
        if self.merged is None or self.entry.recording is None:
            return []
        old, new = (t.dumps().splitlines() for t in (self.entry.recording.transcript, self.merged))
        return list(unified_diff(old, new, "recorded", "now", lineterm=""))


@dataclass(frozen=True)
class Laboratory:
    """A lab that works on this machine, and what it consists of; to be closed after use."""

    lab: Lab
    image: Image
    kernel: str

    def __enter__(self) -> "Laboratory":
        return self

    def __exit__(self, *_: object) -> None:
        self.lab.close()

    def lock(self) -> Lock:
        """What lab/lock.toml says after all has been verified here."""
        return Lock(self.image.digest, self.image.packages, {self.lab.name: self.kernel})

    def is_locked(self, lock: Lock | None) -> bool:
        """Whether recordings were last verified with just this image and kernel."""
        return lock is not None and (lock.digest, lock.kernels) == (
            self.image.digest,
            {self.lab.name: self.kernel},
        )


def open_laboratory(project: Project, *, check: bool = True, niceness: int = 0) -> Laboratory:
    """The namespace lab. Raises LabUnavailableError, with the cure, where it does not work.

    Without `check` it is only known that its parts are there. With `niceness` runs give way.
    """
    image = require_image(read_recipe(project))
    lab = NamespaceLab(image, niceness=niceness)
    if check:
        try:
            lab.check()
        except LabUnavailableError:
            lab.close()
            raise
    return Laboratory(lab, image, os.uname().release)


def run_all(laboratory: Laboratory, entries: Sequence[Entry]) -> Iterator[Result]:
    """Run the snippets side by side; results come in the order of the entries.

    When the caller stops asking, what runs is ended.
    """
    chains = _chains(entries)
    # The long ones first, as far as their texts tell, so that none is waited for alone.
    order = sorted(chains, key=lambda chain: sum(len(e.snippet.code) for e in chain), reverse=True)
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="snippet")
    futures: dict[str, Future[dict[str, Result]]] = {}
    for chain in order:
        future = pool.submit(_judge, laboratory, chain)
        futures |= {entry.snippet.id: future for entry in chain if entry.snippet.id not in futures}
    try:
        for entry in entries:
            yield futures[entry.snippet.id].result()[entry.snippet.id]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        laboratory.lab.stop()


def _chains(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Chains in which every entry runs, none of them a part of another."""
    inner = {before.snippet.id for entry in entries for before in entry.chain[:-1]}
    return [entry.chain for entry in entries if entry.snippet.id not in inner]


def _judge(laboratory: Laboratory, chain: Sequence[Entry]) -> dict[str, Result]:
    if not chain[-1].snippet.runs:
        return {entry.snippet.id: Result(entry, Verdict.NOT_RUN) for entry in chain}
    began = time.monotonic()
    try:
        transcripts = laboratory.lab.run([entry.program for entry in chain])
    except (EngineError, OSError) as error:
        fault = error if isinstance(error, EngineError) else EngineError(str(error))
        seconds = time.monotonic() - began
        return {e.snippet.id: Result(e, Verdict.FAILED, None, fault, seconds) for e in chain}
    seconds = time.monotonic() - began
    faults = _compare(chain, transcripts)
    return {
        entry.snippet.id: Result(
            entry,
            Verdict.CHANGED if faults[number] or not entry.recording else Verdict.HELD,
            transcript,
            None,
            seconds,
            tuple(faults[number]),
        )
        for number, (entry, transcript) in enumerate(zip(chain, transcripts, strict=True))
    }


def _compare(chain: Sequence[Entry], new: Sequence[Transcript]) -> list[list[str]]:
    """For each snippet what differs from its recording, the whole chain under one renaming."""
    known = [n for n, entry in enumerate(chain) if entry.recording]
    recorded = [r.transcript for entry in chain if (r := entry.recording)]
    rules = [chain[n].snippet.volatile for n in known]
    names = [_step_names(chain[n]) for n in known]
    comparison = compare(recorded, [new[n] for n in known], rules, names)
    faults: list[list[str]] = [[] for _ in chain]
    for fault in comparison.faults:
        place = f"step {fault.step + 1}" + (f", line {fault.line}" if fault.line else "")
        faults[known[fault.snippet]].append(f"{place}: {fault.message}")
    return faults


def _step_names(entry: Entry) -> list[str]:
    return [command.name for command in flatten(entry.program.commands)]


def recording_fault(entry: Entry) -> SourceError | None:
    """Why the recording cannot be shown, as an error; None where it can."""
    cure = f"Record it: snippetlab record {entry.snippet.id}"
    match entry.state:
        case State.FRESH | State.NOT_RUN:
            return None
        case State.MISSING:
            return SourceError(entry.snippet.path, 1, "the snippet has no recording", cure)
        case State.STALE:
            message = "the snippet has changed since it was recorded"
            return SourceError(entry.snippet.path, 1, message, cure)
        case State.EDITED:
            message = "the recording was edited by hand"
            cure = f"Restore it with git, or record it: snippetlab record {entry.snippet.id}"
            return SourceError(entry.snippet.recording, 1, message, cure)
