"""What languages print in the lab: as in a terminal, and as the interpreter at its prompt."""

import json
from pathlib import Path

import pytest

from snippetlab.labs.failing import RunError
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.command import Command
from snippetlab.snippet.language import LANGUAGES, Language
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import Program
from snippetlab.transcript import INTERPRETER, Step
from tests.support import HEADER, Write, snippet

cure = pytest.mark.cure
IN_C = HEADER.format(extra="").replace("# ", "// ")


def in_session(code: str, extra: str = "") -> str:
    return HEADER.format(extra=f"# session = true\n{extra}") + code


class Runs:
    """Runs snippets of a checkout in the lab."""

    def __init__(self, project: Project, write: Write, laboratory: Laboratory) -> None:
        self._project = project
        self._write = write
        self._laboratory = laboratory

    def __call__(self, name: str, text: str) -> tuple[Step, ...]:
        self._write(f"snippets/a/{name}", text)
        return self.again(name)

    def again(self, name: str) -> tuple[Step, ...]:
        entry = load_library(self._project).find(f"a/{Path(name).stem}")
        return self._laboratory.run(entry.programs)[-1].steps


@pytest.fixture
def run(project: Project, write: Write, laboratory: Laboratory) -> Runs:
    return Runs(project, write, laboratory)


def test_python_prints_in_the_order_of_a_terminal(run: Runs) -> None:
    code = "import subprocess, sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)\n"
    code += "subprocess.run(['echo', '4'])\nprint(5)\n"
    (step,) = run("b.py", snippet(code))
    assert (step.command, step.output) == ("python3 b.py", b"1\n2\n3\n4\n5\n")


def test_python_is_judged_by_the_python_of_the_lab(run: Runs) -> None:
    """The grammar of 3.12, whatever runs the engine."""
    (step,) = run("b.py", snippet('type X = int\nprint(f"{X.__name__:{"<"}3}|")\n'))
    assert step.output == b"X  |\n"


def test_a_traceback_names_the_lines_that_readers_have(
    run: Runs, write: Write, project: Project
) -> None:
    (step,) = run("b.py", snippet("def f():\n    1 / 0\n\nf()  # ? 1\n"))
    text = (project.snippets / "a/b.py").read_text().split("\n")
    place = text.index("    1 / 0") + 1
    assert f'File "/root/b.py", line {place}, in f'.encode() in step.output
    assert step.status == 1


