"""What becomes of a snippet in each language: its commands, and what a page shows of it."""

from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet import console, session
from snippetlab.snippet.language import LANGUAGES, Language
from snippetlab.snippet.library import load_library
from snippetlab.snippet.program import source_of
from tests.support import HEADER, Write, snippet

C = HEADER.format(extra="").replace("# ", "// ") + "int main(void) { return 3; }\n\n// ? 3\n"


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_pygments_knows_each_language(language: Language) -> None:
    assert get_lexer_by_name(language.lexer)


def test_a_c_program_is_compiled_and_run(project: Project, write: Write) -> None:
    write("snippets/a/exits.c", C)
    entry = load_library(project).find("a/exits")
    program = entry.program
    assert [(c.text, c.expects) for c in program.commands] == [
        ("cc -o exits exits.c", 0),
        ("./exits", 3),
    ]
    assert program.files == {"exits.c": C.encode()}
    assert source_of(entry.snippet) == "int main(void) { return 3; }"


def test_a_tag_of_another_sign_is_found_at_its_line(project: Project, write: Write) -> None:
    write("snippets/a/b.c", C.replace("// ///\n", "// timeout = true\n// ///\n"))
    with pytest.raises(SourceError, match=r"b\.c:4: .*\n.*: // timeout = 10"):
        load_library(project)


def test_what_is_meant_for_the_engine_is_not_shown(project: Project, write: Write) -> None:
    code = "import sys\n\n# step: fails\nsys.exit(1)  # ? 1\n\n"
    write("snippets/a/b.py", snippet(code))
    entry = load_library(project).find("a/b")
    (command,) = entry.program.commands
    assert (command.name, command.expects) == ("fails", 1)
    assert source_of(entry.snippet) == "import sys\n\nsys.exit(1)"


CONSOLE = """\
# a comment
$ cat <<X
> a
> X

# step: two
$ false # ? 1
"""


def test_a_console_is_a_script_line_for_line(project: Project, write: Write) -> None:
    path = write("snippets/a/b.console", snippet(CONSOLE))
    program = load_library(project).find("a/b").program
    assert [(c.text, c.line, c.expects, c.name) for c in program.commands] == [
        ("cat <<X\na\nX", 6, 0, ""),
        ("false", 11, 1, "two"),
    ]
    assert len(program.source.split("\n")) == len(path.read_text().split("\n"))


def test_the_output_in_a_page_is_read_with_its_command() -> None:
    """As documentation has it: a prompt, what it printed, and blank lines between examples."""
    text = "Some words.\n$ echo a \\\n> b\na b\n> not typed\n\n$ true\n\n$\nc\n"
    assert list(console.read(text)) == [
        console.Example(2, "echo a \\\nb", ("a b", "> not typed")),
        console.Example(7, "true", ()),
        console.Example(9, "", ("c",)),
    ]


def test_so_is_the_output_of_an_interpreter() -> None:
    text = ">>> def f():\n...     return 1\n...\n>>> f()\n1\n\n"
    assert list(console.read(text, ">>> ", "... ")) == [
        console.Example(1, "def f():\n    return 1\n", ()),
        console.Example(4, "f()", ("1",)),
    ]


STATEMENTS = {
    "blank lines": ("def f():\n    x = 1\n\n    return x\n\n\nf()\n", [1, 7]),
    "clauses": (
        "if x:\n    1\n# why\nelif y:\n    2\nelse:\n    3\ntry:\n  1\nfinally:\n  2\n",
        [1, 8],
    ),
    "decorators": ("@a\n@b(\n  1\n)\nclass C:\n    pass\n@c\ndef f(): pass\n", [1, 7]),
    "lines in brackets": ("x = [\n\n  1,\n]\ny\n", [1, 5]),
    "lines in texts": ('x = """\n\n# hide\n"""\ny\n', [1, 5]),
    "lines that go on": ("x = 1 + \\\n  2; y = 3\nz\n", [1, 3]),
    "syntax of later versions": ("type X = int\nmatch x:\n    case 1: pass\nx\n", [1, 2, 4]),
}


@pytest.mark.parametrize(("code", "lines"), STATEMENTS.values(), ids=STATEMENTS)
def test_statements_are_told_apart(code: str, lines: list[int]) -> None:
    assert [command.line for command in session.parse(Path("x.py"), code)] == lines


def test_a_statement_is_shown_as_it_can_be_typed() -> None:
    code = 'def f():  # why\n    """A\n\n    b."""\n\n    return 1  # ? 1\n'
    (command,) = session.parse(Path("x.py"), code)
    assert command.text == 'def f():  # why\n    """A\n\n    b."""\n    return 1'
    assert command.expects == 1


def test_statements_are_hidden_and_named() -> None:
    code = "# hide\nimport os\n# show\n\n# an aside\n# step: here\nos.name\n1\n"
    found = session.parse(Path("x.py"), code)
    assert [(c.text, c.hidden, c.name) for c in found] == [
        ("import os", True, ""),
        ("os.name", False, "here"),
        ("1", False, ""),
    ]
