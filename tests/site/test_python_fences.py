"""Every Python fence in the pages runs and prints what it says."""

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from tests.support import ROOT

EXAMPLES = [e for e in find_examples(str(ROOT / "docs")) if e.prefix == "python"]


def test_there_are_some() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_fence(example: CodeExample, eval_example: EvalExample) -> None:
    eval_example.lint(example)
    eval_example.run_print_check(example)
