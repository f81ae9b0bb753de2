"""Python in pages and snippets prints what stands behind its `#>`.

It runs in the lab, since a page is anybody's: there `print` is watched as pytest-examples watches
it, and pytest-examples compares.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_examples import CodeExample
from pytest_examples.run_code import Arg, InsertPrintStatements, PrintStatement

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from tests.support import ROOT, Write, snippet
from tools.examples import CONFIG, fences

FENCES = fences(ROOT)
SAID = "#> "
WATCH = """\
import builtins, json, runpy, sys

file, printed, say = sys.argv[1], [], print


def said(value):
    if isinstance(value, set):
        return "{" + ", ".join(repr(item) for item in sorted(value)) + "}"
    return str(value)


def watched(*values, sep=" ", **how):
    caller = sys._getframe(1)
    if caller.f_code.co_filename == file:
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


def check(example: CodeExample, laboratory: Laboratory, before: Iterable[Program] = ()) -> None:
    """Fails with the difference, as `run_print_check` does."""
    files = {"watch.py": WATCH.encode(), "example.py": example.source.encode()}
    path = Path("example.sh")
    program = Program(path, bash.parse(path, "python3 watch.py example.py\n"), files, timeout=10)
    *_, transcript = laboratory.run([*before, program])
    statements: Any = json.loads(transcript.steps[0].output.decode().split("\n")[-2])
    comparing = InsertPrintStatements(path, CONFIG, True, None, None)
    assert comparing.print_func
    comparing.print_func.statements = [
        PrintStatement(
            line, sep, [Arg(text if is_text else _Printed(text)) for is_text, text in all_]
        )
        for line, sep, all_ in statements
    ]
    comparing.check_print_statements(example)


def test_there_are_some() -> None:
    assert FENCES


@pytest.mark.parametrize("example", FENCES, ids=str)
def test_fence(example: CodeExample, laboratory: Laboratory) -> None:
    check(example, laboratory)


def of_snippet(entry: Entry) -> CodeExample:
    example: CodeExample = CodeExample.create(entry.snippet.text, path=entry.snippet.path)
    return example


def saying(project: Project) -> list[Entry]:
    """Python snippets that say what they print."""
    python = [e for e in load_library(project).entries.values() if e.snippet.path.suffix == ".py"]
    return [entry for entry in python if SAID in entry.snippet.code]


def test_snippets(repository: Project, laboratory_of: Callable[[str], Laboratory]) -> None:
    for entry in saying(repository):
        check(of_snippet(entry), laboratory_of(entry.snippet.lab), entry.programs[:-1])


SAYS = "x = {2, 1}\nprint('a', x, sep='-')\n#> a-{1, 2}\n"


@pytest.mark.parametrize("old", ["a-{1, 2}", "#> a-{1, 2}\n"])
def test_what_is_not_printed_is_refused(
    old: str, project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/b.py", snippet(SAYS))
    (entry,) = saying(project)
    example = of_snippet(entry)
    check(example, laboratory)
    wrong = replace(example, source=example.source.replace(old, "#> b\n"[: len(old)]))
    with pytest.raises(pytest.fail.Exception, match="a-"):
        check(wrong, laboratory)


def test_no_example_runs_on_the_host(laboratory: Laboratory) -> None:
    source = "import os\n\nprint(os.uname().nodename, os.path.exists('/run/lab'))\n#> lab True\n"
    check(CodeExample.create(source), laboratory)
