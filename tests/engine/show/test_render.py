"""Transcripts as HTML: what the reader sees, copies and hears."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from snippetlab.compare.kinds import KINDS, parse_volatile
from snippetlab.show.block import Block
from snippetlab.show.render import render
from snippetlab.show.templates import Templates
from snippetlab.show.words import english
from snippetlab.snippet.session import parse as parse_session
from snippetlab.transcript import Step, Transcript, Typed
from tests.engine.show.blocks import Checker, block
from tests.support import ROOT
from tests.words import ENGLISH, KOREAN


def test_commands_output_and_status_are_told_apart() -> None:
    html = render(block("echo a\nfalse # ? 1\n", (b"a\n", 0), (b"", 1)))
    assert re.findall(r"<kbd>(.*?)</kbd>", html) == ["echo a", "false"]
    assert re.findall(r"<samp>(.*?)</samp>", html) == ["a"]
    assert re.findall(r'class="step-status">(.*?)<', html) == ["exit status 1"]
    Checker(html)


def test_what_was_typed_is_told_apart_and_not_copied() -> None:
    typed = (Typed("yes", 1), Typed("<b>", 1), Typed("^C", 2))
    plain = block("read x\n", (b"Go on? yes\n^Cno yes\n", 0))
    assert plain.transcript
    (step,) = plain.transcript.steps
    html = render(replace(plain, transcript=Transcript((replace(step, typed=typed),))))
    keys = r'<kbd class="step-keys" title="typed"><span class="for-listeners">\[typed\] </span>'
    (output,) = re.findall(r"<samp>(.*?)</samp>", html, re.DOTALL)
    assert re.sub(f"{keys}(.*?)</kbd>", r"[\1]", output) == (
        "Go on? [yes]\n[&lt;b&gt;]\n[^C]no yes"
    )
    assert re.findall('data-commands="(.*?)"', html)[0].endswith("read x")
    Checker(html)


@pytest.mark.parametrize(
    ("templates", "label"), [(ENGLISH, "standard error"), (KOREAN, "표준 오류")]
)
def test_standard_error_has_a_label_and_folds_like_output(templates: Templates, label: str) -> None:
    one = block("a\n", (b"out\n", 2), fold=2)
    (step,) = one.steps
    apart = Transcript((replace(step, errors=b"<1>\n2\n3\n"),))
    html = render(replace(one, transcript=apart, frame=replace(one.frame, templates=templates)))
    before, _, after = html.partition(f'<p class="step-stream">{label}</p>')
    assert re.findall(r"<samp>(.*?)</samp>", before, re.DOTALL) == ["out"]
    assert re.findall(r"<samp>(.*?)</samp>", after, re.DOTALL) == ["&lt;1&gt;\n2", "3"]
    assert after.count("<summary>") == 1
    assert label not in render(one)
    Checker(html)


HOSTILE = [
    b"<script>alert(1)</script>",
    b'</samp></pre></li></ol></figure><img src=x onerror="x">',
    b"\x1b[31mred\x1b]8;;http://x\x07link",
    "\u202etxt.exe\u2066".encode(),
    b"\0\xff\xfe",
    b"{{ 7*7 }} {% x %} **bold** [x](y)",
    b"$ rm -rf /",
]


@pytest.mark.parametrize("output", HOSTILE)
def test_nothing_printed_becomes_markup_or_lies(output: bytes) -> None:
    html = render(block("x\n", (output, 0)))
    assert not {"script", "img"} & set(Checker(html).seen)
    assert html.count('class="step"') == 1
    assert not set(html) & set("\0\x1b\x07\u202e\u2066")


def test_what_is_copied_are_the_commands_as_typed() -> None:
    code = "a # ? *\nunshare --uts bash <<'jail'\nb \"x\"\njail\n"
    html = render(block(code, (b"1", 0), (b"", 0), (b"2", 0)))
    copied = re.search(r'data-commands="([^"]*)"', html)
    assert copied
    first, _, typed = unescape(copied[1]).partition("\n")
    assert first.startswith("# As root (sudo -i)")
    assert typed == "a\nunshare --uts bash <<'jail'\nb \"x\"\njail"


def test_long_output_and_setup_fold() -> None:
    html = render(block("# hide\na\n# show\nb\n", (b"", 0), (b"1\n2\n3\n4\n", 0), fold=2))
    assert re.findall(r"<summary>(.*?)</summary>", html) == ["Setup: one command", "2 more lines"]
    Checker(html)


def test_a_named_step_has_an_anchor() -> None:
    assert 'id="a-b-here"' in render(block("# step: here\na\n", (b"", 0)))


def test_two_terminals_stand_in_two_columns() -> None:
    code = "test -d /run/lab || exit\nsh <<'in'\na\n# terminal: host\nb\n# terminal: in\nc\nin\nd\n"
    html = render(block(code, *[(b"", 0)] * 6))
    assert re.findall(r'class="step (step-\w+)"', html) == [
        *("step-host", "step-host", "step-inside", "step-host", "step-inside", "step-host")
    ]
    assert "<span>host</span><span>in</span>" in html
    assert "transcript-copy" not in html  # it belongs into two terminals


def test_one_terminal_has_one_column() -> None:
    html = render(block("sh <<'in'\na\nin\n", (b"", 0), (b"", 0)))
    assert "step-inside" not in html
    assert "transcript-copy" in html


def test_what_differs_from_run_to_run_is_marked_with_its_kind() -> None:
    one = block("ps\n", (b"12 bash <x>\nnet:[4026531833]\n", 0))
    rules = parse_volatile(["pid", "namespace-id", "columns"])
    html = render(replace(one, snippet=replace(one.snippet, volatile=rules)))
    marked = re.findall(r'<span class="volatile" title="([^"]+)">([^<]+)</span>', html)
    assert marked == [
        ("process ID: differs from run to run", "12"),
        ("namespace ID: differs from run to run", "4026531833"),
    ]
    assert 'class="transcript-legend"' in html
    assert "&lt;x&gt;" in html
    assert 'class="volatile"' not in render(one)


def test_every_kind_has_a_name() -> None:
    assert set(KINDS) - {"columns"} == set(english()["kinds"])  # columns are never shown


def test_output_without_end_folds_by_itself() -> None:
    lines = b"".join(b"%d\n" % n for n in range(40))
    assert "22 more lines" in render(block("seq\n", (lines, 0)))
    assert "<details" not in render(block("seq\n", (lines[:60], 0)))


def test_the_claim_is_shown_in_the_language_of_the_page() -> None:
    html = render(block("a\n", (b"", 0)))
    assert '<p class="transcript-claim">x</p>' in html
    one = block("a\n", (b"", 0))
    korean = replace(one, snippet=replace(one.snippet, proves={"ko": "가 <b>", "en": "one"}))
    assert ">one</p>" in render(korean)
    assert ">가 &lt;b&gt;</p>" in render(
        replace(korean, frame=replace(korean.frame, templates=KOREAN))
    )


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (FAMILY, FAMILY),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f44d\U0001f3fd\u200d\u2642\ufe0f", "\U0001f44d\U0001f3fd\u200d\u2642\ufe0f"),
        ("pass\u200dword", "pass&lt;U+200D&gt;word"),
        ("\U0001f468\u200dx", "\U0001f468&lt;U+200D&gt;x"),
        ("a\u00adb\u3164c", "a&lt;U+00AD&gt;b&lt;U+3164&gt;c"),
        ("\U000e0041\U000e0042", "&lt;U+E0041&gt;&lt;U+E0042&gt;"),
    ],
)
def test_what_has_no_shape_is_named_but_a_joiner_of_emoji_is_not(printed: str, shown: str) -> None:
    html = render(block("x\n", (printed.encode(), 0)))
    assert re.findall(r"<samp>(.*?)</samp>", html) == [shown]


def test_readers_can_tell_what_came_out_elsewhere() -> None:
    known = block("a\n", (b"", 0))
    known = replace(known, frame=replace(known.frame, repository="https://example.org/x"))
    address = re.search(r'class="transcript-report" href="([^"]+)"', render(known))
    assert address
    assert unescape(address[1]).startswith("https://example.org/x/issues/new?template=output.yml&")
    assert "&snippet=a%2Fb&recorded=" in unescape(address[1])
    form = (ROOT / ".github/ISSUE_TEMPLATE/output.yml").read_text("utf-8")
    for name in ("snippet", "recorded"):
        assert f"id: {name}\n" in form
    assert "transcript-report" not in render(block("a\n", (b"", 0)))


@pytest.mark.parametrize("templates", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_a_transcript_says_as_whom_it_ran(templates: Templates) -> None:
    known = block("a\n", (b"", 0))
    html = render(replace(known, frame=replace(known.frame, templates=templates)))
    user = re.search(r'<div class="transcript-head">.*?transcript-user"[^>]*>(.*?)<', html)
    assert user
    assert "root" in user[1]
    assert "sudo -i" in html


def session(code: str, *outcomes: tuple[bytes, int]) -> Block:
    """The same for a session with Python."""
    shown = block("x\n", (b"", 0))
    path = Path("snippets/a/b.py")
    commands = parse_session(path, code)
    steps = (
        Step(command.text, output, status, command.prompt)
        for command, (output, status) in zip(commands, outcomes, strict=True)
    )
    snippet = replace(shown.snippet, path=path, code=code, session=True)
    return Block(snippet, commands, Transcript(tuple(steps)), shown.frame)


def test_a_session_is_shown_at_its_prompts() -> None:
    code = "def f():\n    return 1\n\nf()\n1 / 0  # ? 1\n"
    html = render(session(code, (b"", 0), (b"1\n", 0), (b"ZeroDivisionError\n", 1)))
    Checker(html)
    assert 'aria-label="Python session: b.py"' in html
    prompts = re.findall(r'<span class="step-prompt" aria-hidden="true">(.*?) </span>', html)
    assert [unescape(prompt) for prompt in prompts] == [">>>", "...", ">>>", ">>>"]
    assert html.count("[input]") == 3
    assert "step-source" not in html
    assert "exit status" not in html  # the traceback tells


def test_what_is_copied_of_a_session_can_be_typed() -> None:
    """A blank line ends what is indented, at every prompt."""
    html = render(session("def f():\n    return 1\nf()\n", (b"", 0), (b"1\n", 0)))
    copied = re.search(r'data-commands="([^"]*)"', html)
    assert copied
    _, _, typed = unescape(copied[1]).partition("\n")
    assert typed == "def f():\n    return 1\n\nf()"
