"""Results for machines: JUnit, JSON, and the annotations of a GitHub workflow."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from snippetlab.errors import EngineError, SourceError, display
from snippetlab.run.output import Found
from snippetlab.run.report import accept, reason, why
from snippetlab.run.runner import Result, Verdict
from snippetlab.say import error_command
from snippetlab.show.fence import Fence, Reference
from snippetlab.show.part import shown_steps
from snippetlab.snippet.command import Command, flatten

# https://www.w3.org/TR/xml/#charsets: these cannot stand in XML, not even as references.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class _Finding:
    """A result, or a file that cannot be read, as every machine format states it."""

    id: str
    """Of the snippet; of a file that cannot be read, its path."""
    verdict: Verdict
    path: str
    """Where to look, relative to the checkout."""
    line: int
    message: str
    """What is wrong and the cure, or why it did not run; empty where it held."""
    diff: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    seconds: float = 0.0
    commands: tuple[Command, ...] = ()
    """All of the snippet."""
    at: Command | None = None
    """The first that did otherwise, if it is known."""

    @property
    def text(self) -> str:
        """The message with the diff below it."""
        return "\n".join((self.message, *self.diff))


def junit(results: Iterable[Result], root: Path, broken: Iterable[SourceError] = ()) -> str:
    """JUnit XML with one test case for each snippet; times are seconds.

    A snippet that ran several times and did not always hold appears with the first run
    that did not. One that did not run because its recording is not fresh must be among the
    results too (as failed, with that error), or the file looks better than the truth; and so
    must what is wrong with those that could not be read.
    """
    findings = [_finding(result, root) for result in _one_for_each(results)]
    findings += [_unread(fault, root) for fault in broken]
    cases = [_case(finding) for finding in findings]
    totals = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": f"{sum(finding.seconds for finding in findings):.3f}",
    }
    document = ElementTree.Element("testsuites", totals)
    ElementTree.SubElement(document, "testsuite", {"name": "snippets"} | totals).extend(cases)
    ElementTree.indent(document)
    # With `xml_declaration` it would name the encoding of this machine's locale.
    text = ElementTree.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def results_json(results: Iterable[Result], root: Path, broken: Iterable[SourceError] = ()) -> str:
    """Every run, as a JSON array of `Found`."""
    findings = [_finding(result, root) for result in results]
    findings += [_unread(fault, root) for fault in broken]
    rows: list[Found] = [
        {
            "id": finding.id,
            "verdict": finding.verdict,
            "seconds": round(finding.seconds, 3),
            "path": finding.path,
            "line": finding.line,
            "message": finding.message,
            "diff": finding.diff,
            "causes": finding.causes,
        }
        for finding in findings
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def annotations(
    results: Iterable[Result],
    references: Sequence[Reference],
    root: Path,
    broken: Iterable[SourceError] = (),
) -> str:
    """GitHub workflow commands, one a line: where each fault is, and which fences show it.

    The empty text where all held.
    """
    # Snippets of one chain fail of one cause, and GitHub shows ten errors of a step, no more.
    titles: dict[tuple[str, int, str], str] = {}
    bad = [result for result in _one_for_each(results) if not result.verdict.is_good]
    findings = [_finding(result, root) for result in bad]
    for finding in (*findings, *(_unread(fault, root) for fault in broken)):
        for place in _places(finding, references, root):
            titles.setdefault(place, f"{finding.id} {finding.verdict}")
    return "\n".join(error_command(*place, title) for place, title in titles.items())


def _one_for_each(results: Iterable[Result]) -> list[Result]:
    """One result for each snippet: the first that is not good, if there is one."""
    kept: dict[str, Result] = {}
    for result in results:
        known = kept.setdefault(result.entry.snippet.id, result)
        if known.verdict.is_good and not result.verdict.is_good:
            kept[result.entry.snippet.id] = result
    return list(kept.values())


def _finding(result: Result, root: Path) -> _Finding:
    snippet = result.entry.snippet
    error = result.error
    if result.verdict is Verdict.CHANGED and not result.entry.recording:
        error = error or result.entry.fault
    path, line = snippet.path, 1
    if isinstance(error, SourceError):
        path, line = error.path, error.line
    diff = result.diff if result.verdict is Verdict.CHANGED else ()
    # A file name in a system's message may hold bytes that no output can be written with.
    message = _message(result, error).encode(errors="backslashreplace").decode()
    facts = (snippet.id, result.verdict, _relative(path, root), line, message)
    commands = flatten(result.entry.program.commands)
    at = _first(
        result, commands, line if isinstance(error, SourceError) and path == snippet.path else 0
    )
    return _Finding(*facts, tuple(diff), result.causes, result.seconds, commands, at)


def _first(result: Result, commands: Sequence[Command], line: int) -> Command | None:
    """The command in that line of the snippet, or the first that printed something else."""
    if line:
        return next((command for command in reversed(commands) if command.line <= line), None)
    if not (result.verdict is Verdict.CHANGED and result.merged and result.entry.recording):
        return None
    steps = zip(
        commands, result.merged.steps, result.entry.recording.transcript.steps, strict=False
    )
    return next((command for command, new, old in steps if new != old), None)


def _unread(fault: SourceError, root: Path) -> _Finding:
    path = _relative(fault.path, root)
    message = str(fault).removeprefix(f"{display(fault.path)}:{fault.line}: ")
    return _Finding(path, Verdict.FAILED, path, fault.line, message)


def _message(result: Result, error: EngineError | None) -> str:
    snippet = result.entry.snippet
    if result.verdict is Verdict.SKIPPED:
        return reason(result)
    if error:
        # Every format states the place in its own way.
        place = f"{display(error.path)}:{error.line}: " if isinstance(error, SourceError) else ""
        return "\n    ".join((str(error).removeprefix(place), *why(result)))
    match result.verdict:
        case Verdict.HELD:
            return ""
        case Verdict.NOT_RUN:
            return snippet.reason.get("en") or next(iter(snippet.reason.values()), "")
        case Verdict.CHANGED:
            first = f"{snippet.id} no longer prints what is recorded"
            ends = (f"    {line}" for line in (*why(result), *accept(result)))
            return "\n".join((first, *result.faults, *ends))
        case Verdict.FAILED | Verdict.TIMED_OUT | Verdict.SKIPPED:
            return f"it {result.verdict}"


def _relative(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _case(finding: _Finding) -> ElementTree.Element:
    attributes = {
        "classname": finding.id.partition("/")[0],
        "name": finding.id,
        "file": finding.path,
        "line": str(finding.line),
        "time": f"{finding.seconds:.3f}",
    }
    case = _element("testcase", attributes)
    first = finding.message.partition("\n")[0]
    if finding.verdict in (Verdict.NOT_RUN, Verdict.SKIPPED):
        case.append(_element("skipped", {"message": finding.message}))
    elif finding.verdict is not Verdict.HELD:
        attributes = {"message": first, "type": finding.verdict.value}
        case.append(_element("failure", attributes, finding.text))
    return case


def _element(name: str, attributes: dict[str, str], text: str | None = None) -> ElementTree.Element:
    element = ElementTree.Element(name, {key: _xml(value) for key, value in attributes.items()})
    element.text = text and _xml(text)
    return element


def _xml(text: str) -> str:
    """The text with escapes, as transcripts have them, for what XML cannot hold."""
    return _NOT_XML.sub(lambda found: _escape(ord(found[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"


def _places(
    finding: _Finding, references: Sequence[Reference], root: Path
) -> Iterator[tuple[str, int, str]]:
    """File, line and message: of the fault itself, then of the fences that show the snippet."""
    yield finding.path, finding.line, finding.text
    message = f"{finding.path}:{finding.line}: {finding.text}"
    for reference in references:
        if _is_elsewhere(finding, reference.fence):
            continue
        for line, shown in enumerate(reference.fence.ids, reference.line):
            if shown == finding.id:
                yield _relative(reference.page, root), line, message


def _is_elsewhere(finding: _Finding, fence: Fence) -> bool:
    """Whether another part of the run shows where it did otherwise."""
    if not (finding.at and fence.is_part and fence.ids == (finding.id,)):
        return False
    return finding.at not in shown_steps(fence, finding.commands)
