"""Finding the commands of a shell script."""

import re
from pathlib import Path

import pytest

from snippetlab.errors import SourceError
from snippetlab.labs import plan
from snippetlab.snippet import bash
from snippetlab.snippet.command import Command, flatten


def parse(code: str) -> tuple[Command, ...]:
    return flatten(bash.parse(Path("x.sh"), code))


def texts(code: str) -> list[str]:
    return [command.text for command in parse(code)]


@pytest.mark.parametrize(
    "command",
    [
        "a; b && c",
        "cat <<E | wc -l\none\n\ntwo\nE",
        "cat <<-'E' > file\n\tone\n\tE",
        "f() {\n  echo a\n}",
        "for i in 1 2; do\n  echo $i\ndone",
        "if true; then cat <<E\nin\nE\nfi",
        'while read -r l; do echo "$l"; done < <(ls)',
        "echo 'two\nlines' \\\n  more",
        'echo "$(cat <<E\nx\nE\n)"',
        "case $x in\n  a) echo ;;\nesac",
        "sleep 1 &",
        "! grep -q a b",
        "exec 3<file",
        "x=(1 2)",
        "[[ a == b ]] || echo '# ? 1'",
        "echo 한글 ${x:-y} $((1 + 2))",
    ],
)
def test_a_command_stays_whole(command: str) -> None:
    assert texts(f"first\n# a comment\n{command}\nlast\n") == ["first", command, "last"]


def test_a_here_document_to_a_shell_is_a_nested_shell() -> None:
    code = "a\nunshare --uts bash <<'jail'\nb\ncat <<E\nE\n"
    code += "chroot x /bin/sh <<'deep'\nc\ndeep\njail\nd\n"
    assert [(c.prompt, c.text, c.line) for c in parse(code)] == [
        ("$", "a", 1),
        ("$", "unshare --uts bash", 2),
        ("jail#", "b", 3),
        ("jail#", "cat <<E\nE", 4),
        ("jail#", "chroot x /bin/sh", 6),
        ("deep#", "c", 7),
        ("$", "d", 10),
    ]


@pytest.mark.parametrize(
    "command",
    ["bash <<jail\nx\njail", "bash <<'Jail'\nx\nJail", "cat > sh <<'jail'\nx\njail"],
    ids=["expanded", "no name for a prompt", "not a shell"],
)
def test_any_other_here_document_is_input(command: str) -> None:
    assert texts(f"{command}\n") == [command]


def test_reports_come_in_the_order_of_begin_and_end() -> None:
    commands = bash.parse(Path("x.sh"), "a\nsh <<'in'\nb\nc\nin\nd\n")
    done = [("done", n) for n in range(5)]
    assert plan.events(commands) == [done[0], ("enter", 1), done[2], done[3], done[1], done[4]]


def test_an_expected_status_is_read_and_not_shown() -> None:
    code = "false  # ? 1\nx # ? *\necho '# ? 3'\ncat <<E | grep b # ? 1\na\nE\ny # why\n"
    code += "sh <<'in' # ? 2\nz\nin\n"
    assert [(c.text, c.expects) for c in parse(code)] == [
        ("false", 1),
        ("x", None),
        ("echo '# ? 3'", 0),
        ("cat <<E | grep b\na\nE", 1),
        ("y # why", 0),
        ("sh", 2),
        ("z", 0),
    ]


def test_setup_is_hidden_and_steps_have_names() -> None:
    code = "# hide\na\nsh <<'in'\nb\nin\n# show\n# step: named\nc\nd\n"
    assert [(c.text, c.hidden, c.name) for c in parse(code)] == [
        ("a", True, ""),
        ("sh", True, ""),
        ("b", True, ""),
        ("c", False, "named"),
        ("d", False, ""),
    ]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("echo\nif true; then\n", 2),
        ("echo\n\necho )\n", 3),
        ("# only a comment\n", 1),
        ("a\nsh <<'in'\n# nothing\nin\n", 2),
        ("sh <<'in'\na\nb )\nin\n", 3),
    ],
)
def test_what_is_no_script_is_refused_with_its_line(code: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        parse(code)
    assert caught.value.line == line


@pytest.mark.parametrize("code", ["\x85\n", "\xa0\n", "\x85 <<'in'\na\nin\n", "-x <<'in'\na\nin\n"])
def test_a_word_is_what_the_shell_calls_one(code: str) -> None:
    """Not what Python does, to which more characters are blank."""
    assert len(parse(code)) == 1


def test_a_settling_command_is_shown_without_its_comment() -> None:
    (command,) = parse("curl -s localhost # settle: 1.5s\n")
    assert (command.text, command.settle) == ("curl -s localhost", 1.5)
    with pytest.raises(SourceError, match="cannot be tried again"):
        parse("sh <<'in' # settle: 1s\na\nin\n")


LAB_ONLY = f"{bash.LAB_ONLY} exit 1\n"


def test_two_terminals_take_turns_in_one_file() -> None:
    code = "unshare bash <<'in'\na\n# terminal: host\nb\n# terminal: in\nc\nin\nd\n"
    found = [(c.prompt, c.text, c.outside) for c in parse(LAB_ONLY + code)]
    assert found[1:] == [
        ("$", "unshare bash", False),
        ("in#", "a", False),
        ("$", "b", True),
        ("in#", "c", False),
        ("$", "d", False),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unshare bash <<'in'\na\n# terminal: host\nb\nin\n", "Begin with: test -d /run/lab"),
        (LAB_ONLY + "a\n# terminal: host\nb\n", "only a nested shell can take turns"),
        (LAB_ONLY + "unshare bash <<'in'\n# terminal: hots\nb\nin\n", "no terminal 'hots'"),
    ],
)
def test_terminals_that_cannot_be(code: str, words: str) -> None:
    with pytest.raises(SourceError, match=re.escape(words)):
        parse(code)


@pytest.mark.parametrize(
    "command",
    ["bash", "unshare --uts bash", "chroot new /bin/sh", "nice bash", "docker run -it busybox sh"],
)
def test_a_shell_without_a_here_document_is_an_error(command: str) -> None:
    with pytest.raises(SourceError, match="would read no line") as caught:
        parse(f"a\n{command}\nb\n")
    assert caught.value.line == 2


def test_words_that_look_like_a_shell_are_not_one() -> None:
    code = "type bash\ncp /bin/sh x/sh\ndocker pull bash\nls | sh\nunshare bash -c 'x'\n"
    code += "command -v sh\n"
    assert len(parse(code)) == 6
