"""The style sheet that names the site's fonts, and system fonts brought to their measure.

Until a font has come, one of the reader's own stands in; it is scaled so that lines keep their
height and nearly their breaks, and nothing jumps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reading.fonts import WEIGHTS, Font

_HANGUL = "U+1100-11FF, U+3000-303F, U+3130-318F, U+A960-A97F, U+AC00-D7FF"
_KOREAN = ("Noto Sans CJK KR", "Noto Sans KR", "NotoSansCJKkr-Regular", "NotoSansKR-Regular")
_WESTERN = ("Arial", "Liberation Sans", "Helvetica")
_BOLD = ("Arial Bold", "Liberation Sans Bold", "Helvetica Bold")
_LETTERS = "etaoinshrdlucmfwypvbgk "
"""What most of an English text is made of."""
_NOTO = 0.92
"""The advance of a syllable in Noto Sans CJK KR, in em: its `hmtx` table."""
_ARIAL = 0.488
"""The mean advance of those letters in Arial, in em: those of Helvetica in Adobe's metrics."""
_ARIAL_BOLD = 0.536
"""Likewise of Helvetica Bold."""
_BOLDER = 1.062
"""How much wider those letters are at 700 than at 400 in Pretendard 1.3, as fontTools varies it.

A constant, since the font has no table of it (HVAR), and to vary 14,000 outlines takes minutes."""
_MONOSPACED = {
    0.602: ("Menlo-Regular", "Menlo", "DejaVu Sans Mono"),
    0.55: ("Consolas",),
    0.6: ("Liberation Mono", "Roboto Mono", "Noto Sans Mono", "Courier New"),
}
"""Advance in em, of each `hmtx` table → fonts of systems that have it."""


@dataclass(frozen=True)
class _StandIn:
    family: str
    names: Sequence[str]
    ratio: float
    """By which they are scaled."""
    extent: str = ""
    """Descriptors that say for what it stands in."""

    def face(self, ascent: float, descent: float) -> str:
        """For a font with that ascent and descent, in em."""
        local = ", ".join(f'local("{name}")' for name in self.names)
        return (
            f'@font-face {{ font-family: "{self.family}"; src: {local};{self.extent}'
            f" size-adjust: {self.ratio:.2%}; ascent-override: {ascent / self.ratio:.2%};"
            f" descent-override: {descent / self.ratio:.2%}; line-gap-override: 0%; }}"
        )


def type_sheet(fonts: Sequence[Font]) -> str:
    """CSS, to lie beside the fonts' files."""
    stand_ins = (face for font in fonts for face in _faces(font))
    return "\n".join([*map(_face, fonts), *stand_ins]) + "\n"


def _face(font: Font) -> str:
    lightest, boldest = WEIGHTS
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {lightest} {boldest};'
        f' font-display: swap; src: url("{font.role}.woff2") format("woff2"); }}'
    )


def _faces(font: Font) -> Iterator[str]:
    """Of what stands in for a font."""
    from fontTools.ttLib import TTFont

    with TTFont(font.source) as opened:
        unit = opened["head"].unitsPerEm
        ascent, descent = opened["hhea"].ascent / unit, -opened["hhea"].descent / unit
        stand_ins = _for_code(opened) if font.role == "code" else _for_text(opened)
        for one in stand_ins:
            yield one.face(ascent, descent)


def _for_text(font: Any) -> Iterator[_StandIn]:
    hangul = f" unicode-range: {_HANGUL};"
    ratio = _advance(font, _LETTERS) / _ARIAL
    bold = _advance(font, _LETTERS) * _BOLDER / _ARIAL_BOLD
    yield _StandIn("Site Text Hangul", _KOREAN, _advance(font, "가") / _NOTO, hangul)
    yield _StandIn("Site Text Latin", _WESTERN, ratio)
    yield _StandIn("Site Text Latin", _BOLD, bold, f" font-weight: {WEIGHTS[1]};")


def _for_code(font: Any) -> Iterator[_StandIn]:
    for number, (advance, names) in enumerate(_MONOSPACED.items(), 1):
        yield _StandIn(f"Site Code {number}", names, _advance(font, "0") / advance)


def _advance(font: Any, letters: str) -> float:
    """The mean of these letters, in em, as the font has them by default: regular."""
    names, widths = font.getBestCmap(), font["hmtx"]
    mean = sum(widths[names[ord(letter)]][0] for letter in letters) / len(letters)
    return float(mean / font["head"].unitsPerEm)
