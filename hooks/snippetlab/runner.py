"""What runs, where and in what order: the only place that knows all stages."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum

from snippetlab.entry import Entry
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.transcript import Transcript
from snippetlab.volatile.compare import compare
from snippetlab.volatile.merge import merge


class Verdict(StrEnum):
    """What came of one snippet."""

    HELD = "held"
    CHANGED = "changed"
    DRIFTED = "drifted"
    """Changed, in a lab with another image or kernel than lab/lock.toml names."""
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
    drift: tuple[str, ...] = ()
    """How the lab differs from that of lab/lock.toml, if the run did not hold."""
    lab: str = ""
    """Where it ran, if that is not the lab of the snippet."""

    @property
    def merged(self) -> Transcript | None:
        """What to record: this run, but the old text wherever it differs in values only."""
        if self.transcript is None or self.entry.recording is None:
            return self.transcript
        old, rules = self.entry.recording.transcript, self.entry.snippet.volatile
        return merge(old, self.transcript, rules, self.entry.step_names)

    @property
    def diff(self) -> list[str]:
        """From the recording to what would be recorded, without the noise of volatile values."""
        if self.merged is None or self.entry.recording is None:
            return []
        old, new = (t.dumps().splitlines() for t in (self.entry.recording.transcript, self.merged))
        return list(unified_diff(old, new, "recorded", "now", lineterm=""))


def run_all(
    laboratories: Mapping[str, Laboratory], entries: Sequence[Entry], *, inside: str = ""
) -> Iterator[Result]:
    """Run the snippets side by side, each in its lab; results come in the order of the entries.

    The lab of every snippet that runs must be there. With `inside`, all run in the lab of
    that name instead of their own.

    When the caller stops asking, what runs is ended.
    """
    chains = _chains(entries)
    # The long ones first, as far as their texts tell, so that none is waited for alone.
    order = sorted(chains, key=lambda chain: sum(len(e.snippet.code) for e in chain), reverse=True)
    futures: dict[str, Future[dict[str, Result]]] = {}
    with ExitStack() as stack:
        pools = {
            name: stack.enter_context(_pool(laboratory))
            for name, laboratory in laboratories.items()
        }
        for chain in order:
            if (name := inside or chain[-1].snippet.lab) in pools:
                future = pools[name].submit(_judge, laboratories[name], chain, inside)
                futures = {entry.snippet.id: future for entry in chain} | futures
        for entry in entries:
            if entry.snippet.runs:
                yield futures[entry.snippet.id].result()[entry.snippet.id]
            else:
                yield Result(entry, Verdict.NOT_RUN)


@contextmanager
def _pool(laboratory: Laboratory) -> Iterator[ThreadPoolExecutor]:
    """Threads for a lab; on leaving, whatever still runs there is ended."""
    pool = ThreadPoolExecutor(laboratory.lab.workers, thread_name_prefix="snippet")
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        laboratory.lab.stop()


def _chains(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Chains in which every entry runs, none of them a part of another."""
    inner = {before.snippet.id for entry in entries for before in entry.chain[:-1]}
    return [entry.chain for entry in entries if entry.snippet.id not in inner]


def _judge(laboratory: Laboratory, chain: Sequence[Entry], inside: str) -> dict[str, Result]:
    began = time.monotonic()
    try:
        transcripts = laboratory.lab.run([entry.program for entry in chain])
        for number, entry in enumerate(chain, 1):
            entry.check(transcripts[:number])
    except (EngineError, OSError) as error:
        fault = error if isinstance(error, EngineError) else EngineError(str(error))
        seconds = time.monotonic() - began
        failed = (Verdict.FAILED, None, fault, seconds, (), laboratory.drift, inside)
        return {entry.snippet.id: Result(entry, *failed) for entry in chain}
    seconds = time.monotonic() - began
    faults = _compare(chain, transcripts)

    def verdict(number: int, entry: Entry) -> Verdict:
        if entry.recording and not faults[number]:
            return Verdict.HELD
        return Verdict.DRIFTED if entry.recording and laboratory.drift else Verdict.CHANGED

    return {
        entry.snippet.id: Result(
            entry,
            verdict(number, entry),
            transcript,
            None,
            seconds,
            tuple(faults[number]),
            laboratory.drift if faults[number] else (),
            inside,
        )
        for number, (entry, transcript) in enumerate(zip(chain, transcripts, strict=True))
    }


def _compare(chain: Sequence[Entry], new: Sequence[Transcript]) -> list[list[str]]:
    """For each snippet what differs from its recording, the whole chain under one renaming."""
    known = [n for n, entry in enumerate(chain) if entry.recording]
    recorded = [r.transcript for entry in chain if (r := entry.recording)]
    rules = [chain[n].snippet.volatile for n in known]
    names = [chain[n].step_names for n in known]
    comparison = compare(recorded, [new[n] for n in known], rules, names)
    faults: list[list[str]] = [[] for _ in chain]
    for fault in comparison.faults:
        place = f"step {fault.step + 1}" + (f", line {fault.line}" if fault.line else "")
        faults[known[fault.snippet]].append(f"{place}: {fault.message}")
    return faults
