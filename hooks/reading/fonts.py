"""The site's two fonts, each cut down to the characters that its pages use."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from reading.kept import once, write

WEIGHTS = (400, 700)
_FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "tnum"]
_RECIPE = "1"
"""Changes when what is made of a font does."""


@dataclass(frozen=True)
class Font:
    role: str
    """`text` or `code`: the name of its file."""
    family: str
    """Its name in style sheets. Not that of its source, which the source's licence reserves."""
    source: Path

    @property
    def present(self) -> bool:
        return self.source.is_file()


def fonts_in(directory: Path) -> tuple[Font, ...]:
    """The fonts that tools/fonts.py put there; none if one is missing."""
    fonts = (
        Font("text", "Site Text", directory / "text.woff2"),
        Font("code", "Site Code", directory / "code.woff2"),
    )
    return fonts if all(font.present for font in fonts) else ()


def subset(
    font: Font, characters: frozenset[str], cache: Path, say: Callable[[str], None]
) -> bytes:
    """WOFF2 with what the font has of the characters, in weights from 400 to 700.

    Takes seconds, as a line says; the same is taken from the cache. Equal input gives equal bytes.
    """
    wanted = "".join(sorted(characters))
    tools = f"{_RECIPE} {version('fonttools')} {version('brotli')} {font.family}"
    key = hashlib.sha256(font.source.read_bytes() + f"{tools} {wanted}".encode()).hexdigest()
    path = cache / f"{key}.woff2"
    if path.is_file():
        path.touch()
        return path.read_bytes()
    seconds = round(1 + 2e-6 * font.source.stat().st_size)
    say(f"cutting the font {font.role} down to {len(wanted)} characters: some {seconds} s …")
    data = _cut(font, wanted, cache)
    write(path, data)
    _forget(cache)
    return data


def unpacked(woff2: bytes) -> bytes:
    """The same font as TrueType has it, which is opened in no time.

    WOFF2 keeps outlines as a stream that must be read to its end: of 14,000 glyphs, for seconds.
    """
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    with TTFont(io.BytesIO(woff2), recalcTimestamp=False, recalcBBoxes=False) as opened:
        opened.flavor = None
        opened.save(out, reorderTables=None)
    return out.getvalue()


def lacking(font: Path, characters: frozenset[str]) -> set[str]:
    """The characters that a font file has no glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(font) as opened:
        known = opened.getBestCmap()
    return {character for character in characters if ord(character) not in known}


def _cut(font: Font, characters: str, cache: Path) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=_FEATURES, hinting=False, notdef_outline=True)
    woff2 = font.source.read_bytes()
    key = f"{_RECIPE}-{version('fonttools')}-{hashlib.sha256(woff2).hexdigest()}"
    whole = once(cache / f"{key}.ttf", lambda: unpacked(woff2))
    with (
        TTFont(io.BytesIO(whole), recalcTimestamp=False) as opened,
        TTFont(io.BytesIO(woff2)) as packed,
    ):
        opened.flavorData = packed.flavorData  # its version, which is written again
        subsetter = Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(opened)
        instantiateVariableFont(opened, {"wght": WEIGHTS}, inplace=True)
        for record in opened["name"].names:
            if record.nameID in {1, 3, 4, 16}:
                record.string = font.family
            elif record.nameID in {6, 25}:
                record.string = font.family.replace(" ", "")
        opened.flavor = "woff2"
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def _forget(cache: Path, keep: int = 16) -> None:
    """Leave what was used last."""
    for kind in ("*.woff2", "*.ttf"):
        found = sorted(cache.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[keep:]:
            path.unlink(missing_ok=True)
