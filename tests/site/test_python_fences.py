"""Every Python fence in the pages prints what it says. It runs in the lab: a page is anybody's."""

import re
from pathlib import Path

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.program import Program
from tests.support import ROOT

EXAMPLES = [e for e in find_examples(str(ROOT / "docs")) if e.prefix == "python"]


def test_there_are_some() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_fence(example: CodeExample, eval_example: EvalExample, laboratory: Laboratory) -> None:
    eval_example.lint(example)
    assert _printed(laboratory, example.source) == _said(example.source)


def test_no_fence_runs_on_the_host(laboratory: Laboratory) -> None:
    source = "import os\nprint(os.uname().nodename, os.path.exists('/run/lab'))\n"
    assert _printed(laboratory, source) == ["lab True"]


def _printed(laboratory: Laboratory, source: str) -> list[str]:
    path = Path("fence.sh")
    commands = bash.parse(path, "python3 fence.py\n")
    program = Program(path, commands, {"fence.py": source.encode()}, timeout=10)
    return laboratory.run([program])[0].steps[0].output.decode().splitlines()


def _said(source: str) -> list[str]:
    """What stands behind `#>`, in the order of the lines."""
    return re.findall(r"^#> (.*)$", source, re.MULTILINE)
