"""Follows shells in a virtual machine: there what follow.c is elsewhere, which says how and why.

The machine gets it in one text with the agent (see snapshot.py), so it imports nothing of the
engine either. A plan comes as plan.py writes it.
"""

import contextlib
import os
import select
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snippetlab.labs.machine.shell import Shell

_TO_GIVE, _AWAITED, _REPORTED = range(3)


class Portion:
    """See plan.py."""

    def __init__(self, numbers: bytes, report: bytes, give: bytes) -> None:
        self.shell, self.awaits, self.back, self.closes, self.waits = map(int, numbers.split())
        self.report = report.decode()
        self.give = give


class Followed:
    """A script that is followed by its plan; the current directory is the home."""

    def __init__(self, plan: bytes) -> None:
        texts = iter(plan.split(b"\0"))
        directory, self.name = next(texts).decode(), next(texts).decode()
        self._nonce = next(texts)
        self.apart = bool(next(texts))
        self.pid = 0
        """Of the script's own shell."""
        Path(directory).mkdir(parents=True, exist_ok=True)
        # The script may be one of the files there.
        self._kept = f".{self.name}.kept"
        with contextlib.suppress(FileNotFoundError):
            Path(self.name).rename(self._kept)
        kinds = [next(texts).decode() for _ in range(int(next(texts)))]
        self._shells = [
            Shell(f"{directory}/{n}" if n else self.name, kind) for n, kind in enumerate(kinds)
        ]
        self._portions = [
            Portion(*(next(texts) for _ in range(3))) for _ in range(int(next(texts)))
        ]
        self.at_terminal = kinds[0] == "t"
        """Whether the script's own shell is."""
        self._current = 0
        self._state = _TO_GIVE
        self._begun = False
        self._job = -1

    def close(self) -> None:
        for shell in self._shells:
            shell.close()
        if self._job >= 0:
            os.close(self._job)

    @property
    def reported(self) -> bool:
        """Whether an answer is awaited."""
        return self._state == _REPORTED

    @property
    def runs(self) -> bool:
        """Whether a step is under way."""
        return self._state == _AWAITED

    @property
    def complete(self) -> bool:
        """Whether all that was to be reported has been."""
        return not any(portion.report for portion in self._portions[self._current :])

    def watched(self) -> Iterator[tuple[int, int]]:
        """What is to be polled, and for what."""
        for shell in self._shells:
            if shell.pipe >= 0 and not shell.asks:
                yield shell.pipe, select.POLLIN if shell.reports_itself else select.POLLOUT
        if self._job >= 0 and self._now.awaits:
            yield self._job, select.POLLIN

    def attend(self, ready: set[int]) -> str:
        """Follow what has happened; the report that is due now, or an empty one."""
        if self._current >= len(self._portions):
            return ""
        for shell in self._shells:
            if shell.pipe in ready and not shell.asks:
                self._serve(shell)
        if self._state == _TO_GIVE:
            self._begin()
        if self._state != _AWAITED:
            return ""
        now = self._now
        if self._shells[now.awaits].asks:
            return self._told_by(now.awaits, now.report)
        others = (n for n, shell in enumerate(self._shells) if shell.asks)
        reports = (self._early(n) for n in others if n != now.awaits)
        return next(filter(None, reports), "")

    def go_on(self, answer: bytes) -> None:
        """The report has been answered."""
        now = self._now
        shell, back = self._shells[now.awaits], now.back
        if answer and shell.reports_itself:
            shell.answer(answer)
        elif answer:
            back += now.give.count(b"\n")
            shell.give(now.give)
            shell.feed()
        else:
            self._current += 1
        self._state = _AWAITED if answer else _TO_GIVE
        shell.bash.set_back(back)

    def conclude(self, status: int) -> str:
        """The script's own shell has ended; the report that is due, or an empty one."""
        if not self._begun:
            self._put_back()
        rest = self._portions[self._current :]
        last = rest and rest[0].report and not any(portion.report for portion in rest[1:])
        if self._state != _AWAITED or not last or rest[0].awaits:
            return ""
        self._state = _REPORTED
        return f"{rest[0].report} {status}"

    @property
    def _now(self) -> Portion:
        return self._portions[self._current]

    def _serve(self, shell: Shell) -> None:
        """Its pipe is ready: what it was given is gone, or it has something to report."""
        if shell.reports_itself:
            shell.hear()
        elif shell.rest:
            closes = self._state == _AWAITED and self._shells.index(shell) == self._now.closes
            shell.feed(closes=closes)
        else:
            shell.asks = True
        if shell.asks and not self._begun:
            self._put_back()

    def _put_back(self) -> None:
        """Once bash has opened its script, that is as if it had never been a pipe."""
        self._begun = True
        try:
            Path(self._kept).rename(self.name)
        except FileNotFoundError:
            Path(self.name).unlink(missing_ok=True)

    def _begin(self) -> None:
        """Begin with what the current portion asks for, if its shell is ready."""
        now = self._now
        shell = self._shells[now.shell]
        if not shell.asks:
            return
        self._state = _AWAITED
        if now.closes not in (-1, now.shell):
            self._shells[now.closes].shut()
        if shell.reports_itself:
            shell.answer()
            return
        job = b"%d" % shell.bash.fact("job") if now.waits else b""
        closes = now.closes == now.shell
        shell.give(now.give.replace(b"%d", job) if now.waits else now.give, more=not closes)
        shell.feed(closes=closes)

    def _told_by(self, number: int, report: str) -> str:
        """What a shell that asks has to say, after `report`."""
        shell = self._shells[number]
        self._state = _REPORTED
        which = report.partition(" ")[2]
        if shell.reports_itself:
            nonce, _, said = shell.said.rstrip(b"\n").partition(b" ")
            return said.decode("utf-8", "replace") if nonce == self._nonce else "unreadable"
        if not (shell.bash.known or self._find(number)):
            return f"lost {which}"
        if shell.bash.fact("executing"):
            return f"taken {which}"
        if shell.bash.fact("unfinished"):
            return f"unfinished {which}"
        return f"{report} {shell.bash.fact('status')}"

    def _find(self, number: int) -> bool:
        """Find the process of a shell that asks; whether it is bash."""
        shell = self._shells[number]
        return shell.bash.find(shell.pipe) if number else shell.bash.look_into(self.pid)

    def _early(self, number: int) -> str:
        """Of a shell that asks while another is awaited: has the one inside it ended early?"""
        later = self._portions[self._current + 1 :]
        end = next((portion for portion in later if portion.awaits == number), None)
        if not end:
            return ""
        if not end.waits and end.shell != number:
            was_last = end is later[0]
            self._shells[self._now.awaits].asks = was_last  # for nothing any more
            return self._told_by(number, (self._now if was_last else end).report)
        # It only waits for its turn, and the one inside is its last job.
        shell = self._shells[number]
        if self._job < 0 and (shell.bash.known or shell.bash.look_into(self.pid)):
            self._job = os.pidfd_open(shell.bash.fact("job"))
        if not select.select([self._job], [], [], 0)[0]:
            return ""
        self._state = _REPORTED
        return f"gone {end.report.partition(' ')[2]}"
