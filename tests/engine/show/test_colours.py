"""Colours that programs print: as classes, which can be read in both schemes."""

import re

import pytest

from snippetlab.compare.compare import compare
from snippetlab.compare.kinds import parse_volatile
from snippetlab.labs.browser.lines import lines_of
from snippetlab.show.contrast import render_contrast
from snippetlab.show.render import render
from snippetlab.snippet.extract import extract
from snippetlab.transcript import Step, Transcript
from tests.engine.show.blocks import Checker, block
from tests.support import ROOT

STYLES = ROOT / "hooks/snippetlab/show/assets"
LEAST = 4.5
"""Contrast, by WCAG 2.2, 1.4.3."""


def shown(output: str) -> str:
    html = render(block("a\n", (output.encode(), 0)))
    Checker(html)
    found = re.search("<samp>(.*?)</samp>", html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("printed", "html"),
    [
        ("\x1b[31mred\x1b[0m plain\n", '<span class="sgr-colour sgr-red">red</span> plain'),
        ("\x1b[01;92mgo\x1b[K", '<span class="sgr-colour sgr-bright-green sgr-bold">go</span>'),
        ("\x1b[38;5;208mx\x1b[m", '<span class="sgr-colour sgr-bright-yellow">x</span>'),
        ("\x1b[38:2::10:20:250mx\x1b[m", '<span class="sgr-colour sgr-bright-blue">x</span>'),
        ("\x1b[31;44mx\x1b[m", '<span class="sgr-on-blue">x</span>'),
        ("\x1b[7mx\x1b[27my", '<span class="sgr-reverse">x</span>y'),
        ("\x1b[32;7mx\x1b[m", '<span class="sgr-on-green">x</span>'),
        (
            "\x1b[2;3;4;9mx\x1b[22;23;24;29my",
            '<span class="sgr-dim sgr-italic sgr-underline sgr-strike">x</span>y',
        ),
        ("\x1b[31ma\nb\x1b[0m\n", '<span class="sgr-colour sgr-red">a\nb</span>'),
        ("a\n\x1b[0m", "a"),
        ("\x1b[31m<b>\x1b[0m", '<span class="sgr-colour sgr-red">&lt;b&gt;</span>'),
        ("\U0010f01b\U0010f05b\U0010f06d", "&lt;U+10F01B&gt;&lt;U+10F05B&gt;&lt;U+10F06D&gt;"),
    ],
)
def test_colours_are_classes(printed: str, html: str) -> None:
    assert shown(printed).replace("␛[K", "") == html


def test_folded_lines_keep_their_colour() -> None:
    html = render(block("a\n", (b"\x1b[31ma\nb\nc\x1b[0m\n", 0), fold=1))
    assert re.findall('<span class="sgr-colour sgr-red">(.*?)</span>', html, re.DOTALL) == [
        "a",
        "b\nc",
    ]


def test_two_transcripts_side_by_side_keep_their_colours() -> None:
    blocks = [
        block("a\n", (f"\x1b[{colour}m{word} same\x1b[0m\n".encode(), 0), name=word)
        for colour, word in ((31, "one"), (32, "two"))
    ]
    html = render_contrast(*blocks)
    Checker(html)
    assert html.count("sgr-red") == html.count("sgr-green") == 2
    assert "\U0010f01b" not in html


def colours(sheet: str, scheme: str) -> dict[str, str]:
    text = (STYLES / sheet).read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", text)
    return {name: light if scheme == "light" else dark for name, light, dark in found}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(scheme: str) -> None:
    own, printed = colours("transcript.css", scheme), colours("sgr.css", scheme)
    assert len(printed) == 24
    for name, colour in printed.items():
        against = "transcript-text" if name.startswith("sgr-on-") else "transcript-ground"
        assert contrast(colour, own[against]) >= LEAST, name
    ground, band = own.pop("transcript-ground"), own.pop("transcript-command")
    del own["transcript-edge"]
    program = colours("source.css", scheme)
    assert (len(own), len(program)) == (6, 7)
    dim = [name for name in own if contrast(own[name], band) < LEAST]
    dim += [name for name in own if contrast(own[name], ground) < LEAST]
    assert dim + [name for name in program if contrast(program[name], ground) < LEAST] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_terminal_in_the_tab_has_the_same(scheme: str) -> None:
    look = (ROOT / "docs/overrides/assets/machine/look.mjs").read_text()
    block = re.search(rf"\n  {scheme}: {{(.*?)}},\n", look, re.DOTALL)
    assert block
    found = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', block[1]))
    for name, colour in colours("sgr.css", scheme).items():
        if name.startswith("sgr-on-"):
            continue
        first, _, rest = name.removeprefix("sgr-").partition("-")
        assert found[first + rest.capitalize()] == colour
        assert contrast(colour, found["background"]) >= LEAST


def test_a_value_beside_a_colour_is_found_and_the_colour_compared() -> None:
    rules = parse_volatile(["pid"])
    old, same, other = (
        Transcript((Step("a", f"\x1b[{colour}m{pid}\x1b[0m is {pid}\n".encode()),))
        for colour, pid in ((31, 123), (31, 456), (32, 456))
    )
    assert compare([old], [same], [rules]).equal
    assert not compare([old], [other], [rules]).equal
    assert [set(line) for line in lines_of(old.steps[0], rules)] == [{"text", "pattern", "pieces"}]


def test_a_quoted_value_has_no_colours() -> None:
    transcript = Transcript((Step("a", b"\x1b[1m12\x1b[0m total\n"),))
    assert extract({"total": r"^(\d+) total"}, transcript) == {"total": "12"}
