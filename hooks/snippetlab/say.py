"""The one place that prints.

What is said quotes files and output of others, so none of it may speak to the reader's terminal,
or to the runner of a workflow, which obeys lines of what it is shown.
"""

from __future__ import annotations  # so that tools/needs.py starts with any Python

import re
import sys

# actions/runner, ActionCommand.cs: `::name …::` where a line begins, after blanks; `##[name …]`
# anywhere. `##vso[` and `##teamcity[` are other runners'.
_COMMAND = re.compile(r"^([ \t]*):(?=:.*::)|#(?=#\w*\[)", re.MULTILINE)


def printable(text: str) -> str:
    """The text with an escape for each sign that would be obeyed instead of shown.

    These are all that Unicode counts as not printable: controls of terminals, which also end a
    line, what changes the direction of writing, and what no encoding has.
    """
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(c if c.isprintable() or c in "\n\t" else _escape(c) for c in text)
    if "::" in text or "##" in text:
        text = _COMMAND.sub(lambda found: f"{found[1] or ''}{_escape(found[0][-1])}", text)
    return text


def in_one_line(text: str) -> str:
    """The same, with an escape for each end of a line: for names."""
    return printable(text.replace("\n", "\\n"))


def say(text: object, *, error: bool = False, end: str = "\n", at_once: bool = False) -> None:
    """Print it, to standard error where something is wrong; `at_once` before something long."""
    file = sys.stderr if error else sys.stdout
    print(printable(str(text)), end=end, file=file, flush=at_once)


def error_command(path: str, line: int, message: str, title: str, *, level: str = "error") -> str:
    """What a GitHub workflow shows beside that line: see `command`."""
    place = f"file={_property(path)},line={line},title={_property(title)}"
    return f"::{level} {place}::{_data(message)}"


def command(lines: str) -> None:
    """Print what a workflow's runner is to obey: made by `error_command`."""
    print(lines)  # noqa: T201


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    """As actions/toolkit escapes it: https://github.com/actions/toolkit, command.ts."""
    return printable(text).replace("%", "%25").replace("\n", "%0A")
