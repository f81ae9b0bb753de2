"""The style sheet that names the site's fonts, and system fonts brought to their measure.

Until a font has come, one of the reader's own stands in; it is scaled so that lines keep their
height and nearly their breaks, and nothing jumps.
"""

from collections.abc import Sequence
from pathlib import Path

from reading.fonts import WEIGHTS, Font

_HANGUL = "U+1100-11FF, U+3000-303F, U+3130-318F, U+A960-A97F, U+AC00-D7FF"
_KOREAN = ("Noto Sans CJK KR", "Noto Sans KR", "NotoSansCJKkr-Regular", "NotoSansKR-Regular")
_WESTERN = ("Arial", "Liberation Sans", "Helvetica")
_LETTERS = "etaoinshrdlucmfwypvbgk "
"""What most of an English text is made of."""
_NOTO = 0.92
"""The advance of a syllable in Noto Sans CJK KR, in em: its `hmtx` table."""
_ARIAL = 0.488
"""The mean advance of those letters in Arial, in em: those of Helvetica in Adobe's metrics."""


def type_sheet(fonts: Sequence[Font]) -> str:
    """CSS, to lie beside the fonts' files."""
    text = next(font for font in fonts if font.role == "text")
    return "\n".join([*map(_face, fonts), *_stand_ins(text.source)]) + "\n"


def _face(font: Font) -> str:
    lightest, boldest = WEIGHTS
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {lightest} {boldest};'
        f' font-display: swap; src: url("{font.role}.woff2") format("woff2"); }}'
    )


def _stand_ins(font: Path) -> list[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font) as opened:
        unit, widths, names = opened["head"].unitsPerEm, opened["hmtx"], opened.getBestCmap()
        ascent, descent = opened["hhea"].ascent / unit, -opened["hhea"].descent / unit
        hangul = widths[names[ord("가")]][0] / unit
        letters = sum(widths[names[ord(letter)]][0] for letter in _LETTERS) / unit / len(_LETTERS)
    faces = []
    for family, names_, ratio, extent in (
        ("Site Text Hangul", _KOREAN, hangul / _NOTO, f" unicode-range: {_HANGUL};"),
        ("Site Text Latin", _WESTERN, letters / _ARIAL, ""),
    ):
        local = ", ".join(f'local("{name}")' for name in names_)
        faces.append(
            f'@font-face {{ font-family: "{family}"; src: {local};{extent}'
            f" size-adjust: {ratio:.2%}; ascent-override: {ascent / ratio:.2%};"
            f" descent-override: {descent / ratio:.2%}; line-gap-override: 0%; }}"
        )
    return faces
