"""Drawings bring the Korean letters that they show: a picture cannot use the fonts of its page.

Without, a reader whose system has no Korean font sees boxes. Latin letters every system has.
"""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from reading.fonts import WEIGHTS, Font, subset, unpacked

_FAMILY = "Drawing"
_RECIPE = "1"
"""Changes when what is made of a drawing does."""
_SHOWN = re.compile(r"<text\b.*?</text>", re.S)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_FONT = re.compile(r"(?<=text\{font:14px )(?=ui-monospace)")


def write_letters(
    drawings: Sequence[Path], font: Font, cache: Path, say: Callable[[str], None]
) -> None:
    """Put the letters into each drawing; what was made before is taken from the cache."""
    texts = {path: path.read_text(encoding="utf-8") for path in drawings}
    letters = {path: _letters(text) for path, text in texts.items()}
    if not (all_ := frozenset().union(*letters.values())):
        return
    # From the letters of all drawings those of one are cut in no time.
    source = subset(font, all_, cache / "subsets", say)
    whole = lru_cache(1)(lambda: unpacked(source))
    for path, text in texts.items():
        if letters[path]:
            key = hashlib.sha256(_RECIPE.encode() + source + text.encode()).hexdigest()
            kept = cache / "drawings" / f"{key}.svg"
            if not kept.is_file():
                kept.parent.mkdir(parents=True, exist_ok=True)
                partial = kept.with_suffix(".partial")
                partial.write_text(_with(text, _cut(whole(), letters[path])), encoding="utf-8")
                partial.replace(kept)
            path.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")


def _letters(drawing: str) -> frozenset[str]:
    return frozenset(_HANGUL.findall("".join(_SHOWN.findall(drawing))))


def _with(drawing: str, font: bytes) -> str:
    lightest, boldest = WEIGHTS
    data = base64.b64encode(font).decode()
    face = (
        f'@font-face{{font-family:"{_FAMILY}";font-weight:{lightest} {boldest};'
        f"src:url(data:font/woff2;base64,{data})}}"
    )
    drawing = _FONT.sub(f'"{_FAMILY}",', drawing, count=1)
    return drawing.replace("<style>", f"<style>\n{face}", 1)


def _cut(source: bytes, letters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    with TTFont(io.BytesIO(source), recalcTimestamp=False) as opened:
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(sorted(letters)))
        subsetter.subset(opened)
        opened.flavor = "woff2"
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()
