"""The steps of one run: which one it is in, what each printed, how it ended."""

import math
import re
import secrets
import time
from dataclasses import dataclass, field

from snippetlab.errors import Cure
from snippetlab.labs import failing, plan
from snippetlab.labs.failing import (
    CURE_ENDED,
    CURE_UNREAD,
    NOT_FOUND,
    MissingCommandError,
    OverdueError,
    RunError,
)
from snippetlab.labs.outcome import Outcome
from snippetlab.limits import cure, suspects
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.language import sign_of
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

_TAIL = 8
"""Lines of output that an error quotes."""
_ENDED = "the shell ended in this step (exit status {})"
_NUMBER = re.compile("[0-9]{1,9}")
"""str.isdigit is true of more than int() reads."""


@dataclass
class Steps:
    """Follows a run through the reports that its script sends; raises RunError at once."""

    program: Program
    patience: float = 1.0
    """How many times its timeout the lab gives it."""
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    """What a shell's own reports begin with, so that no step sends one by accident."""
    _commands: tuple[Command, ...] = field(init=False)
    _expected: list[tuple[str, int]] = field(init=False)
    _outcomes: list[Outcome] = field(init=False)
    _tried: dict[int, float] = field(default_factory=dict)
    """Command that is tried again → until when (monotonic seconds)."""
    _current: int = 0
    _last_status: int = 0
    _total: int = 0

    def __post_init__(self) -> None:
        self._commands = flatten(self.program.commands)
        self._expected = plan.events(self.program.commands)[::-1]
        self._outcomes = [Outcome(command) for command in self._commands]

    @property
    def seconds(self) -> float:
        """How long it may take."""
        return self.program.timeout * self.patience

    @property
    def step_seconds(self) -> float:
        """How long the step that runs now may take; as long as it likes, if it does not say."""
        runs = self._expected[-1:] == [("done", self._current)]
        return (runs and self._commands[self._current].timeout * self.patience) or math.inf

    @property
    def complete(self) -> bool:
        """Whether every step has ended."""
        return not self._expected

    def printed(self, data: bytes, *, errors: bool = False) -> None:
        """The run has printed `data`; on standard error, if that is told apart and it is so."""
        self._outcomes[self._current].printed(data, errors=errors)
        self._total += len(data)
        limits = self.program.limits
        if self._total > limits.output:
            raise self.fault(
                f"the snippet printed more than {limits.text('output')}",
                Cure("print-less", "Let it print less, through `head` for example.").also(
                    cure("output", limits)
                ),
            )

    def reported(self, report: str) -> str:
        """The lab has sent `report`: `done 3 0`. Returns what to answer."""
        if report == "asks":
            return self._outcomes[self._current].asked()
        match report.split(" "):
            case ["enter" | "done" as kind, number, status] if _NUMBER.fullmatch(
                number
            ) and _NUMBER.fullmatch(status):
                event = (kind, int(number))
            case [why, *_]:
                raise self.fault(*failing.unfollowed(why))
        if not self._expected or event != self._expected[-1]:
            raise self._ended_early(event[1], int(status))
        if event[0] == "done" and self._may_settle(event[1], int(status)):
            self._outcomes[event[1]].clear()
            return plan.AGAIN
        self._expected.pop()
        if event[0] == "done":
            self._finish(event[1], int(status))
        self._current = self._owner()
        return ""

    def _ended_early(self, number: int, status: int) -> RunError:
        """The error of a nested shell that ends before its commands do, or never begins."""
        if self._expected[-1:] != [("enter", number)]:
            return self.fault(_ENDED.format(status), CURE_ENDED)
        return self.fault(
            f"the shell of this step did not start (exit status {status})",
            Cure(
                "nested-shell-fails",
                "Look at what it printed. If it is meant to fail, give it no here-document:"
                f" {self._commands[number].text} -c true # ? {status}",
            ),
        )

    def transcript(self, lab_status: int) -> Transcript:
        """What happened, after the run has ended; `lab_status` is how the lab itself ended."""
        if self._expected and self.program.session:
            cure = Cure("interpreter-ends", "Take out what ends it, such as exit().")
            raise self.fault(f"the interpreter ended in this step (exit status {lab_status})", cure)
        if self._expected:
            raise self.fault(_ENDED.format(lab_status), CURE_ENDED)
        return self.so_far(lab_status)

    def so_far(self, lab_status: int) -> Transcript:
        """What has happened until now; with `lab_status` ended the step in which the run is."""
        outcomes = self._outcomes
        if self._expected:
            outcomes = outcomes[: self._current + 1]
            outcomes[-1].status = lab_status
        return Transcript(tuple(outcome.step() for outcome in outcomes))

    def overdue(self) -> RunError:
        """The error of a run that exceeds its time."""
        timeout, longest = self.program.timeout, self.program.longest
        more = min(2 * timeout, longest)
        cure = Cure(
            "allow-more-time", f"If it needs more, say so in its header: # timeout = {more:g}"
        )
        if timeout >= longest:
            cure = Cure("do-less", f"Let it do less: its lab allows {longest:g} s at most.")
        return self._late(f"the snippet took longer than {self.seconds:g} s", cure)

    def step_overdue(self) -> RunError:
        """The error of a run in which a step exceeds its own time."""
        limit, longest = self._commands[self._current].timeout, self.program.longest
        more = min(2 * limit, longest)
        cure = Cure("step-longer", f"If it needs more, say so in its comment: # timeout: {more:g}s")
        return self._late(f"this step took longer than its limit, {limit:g} s", cure)

    def _late(self, message: str, cure: Cure) -> RunError:
        if self._outcomes[self._current].typist.waits:
            message, cure = f"{message}: {failing.WAITS}", failing.CURE_WAITS
        return self.fault(message, cure, OverdueError)

    def fault(
        self, message: str, remedy: Cure, kind: "type[RunError]" = RunError, line: int = 0
    ) -> RunError:
        """An error at the step in which the run is, quoting the command and its output."""
        command = self._commands[self._current]
        step = self._outcomes[self._current].end(4096)
        lines = Transcript((step,)).dumps().splitlines()
        quoted = lines if len(lines) <= _TAIL + 1 else [lines[0], "…", *lines[-_TAIL:]]
        detail = "".join(f"\n    | {line[:200]}" for line in quoted)
        error = kind(self.program.path, line or command.line, message + detail, remedy)
        suspected = suspects(step.printed.decode("utf-8", "replace"), self.program.limits)
        return error.because(*suspected)

    def _may_settle(self, number: int, status: int) -> bool:
        """Whether the command has not ended as expected, but may be tried again."""
        command = self._commands[number]
        if not command.settle or command.expects in (None, status):
            return False
        until = self._tried.setdefault(number, time.monotonic() + command.settle)
        return time.monotonic() < until

    def _finish(self, number: int, status: int) -> None:
        command, outcome = self._commands[number], self._outcomes[number]
        if left := outcome.typist.left:
            raise self.fault(f"nothing in this step asked for {left[0]!r}", CURE_UNREAD)
        # A nested shell ends as its last command did, and that one has been judged already.
        inherited = command.shell is not None and status == self._last_status
        self._last_status = status
        outcome.status = 0 if inherited and command.expects == 0 else status
        if command.expects is not None and command.expects != outcome.status:
            self._current = number
            wanted = f" instead of {command.expects}" if command.expects else ""
            message = f"this step failed with exit status {status}{wanted}"
            if command.settle:
                raise self._unsettled(f"{message} for {command.settle:g} s", command)
            raise self._failed(message, command, status)

    def _failed(self, message: str, command: Command, status: int) -> RunError:
        if not status:
            comment = f"{sign_of(self.program.path)} ? {command.expects}"
            cure = Cure("succeeds", f"It succeeded: take out its comment {comment}")
            return self.fault(message, cure)
        printed = self._outcomes[self._current].step().printed.decode("utf-8", "replace")
        meant = failing.advice(self.program, self._current, status, printed)
        if status == 127 and command.prompt == "$" and NOT_FOUND.search(printed):
            return self.fault(message, meant, MissingCommandError)
        return self.fault(message, meant, line=failing.line_in(self.program, printed))

    def _unsettled(self, message: str, command: Command) -> RunError:
        cure = Cure(
            "settle-longer",
            f"If it needs more, say so in its comment: # settle: {command.settle * 2:g}s",
        )
        return self.fault(message, cure, OverdueError)

    def _owner(self) -> int:
        """The step to which output belongs now: the one that reports next.

        Between its last inner step and its own end, a nested shell's output stays where
        the reader sees it, below that last inner step.
        """
        if not self._expected:
            return self._current
        kind, number = self._expected[-1]
        return self._current if kind == "done" and self._commands[number].shell else number
