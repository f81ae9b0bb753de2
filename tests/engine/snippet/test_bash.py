"""What a shell snippet's steps are, and what is said of a script that is none."""

import re
from pathlib import Path

import pytest

from snippetlab.errors import SourceError
from snippetlab.snippet import bash
from snippetlab.snippet.command import Command, flatten


def parse(code: str) -> tuple[Command, ...]:
    return flatten(bash.parse(Path("x.sh"), code))


@pytest.mark.parametrize(
    "command",
    [
        "cat <<EOF |\nx\nEOF\nsort",
        "time {\n  a\n}",
        " && ".join(["a"] * 990),
        "docker exec -i web sh <<'x'\nb\nx",
        "ssh host bash <<'x'\nb\nx",
    ],
)
def test_a_command_is_one_step(command: str) -> None:
    assert [found.text for found in parse(f"first\n{command}\nlast\n")] == [
        "first",
        command,
        "last",
    ]


def test_a_step_knows_its_lines_and_a_nested_shell_its_name() -> None:
    code = "a \\\n b\n\ncat <<A <<B | sort # ? 1\nA\nB\n./busybox ash <<'in' # ? 2\nc\nin\n# d\n"
    found = [(c.line, c.last_line, c.expects, c.shell and c.shell.program) for c in parse(code)]
    assert found == [(1, 2, 0, None), (4, 6, 1, None), (7, 9, 2, "busybox ash"), (8, 8, 0, None)]


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("a\nb 'c\nd\n", 2, "the quote that begins in line 2 does not end"),
        ("a\ncat <<EOF\nb\n  EOF\nc\n", 2, "in line 4, `EOF` does not stand alone"),
        ("a\nsh <<'in'\nif b; then\nc\nin\n", 3, "the `if` that begins in line 3 does not end"),
        ("a\nb &&\n", 2, "after `&&` the script ends"),
        ("a\n{ b; } c\n", 2, "bash would not take `c` here"),
        ("a\nb $(c\n(d\n", 3, "the `(` that begins in line 3 does not end"),
    ],
)
def test_a_refusal_says_what_is_unfinished_and_where_it_began(
    code: str, line: int, words: str
) -> None:
    with pytest.raises(SourceError, match=re.escape(words)) as caught:
        parse(code)
    assert caught.value.line == line
