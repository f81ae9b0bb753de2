"""A card for links to a page: 1200 × 630 px (the Open Graph size that most services show whole)."""

import hashlib
import io
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reading.fonts import Font

SIZE = (1200, 630)
_RECIPE = "1"
"""Changes when cards do."""
_MARGIN = 80
_GROUND, _INK, _QUIET, _RULE = "#17324d", "#ffffff", "#b9cbd9", "#5fd4c4"


class Painter:
    """Draws cards with one font; raises ImportError without Pillow."""

    def __init__(self, font: Font) -> None:
        self._title = _opened(font.source, 700, 68)
        self._small = _opened(font.source, 400, 34)

    def card(self, title: str, description: str, site: str) -> bytes:
        """PNG; equal input gives equal bytes with one version of Pillow."""
        from PIL import Image, ImageDraw

        image = Image.new("RGB", SIZE, _GROUND)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, 16, SIZE[1]), fill=_RULE)
        top = _MARGIN
        for line in self._lines(title, self._title, 3):
            draw.text((_MARGIN, top), line, font=self._title, fill=_INK)
            top += 88
        top += 28
        for line in self._lines(description, self._small, 3):
            draw.text((_MARGIN, top), line, font=self._small, fill=_QUIET)
            top += 50
        draw.text((_MARGIN, SIZE[1] - _MARGIN - 36), site, font=self._small, fill=_RULE)
        out = io.BytesIO()
        # Few colours: a palette is a third of the size, and no time stands in the file.
        image.quantize(32).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _lines(self, text: str, font: Any, most: int) -> list[str]:
        """Broken at spaces; what does not fit is cut off with an ellipsis."""
        width = SIZE[0] - 2 * _MARGIN
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if font.getlength(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) > most:
            lines = lines[:most]
            while lines[-1] and font.getlength(f"{lines[-1]} …") > width:
                lines[-1] = lines[-1].rpartition(" ")[0]
            lines[-1] += " …"
        return lines


def _opened(source: Path, weight: int, size: int) -> Any:
    """One weight of a variable font."""
    from PIL import ImageFont

    opened = ImageFont.truetype(source, size)
    opened.set_variation_by_axes([weight])
    return opened


def card_key(font: Font, *texts: str) -> str:
    """What a card depends on, as a name for it."""
    data = "\0".join([_tools(font.source), *texts]).encode()
    return hashlib.sha256(data).hexdigest()


@cache
def _tools(font: Path) -> str:
    """The same for all cards of a build."""
    drawn = hashlib.sha256(font.read_bytes()).hexdigest()
    return f"{_RECIPE} {version('pillow')} {drawn}"
