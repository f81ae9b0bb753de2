"""A run becomes steps; that each lab tells them apart, test_contract.py shows."""

from pathlib import Path

from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program


def test_python_runs_as_one_step(laboratory: Laboratory) -> None:
    path = Path("x.py")
    code = "print('a')\nprint('b')\n"
    program = Program(path, LANGUAGES[".py"].commands(path, code), {"x.py": code.encode()}, 10)
    (step,) = laboratory.lab.run([program])[0].steps
    assert (step.command, step.output) == ("python3 x.py", b"a\nb\n")
