"""What runs, where and in what order: the only place that knows all stages."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum

from snippetlab.compare.compare import compare
from snippetlab.compare.merge import merge
from snippetlab.compare.renaming import Fault
from snippetlab.errors import Cure, EngineError, display
from snippetlab.labs.failing import OverdueError, RunError
from snippetlab.run.cause import causes
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry
from snippetlab.transcript import Transcript


class Verdict(StrEnum):
    """What came of one snippet."""

    HELD = "held"
    """Equal to the recording, up to what may vary."""
    CHANGED = "changed"
    """It printed something else."""
    FAILED = "failed"
    """A command failed that was not to, or the run could not end."""
    TIMED_OUT = "timed out"
    """It took longer than it may, also alone."""
    NOT_RUN = "not run"
    """Its lab is `none`."""
    SKIPPED = "skipped"
    """The machine is not one that it can run on: see requires.py."""

    @property
    def is_good(self) -> bool:
        """Whether nothing needs to be done about it."""
        return self in (Verdict.HELD, Verdict.NOT_RUN, Verdict.SKIPPED)


@dataclass(frozen=True)
class Result:
    """One run."""

    entry: Entry
    verdict: Verdict
    transcript: Transcript | None = None
    error: EngineError | None = None
    """Why it failed or was skipped."""
    seconds: float = 0.0
    """Of the whole chain that the snippet ends."""
    faults: tuple[str, ...] = ()
    """What differs from the recording, in words."""
    causes: tuple[str, ...] = ()
    """Of every step that did not hold, what is of another version; empty if one lacks a cause."""
    kernel: str = ""
    """How the kernel differs from that of lab/lock.toml."""
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

    What the lab refuses is skipped, and all after it in its chain.

    When the caller stops asking, what runs is ended.
    """
    refused = {
        entry.snippet.id: refusal
        for entry in entries
        if (laboratory := laboratories.get(inside or entry.snippet.lab))
        and (refusal := laboratory.refuses(entry.programs))
    }
    chains = _chains([entry for entry in entries if entry.snippet.id not in refused])
    # The long ones first, as far as their texts tell, so that none is waited for alone.
    order = sorted(chains, key=lambda chain: sum(len(e.snippet.code) for e in chain), reverse=True)
    futures: dict[str, Future[dict[str, Result]]] = {}
    with ExitStack() as stack:
        pools = {
            name: stack.enter_context(_Pool(laboratory))
            for name, laboratory in laboratories.items()
        }
        for chain in order:
            if (name := inside or chain[-1].snippet.lab) in pools:
                future = pools[name].begin(chain, inside)
                futures = {entry.snippet.id: future for entry in chain} | futures
        for entry in entries:
            if refusal := refused.get(entry.snippet.id):
                yield Result(entry, Verdict.SKIPPED, error=refusal, lab=inside)
            elif entry.snippet.runs:
                yield futures[entry.snippet.id].result()[entry.snippet.id]
            else:
                yield Result(entry, Verdict.NOT_RUN)


class _Pool:
    """Threads for a lab; on leaving, whatever still runs there is ended."""

    def __init__(self, laboratory: Laboratory) -> None:
        workers = laboratory.lab.workers
        self._laboratory = laboratory
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="snippet")
        self._futures: list[Future[dict[str, Result]]] = []

    def begin(self, chain: Sequence[Entry], inside: str) -> Future[dict[str, Result]]:
        self._futures.append(self._threads.submit(_judge, self._laboratory, chain, inside))
        return self._futures[-1]

    def __enter__(self) -> "_Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        # A thread may just be about to run something, so once is not enough.
        while running := [future for future in self._futures if not future.done()]:
            self._laboratory.lab.stop()
            wait(running, timeout=0.05)


def _chains(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Chains in which every entry runs, none of them a part of another."""
    inner = {before.snippet.id for entry in entries for before in entry.chain[:-1]}
    return [entry.chain for entry in entries if entry.snippet.id not in inner]


def _judge(laboratory: Laboratory, chain: Sequence[Entry], inside: str) -> dict[str, Result]:
    began = time.monotonic()
    differing: list[list[Fault]] = [[] for _ in chain]
    try:
        transcripts = laboratory.run([entry.program for entry in chain])
        differing = _compare(chain, transcripts)
        for number, entry in enumerate(chain, 1):
            entry.check(transcripts[:number])
    except (EngineError, OSError) as error:
        fault = error if isinstance(error, EngineError) else EngineError(str(error))
        if (experiment := chain[-1].experiment) and isinstance(fault, RunError):
            text = f"It ran as {display(experiment.path)} changes it, where a command that fails"
            fault = fault.because(Cure("experiment-run", f"{text} may end with # ? 1 as well."))
        verdict = Verdict.TIMED_OUT if isinstance(error, OverdueError) else Verdict.FAILED
        ended = _ended(chain, fault) or _differed(chain, differing)
        # Another version may print something else; it does not make a run endless.
        why = causes(laboratory, *ended) if ended and verdict is Verdict.FAILED else ()
        seconds = time.monotonic() - began
        failed = (verdict, None, fault, seconds, (), why, laboratory.kernel_change, inside)
        return {entry.snippet.id: Result(entry, *failed) for entry in chain}
    seconds = time.monotonic() - began
    return {
        entry.snippet.id: Result(
            entry,
            Verdict.HELD if entry.recording and not faults else Verdict.CHANGED,
            transcript,
            None,
            seconds,
            tuple(map(_said, faults)),
            causes(laboratory, entry, [fault.step for fault in faults]) if faults else (),
            laboratory.kernel_change,
            inside,
        )
        for entry, transcript, faults in zip(chain, transcripts, differing, strict=True)
    }


def _ended(chain: Sequence[Entry], error: EngineError) -> tuple[Entry, list[int]] | None:
    """The snippet and the steps in which a run ended."""
    if not isinstance(error, RunError):
        return None
    entry = next(entry for entry in chain if entry.program.path == error.path)
    commands = enumerate(flatten(entry.program.commands))
    return entry, [number for number, command in commands if command.line == error.line]


def _differed(
    chain: Sequence[Entry], differing: Sequence[Sequence[Fault]]
) -> tuple[Entry, list[int]] | None:
    """The first snippet that printed something else, and the steps in which it did."""
    found = ((e, [fault.step for fault in f]) for e, f in zip(chain, differing, strict=True) if f)
    return next(found, None)


def _compare(chain: Sequence[Entry], new: Sequence[Transcript]) -> list[list[Fault]]:
    """For each snippet what differs from its recording, the whole chain under one renaming."""
    known = [n for n, entry in enumerate(chain) if entry.recording]
    recorded = [r.transcript for entry in chain if (r := entry.recording)]
    rules = [chain[n].snippet.volatile for n in known]
    names = [chain[n].step_names for n in known]
    comparison = compare(recorded, [new[n] for n in known], rules, names)
    faults: list[list[Fault]] = [[] for _ in chain]
    for fault in comparison.faults:
        faults[known[fault.snippet]].append(fault)
    return faults


def _said(fault: Fault) -> str:
    place = f"step {fault.step + 1}" + (f", line {fault.line}" if fault.line else "")
    return f"{place}: {fault.message}"
