"""Writes the plan of a program (see plan.py)."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from snippetlab.errors import Cure, SourceError
from snippetlab.labs.places import STAGE
from snippetlab.labs.plan import AT_TERMINAL, FED, REPORTING, Plan, Portion
from snippetlab.labs.reporting import USUAL, Reporting
from snippetlab.labs.rows import Rows, exports, laid_out
from snippetlab.labs.session import plan_of_session
from snippetlab.snippet.command import Command, NestedShell
from snippetlab.snippet.program import Program


def plan_of(program: Program, number: int, nonce: str, reporting: Reporting = USUAL) -> Plan:
    """The plan of the program that is this one (from 0) of its chain.

    Raises SourceError where shells are in shells so deeply that descriptors run out.
    """
    directory = f"{STAGE}/{number}"
    if program.session:
        return plan_of_session(program, directory, nonce)
    return _Planner(program, directory, nonce, reporting).plan()


@dataclass
class _Shell:
    number: int
    fed: bool
    rows: Rows


@dataclass
class _Inherited:
    """Descriptors that the outermost opening makes for the shells inside it."""

    free: Iterator[int]
    redirections: list[str] = field(default_factory=list)


class _Planner:
    """Goes through the commands in the order in which they begin."""

    def __init__(self, program: Program, directory: str, nonce: str, reporting: Reporting) -> None:
        self._program = program
        self._directory = directory
        self._nonce = nonce
        self._reporting = reporting
        self._shells: list[_Shell] = []
        self._portions: list[Portion] = []
        self._numbers = itertools.count()
        self._settles = False
        """Whether the last command of all may be given again."""
        self._inherited = _Inherited(iter(self._reporting.descriptors))

    def plan(self) -> Plan:
        lines, commands = laid_out(self._program)
        outermost = self._shell(fed=True, rows=Rows(lines))
        for command in commands:
            self._give(command, outermost)
        self._end(outermost.rows.upto(len(lines)))
        self._fill(0, exports(self._program) + self._portions[0].give)
        return Plan(
            self._directory,
            self._program.path.name,
            self._nonce,
            [self._kind(shell) for shell in self._shells],
            self._portions,
            self._program.apart,
        )

    def _kind(self, shell: _Shell) -> str:
        if self._program.terminal and not shell.number:
            return AT_TERMINAL
        return FED if shell.fed else REPORTING

    def _shell(self, *, fed: bool, rows: Rows) -> _Shell:
        shell = _Shell(len(self._shells), fed, rows)
        self._shells.append(shell)
        return shell

    def _add(self, portion: Portion) -> int:
        """Add a portion; its place."""
        self._portions.append(portion)
        return len(self._portions) - 1

    def _fill(self, place: int, text: str) -> None:
        """What is given there is known now."""
        self._portions[place] = replace(self._portions[place], give=text)

    def _end(self, rest: str) -> None:
        """What the outermost shell is given last; then it reads no more, and ends."""
        last = self._portions[-1]
        if rest or last.shell or last.waits or self._settles:
            self._add(Portion(0, rest, 0, "", closes=0))
        else:
            self._portions[-1] = replace(last, closes=0)

    def _give(self, command: Command, shell: _Shell) -> None:
        """A command of a shell that is fed."""
        if command.shell:
            text = shell.rows.upto(command.line - 1)
            begun, opened = self._open(command, command.shell, shell)
            self._fill(begun, text + opened)
            return
        report = f"done {next(self._numbers)}"
        text = shell.rows.upto(command.last_line)
        self._settles = bool(command.settle)
        self._add(Portion(shell.number, text, shell.number, report))

    def _write(self, command: Command, shell: _Shell) -> str:
        """A command of a shell that reports: its lines in the here-document, and the report.

        The report stands on the line of what comes next, so that no line has another number.
        """
        text = shell.rows.upto(command.line - 1)
        if command.shell:
            begun, opened = self._open(command, command.shell, shell)
            done = self._portions[begun].report.replace("enter", "done")
            return text + opened + self._reporting.report(done)
        report = f"done {next(self._numbers)}"
        self._add(Portion(shell.number, "", shell.number, report))
        if command.settle:
            text += f"until {{ {shell.rows.upto(command.last_line)}"
            return text + self._reporting.settled(report)
        return text + shell.rows.upto(command.last_line) + self._reporting.report(report)

    def _open(self, command: Command, nested: NestedShell, around: _Shell) -> tuple[int, str]:
        """A command that opens a shell: the place of its beginning, and the text that opens it."""
        number = next(self._numbers)
        rows, last = around.rows, command.line + nested.opening.count("\n")
        opening = rows.upto(last)
        inner = self._shell(fed=nested.program == "bash", rows=rows.below())
        if not inner.fed:  # the shell around it reads the whole here-document now
            rows.given += command.last_line - last
        begun = self._add(Portion(around.number, "", inner.number, f"enter {number}"))
        inherited = self._inherited
        if not around.number:
            self._inherited = _Inherited(iter(self._reporting.descriptors))
        place, document = self._inside(nested, inner, around, number)
        made = () if around.number else self._inherited.redirections
        self._inherited = inherited
        rows.position = command.last_line + 1
        self._close(f"done {number}", nested, inner, around)
        if document:
            document += f"{rows.lines[command.last_line - 1]}\n"
        return begun, _opened(opening, nested, [*place, *made]) + document

    def _inside(
        self, nested: NestedShell, inner: _Shell, around: _Shell, number: int
    ) -> tuple[Sequence[str], str]:
        """The commands in a shell: from where it reads them, or its here-document."""
        place, document = [], ""
        if inner.fed:
            pipe = self._pipe(inner)
            place = [f"<&{self._inherit('<', pipe)}" if around.number else f"<{pipe}"]
        else:
            reports = self._inherit(">", self._pipe(inner, "r"))
            answers = self._inherit("<", self._pipe(inner, "a"))
            document = self._reporting.function(self._nonce, reports, answers)
            document += self._reporting.report(f"enter {number}")
        for command in nested.commands:
            if command.outside:
                around.rows.position = command.line
                self._give(command, around)
                inner.rows.position = command.last_line + 1
            elif inner.fed:
                self._give(command, inner)
            else:
                document += self._write(command, inner)
        return place, document and f"{document}\n"

    def _close(self, report: str, nested: NestedShell, inner: _Shell, around: _Shell) -> None:
        """The shell inside has no more commands, and ends."""
        back = around.rows.catch_up() + (not inner.fed)
        if nested.takes_turns:
            text = "wait %d\n"
            self._add(
                Portion(
                    around.number,
                    text,
                    around.number,
                    report,
                    back + 1,
                    closes=inner.number,
                    waits=True,
                )
            )
        else:
            self._add(Portion(inner.number, "", around.number, report, back, closes=inner.number))

    def _pipe(self, shell: _Shell, suffix: str = "") -> str:
        return f"{self._directory}/{shell.number}{suffix}"

    def _inherit(self, direction: str, pipe: str) -> int:
        descriptor = next(self._inherited.free, None)
        if descriptor is None:
            cure = Cure("shells-nested", "Open the innermost one in a snippet of its own.")
            message = "shells are in shells too deeply here"
            raise SourceError(self._program.path, 1, message, cure)
        self._inherited.redirections.append(f"{descriptor}{direction}{pipe}")
        return descriptor


def _opened(opening: str, nested: NestedShell, redirections: Sequence[str]) -> str:
    """The line that opens a shell, with what stands instead of its here-document or beside it."""
    document = re.compile(rf"<<\s*(['\"]){re.escape(nested.delimiter)}\1")
    *_, found = document.finditer(opening)
    own = [found[0]] if nested.program != "bash" else []
    words = " ".join([*own, *redirections, *"&" * nested.takes_turns])
    return opening[: found.start()] + words + opening[found.end() :]