def test_a_file_of_another_language_needs_only_a_row(
    run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    awk = Language("awk", "awk", runs=("awk -f {name}",))
    monkeypatch.setitem(LANGUAGES, ".awk", awk)
    (step,) = run("b.awk", snippet("BEGIN { print 6 * 7; exit 3 }\n# ? 3\n"))
    assert (step.command, step.output, step.status) == ("awk -f b.awk", b"42\n", 3)


def test_a_c_program_prints_what_it_prints(run: Runs) -> None:
    code = '#include <stdio.h>\nint main(void) { puts("a"); return __LINE__; }\n// ? 6\n'
    compiled, ran = run("b.c", IN_C + code)
    assert (compiled.output, ran.output, ran.status) == (b"", b"a\n", 6)


def test_a_console_runs(run: Runs) -> None:
    steps = run("b.console", snippet("$ a=1\n$ echo $a \\\n> $a\n"))
    assert [step.output for step in steps] == [b"", b"1 1\n"]


# What `python3` of 3.13 runs when it reads from a terminal, with what is typed put in its hands.
TYPED = """\
import json, sys
from pathlib import Path
from _pyrepl import readline, simple_interact
from _pyrepl.console import InteractiveColoredConsole
import types

statements = iter(json.loads(Path("typed.json").read_text()))
def type_next(*_):
    print("\\x1e", end="", flush=True)
    try:
        return next(statements)
    except StopIteration:
        raise EOFError
simple_interact.multiline_input = type_next
readline._setup = lambda namespace: None
sys.ps1, sys.ps2, sys.argv, sys.path[0] = ">>> ", "... ", [""], ""
sys.modules["__main__"] = main = types.ModuleType("__main__")
console = InteractiveColoredConsole(vars(main), filename="<stdin>")
simple_interact.run_multiline_interactive_console(console)
"""
STATEMENTS = [
    "1 + 1",
    "_ * 3",
    "None",
    "print('a', end='')",
    "'한글', '\\x00', b'\\xff'",
    "import os, sys; os.getcwd(), sys.argv, sys.path[0], __name__",
    "for i in range(2):\n    i",
    "def f(x):\n    return 1 / x",
    "f(0)",
    "f(\n    0,\n)",
    "x = = 1",
    "if 1:\nx",
    "'''a",
    "f'{1!z}'",
    "return",
    "await f(1)",
    "try:\n    f(0)\nexcept ZeroDivisionError as error:\n    raise KeyError('k') from error",
    "raise ExceptionGroup('two', [ValueError(1), TypeError('한글')])",
    "class C: pass",
    "C",
    "nope",
    "import nope",
    "raise KeyboardInterrupt",
    "from __future__ import annotations",
    "def g(x: nope): pass",
    "g.__annotations__",
    "import subprocess; subprocess.run(['echo', 'child']).returncode",
    "print('err', file=sys.stderr); print('out')",
    "assert 1 == 2, 'no'",
    "def h(n): return h(n + 1)",
    "h(0)",
    "sys.excepthook = lambda *a: print('own', a[0].__name__)",
    "nope",
    "sys.displayhook = lambda value: print('shown', value)",
    "1; 2",
    "sys.last_value",
]


def test_a_session_prints_what_the_interpreter_prints(laboratory: Laboratory) -> None:
    script = bash.parse(Path("oracle.sh"), "python3 -u oracle.py 2>&1\n")
    files = {"oracle.py": TYPED.encode(), "typed.json": json.dumps(STATEMENTS).encode()}
    (oracle,) = laboratory.run([Program(Path("oracle.sh"), script, files, 10)])
    _, *printed, _ = oracle.steps[0].output.split(b"\x1e")
    language, path = LANGUAGES[".py"], Path("b.py")
    statements = tuple(Command(text, 1, INTERPRETER, expects=None) for text in STATEMENTS)
    program = Program(path, statements, {}, 10, session=True, environment=language.environment)
    (transcript,) = laboratory.run([program])
    assert [step.output for step in transcript.steps] == printed


def test_statements_of_a_file_are_steps(run: Runs) -> None:
    code = "x = 20\n\n# step: sum\nx + 1\n1 / 0  # ? 1\nx\n"
    steps = run("b.py", in_session(code))
    assert [(step.prompt, step.command, step.status) for step in steps] == [
        (">>>", "x = 20", 0),
        (">>>", "x + 1", 0),
        (">>>", "1 / 0", 1),
        (">>>", "x", 0),
    ]
    assert steps[-1].output == b"20\n"


def test_a_session_begins_anew_and_finds_the_files_of_the_one_before(
    run: Runs, write: Write
) -> None:
    before = "import pathlib\npathlib.Path('kept').write_text('a')\n"
    write("snippets/a/a.py", in_session(before))
    code = "open('kept').read()\npathlib  # ? 1\n"
    kept, lost = run("b.py", in_session(code, '# after = "a/a"\n'))
    assert kept.output == b"'a'\n"
    assert b"NameError" in lost.output


def test_a_session_keeps_its_own_descriptors_to_itself(run: Runs) -> None:
    code = "import os\nos.open('.', os.O_RDONLY)\n_ = os.system('ls /proc/self/fd')\n"
    _, opened, inherited = run("b.py", in_session(code))
    assert (opened.output, inherited.output.split()) == (b"3\n", [b"0", b"1", b"2", b"3"])


def test_a_child_that_a_statement_leaves_running_reports_nothing(run: Runs) -> None:
    forked, after = run("b.py", in_session("import os; _ = os.fork() or 1\n2\n"))
    assert (forked.output, after.output) == (b"", b"2\n")


@cure("fails-as-a-file")
def test_a_file_that_fails_is_told_how_to_be_meant_to(run: Runs, write: Write) -> None:
    text = snippet("def f():\n    exit(3)\n\nraise f()\n")
    with pytest.raises(RunError, match=r"b\.py:5: .*\n[^$]*\$ python3(?s:.*)comment: # \? 3"):
        run("b.py", text)
    run("b.py", f"{text}# ? 3\n")


@cure("fails-to-compile")
def test_a_file_that_does_not_compile_is_run_by_a_script(run: Runs, write: Write) -> None:
    text = f"{IN_C}\nint main(void) {{ return x; }}\n"
    with pytest.raises(RunError, match=r"b\.c:6: this step failed.*(?s:.*)# files = \["):
        run("b.c", text)
    write("snippets/a/b.c", "int main(void) { return x; }\n")
    (step,) = run("c.sh", snippet("cc -o b b.c # ? 1\n", files=["b.c"]))
    assert b"'x' undeclared" in step.output


@cure("no-input")
def test_a_program_that_asks_is_given_its_answer(run: Runs, write: Write) -> None:
    text = snippet("print('hi', input())\n")
    with pytest.raises(RunError, match=r"Nobody types here.*python3 ask\.py <<< Ada"):
        run("ask.py", text)
    write("snippets/a/ask.py", "print('hi', input())\n")
    (step,) = run("b.sh", snippet("python3 ask.py <<< Ada\n", files=["ask.py"]))
    assert step.output == b"hi Ada\n"


@cure("interpreter-ends")
def test_a_session_does_not_end_its_interpreter(run: Runs) -> None:
    with pytest.raises(RunError, match=r"b\.py:7: the interpreter ended.*\n(?s:.*)such as exit"):
        run("b.py", in_session("x = 1\nexit(3)\nx\n"))
    run("b.py", in_session("x = 1\nx\n"))
