"""The text form of transcripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetlab.transcript import INTERPRETER, GrammarError, Step, Transcript, Typed

# Pieces that mean something in the grammar, or that text cannot show.
TRICKY = [
    b">>> ",
    b"$ ",
    b"jail# ",
    b"> ",
    b">",
    b"< ",
    b"<",
    b"! ",
    b"!",
    b"? 1",
    b"? ",
    b"\\",
    b"\\x41",
    b"\\c",
    b" (esc)",
    b"\n",
]
TRICKY += [b" ", b"\t", b"\r", b"\0", b"\x1b[1m", b"\x7f", b"\xff", b"\xc3", b"\x85", b"a", b"0"]
TRICKY += [text.encode() for text in ("한", "\x85", "\u2028", "\u202e", "\ufeff", "\U000e0001")]

outputs = st.lists(st.sampled_from(TRICKY) | st.binary(max_size=3), max_size=8).map(b"".join)
words = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
commands = st.lists(words, min_size=1, max_size=3).map("\n".join)


@st.composite
def typed(draw: st.DrawFn, output: bytes) -> tuple[Typed, ...]:
    lines = output.count(b"\n") + (output[-1:] not in (b"", b"\n"))
    places = st.integers(0, lines)
    texts = st.sampled_from(["", "yes", "^D", "y\\c", "< x", "$ x"])
    return tuple(Typed(draw(texts), place) for place in sorted(draw(st.lists(places, max_size=3))))


def steps(*prompts: str) -> st.SearchStrategy[list[Step]]:
    step = outputs.flatmap(
        lambda output: st.builds(
            Step,
            commands,
            st.just(output),
            st.integers(0, 255),
            st.sampled_from(prompts),
            errors=outputs,
            typed=typed(output),
        )
    )
    return st.lists(step, max_size=4)


transcripts = steps("$", "jail#", "a-b_1#") | steps(INTERPRETER)


@given(transcripts)
def test_any_transcript_comes_back_byte_for_byte(steps: list[Step]) -> None:
    transcript = Transcript(tuple(steps))
    assert Transcript.loads(transcript.dumps()) == transcript


@given(transcripts)
def test_the_text_is_plain(steps: list[Step]) -> None:
    text = Transcript(tuple(steps)).dumps()
    assert text == "" or text.endswith("\n")
    assert not set(text) & set("\0\r\x1b\x7f\x85\u2028\u202e\ufeff")


def test_the_grammar_is_the_one_readers_know() -> None:
    transcript = Transcript(
        (
            Step("hostname", b"lab\n"),
            Step("unshare --uts bash", b""),
            Step("cat <<E\nx\n\nE", b"x\n\n", 0, "jail#"),
            Step("false", b"", 1),
            Step("printf", b"$ rm\n> x\n? 1\n\\\nend \nno newline"),
            Step("read", b"? yes\n< no\n", typed=(Typed("yes", 1), Typed("", 2))),
            Step("ls . none", b"! a\n", 2, errors=b"ls: none\n\n$ \n"),
        )
    )
    assert transcript.dumps().split("\n") == [
        "$ hostname",
        "lab",
        "$ unshare --uts bash",
        "jail# cat <<E",
        "> x",
        "> ",
        "> E",
        "x",
        "",
        "$ false",
        "? 1",
        "$ printf",
        "\\$ rm",
        "\\> x",
        "\\? 1",
        "\\\\",
        "end\\x20 (esc)",
        "no newline\\c (esc)",
        "$ read",
        "\\? yes",
        "< yes",
        "\\< no",
        "<",
        "$ ls . none",
        "\\! a",
        "! ls: none",
        "!",
        "! $\\x20 (esc)",
        "? 2",
        "",
    ]


def test_the_prompt_of_an_interpreter_is_one_only_where_it_was_given_all() -> None:
    """So recordings of programs that print it are as they were before sessions were recorded."""
    printed = b">>> 1 + 1\n2\n"
    shell = Transcript((Step("cat session", printed),))
    assert shell.dumps() == "$ cat session\n>>> 1 + 1\n2\n"
    assert Transcript.loads(shell.dumps()) == shell
    session = Transcript((Step("if x:\n  y", b"", 0, ">>>"), Step("z", printed, 1, ">>>")))
    text = ">>> if x:\n>   y\n>>> z\n\\>>> 1 + 1\n2\n? 1\n"
    assert session.dumps() == text
    assert Transcript.loads(text) == session


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no prompt\n", 1),
        ("$ a\nx\n? 0\n", 3),
        ("$ a\n? 1\nafter the status\n", 3),
        ("$ a\nout\n! error\nout\n", 4),
        ("$ a\nbad \\q escape (esc)\n", 2),
        ("$ a\n\\Uffffffff (esc)\n", 2),
        ("$ a\nno newline at the end", 2),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(GrammarError) as caught:
        Transcript.loads(text)
    assert caught.value.line == line
