"""What is left of an output as on a terminal, and what is left as it came."""

import time

import pytest

from snippetlab.labs.terminal import as_left
from snippetlab.run.laboratory import Laboratory
from tests.engine.contract import program


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("한글\rab\n", "ab글\n"),
        ("한\rab\n", "ab\n"),
        ("한글\rx\n", "x 글\n"),  # half of a wide character is none
        ("👩\u200d e\u0301\rab\n", "ab e\u0301\n"),  # what has no width goes with its letter
        ("\x1b[32mDownloading\x1b[0m\rDone\n", "Done\x1b[32mloading\x1b[m\n"),
        ("abc\b\bX\n", "aXc\n"),
        ("long line\r\x1b[Kend\n", "end\n"),
        ("one\ntwo\n\x1b[2A\x1b[2Kuno\n\x1b[2Kdue\n", "uno\ndue\n"),
        ("\x1b[01;31m\x1b[Kfound\x1b[m\x1b[K:\tit\n", "\x1b[01;31mfound\x1b[m:\tit\n"),
        ("gone\n\x1b[H\x1b[2Jhere\n", "here\n"),
        ("\x1b[?25l10 %\r100 %\x1b[?25h\n", "100 %\n"),
        ("\x1b]8;;https://a.test\x1b\\link\x1b]8;;\x1b\\\n", "link\n"),
        ("\x1b[31mred\nab\rX\nstill\x1b[0m\n", "\x1b[31mred\nXb\nstill\x1b[0m\n"),
        ("\udcff\udcferror\rE\n", "E\udcferror\n"),
    ],
)
def test_what_is_overwritten_or_erased_is_not_there(printed: str, left: str) -> None:
    output = as_left(printed.encode("utf-8", "surrogateescape"))
    assert output.decode("utf-8", "surrogateescape") == left


@pytest.mark.parametrize(
    "printed",
    [
        b"a\tb \n\x0c\x07\0 \xff\xfe\n",
        b"x" * 300 + b"\n" + b"line\n" * 200,
        b"\x1b[1;31mred\x1b[0m\ttab \n\x1b[38;2;1;2;3mtrue\x1b[m",
    ],
)
def test_what_moves_nothing_is_left_byte_for_byte(printed: bytes) -> None:
    assert as_left(printed) == printed
    assert as_left(printed + b"\none\rtwo\n") == printed + b"\ntwo\n"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert as_left(b"a\tb\r\nc\r\n") == b"a\tb\nc\n"


@pytest.mark.parametrize("one", ["\x1b[L", "\x1b[9999C\x1b[1K", "\t\r", "\x1b7", "\x1b[9999;9999H"])
def test_no_output_takes_long(one: str) -> None:
    output = one * (1_000_000 // len(one)) + "x" * 1000
    began = time.process_time()
    as_left(output.encode())
    assert time.process_time() - began < 20


def test_a_lab_shows_what_a_terminal_would(laboratory: Laboratory) -> None:
    code = "for i in 1 2 3; do printf '%s of 3\\r' $i; done; echo\nprintf '\\e[32mok\\e[0m\\n'\n"
    first, second = laboratory.lab.run([program(code)])[0].steps
    assert (first.output, second.output) == (b"3 of 3\n", b"\x1b[32mok\x1b[0m\n")
