"""Python that says behind `#>` what it prints, held to that.

It runs in the lab, since a page is anybody's: there `print` is watched as pytest-examples watches
it, and pytest-examples compares.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pytest_examples import CodeExample, find_examples
from pytest_examples.config import ExamplesConfig
from pytest_examples.run_code import Arg, InsertPrintStatements, PrintStatement

from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program

_CONFIG = ExamplesConfig(target_version="py311")
_WATCH = """\
import builtins, json, runpy, sys

file, printed, say = sys.argv[1], [], print


def said(value):
    if isinstance(value, set):
        return "{" + ", ".join(repr(item) for item in sorted(value)) + "}"
    return str(value)


def watched(*values, sep=" ", **how):
    caller = sys._getframe(1)
    if caller.f_code.co_filename != file:
        say(*values, sep=sep, **how)
    else:
        arguments = [[isinstance(value, str), said(value)] for value in values]
        printed.append([caller.f_lineno, " " if sep is None else sep, arguments])


builtins.print = watched
sys.argv = [file]
try:
    runpy.run_path(file, run_name="__main__")
finally:
    say(json.dumps(printed))
"""


class _Printed:
    """Something that is printed so, and is no text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


def examples(page: Path) -> list[CodeExample]:
    """The Python in a page that says what it prints, unless its author says `test="skip"`."""
    return [
        example
        for example in find_examples(page)
        if re.match(r"\{?[ .]*(?:py|python)\b", example.prefix)
        and "#> " in example.source
        and not example.prefix_settings().get("test", "").startswith("skip")
    ]


def of_snippet(entry: Entry) -> CodeExample:
    """A snippet in Python as such an example."""
    example: CodeExample = CodeExample.create(entry.snippet.text, path=entry.snippet.path)
    return example


def check(example: CodeExample, laboratory: Laboratory, before: Iterable[Program] = ()) -> None:
    """Fails with the difference, as `run_print_check` of pytest-examples does.

    Raises EngineError where it does not run.
    """
    files = {"watch.py": _WATCH.encode(), "example.py": example.source.encode()}
    path = Path("example.sh")
    commands = bash.parse(path, "python3 watch.py example.py\n")
    environment = LANGUAGES[".py"].environment
    program = Program(path, commands, files, timeout=10, environment=environment)
    *_, transcript = laboratory.run([*before, program])
    statements: Any = json.loads(transcript.steps[0].output.decode().split("\n")[-2])
    comparing = InsertPrintStatements(path, _CONFIG, True, None, None)
    assert comparing.print_func
    comparing.print_func.statements = [
        PrintStatement(
            line, sep, [Arg(text if is_text else _Printed(text)) for is_text, text in all_]
        )
        for line, sep, all_ in statements
    ]
    comparing.check_print_statements(example)
