"""The site's two fonts, each cut down to the characters that its pages use."""

import hashlib
import io
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

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


def subset(font: Font, characters: frozenset[str], cache: Path) -> bytes:
    """WOFF2 with what the font has of the characters, in weights from 400 to 700.

    Takes seconds; the same is taken from the cache. Equal input gives equal bytes.
    """
    wanted = "".join(sorted(characters))
    tools = f"{_RECIPE} {version('fonttools')} {version('brotli')} {font.family}"
    key = hashlib.sha256(font.source.read_bytes() + f"{tools} {wanted}".encode()).hexdigest()
    path = cache / f"{key}.woff2"
    if path.is_file():
        path.touch()
        return path.read_bytes()
    data = _cut(font, wanted)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=cache, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
    _forget(cache)
    return data


def lacking(font: Path, characters: frozenset[str]) -> set[str]:
    """The characters that a font file has no glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(font) as opened:
        known = opened.getBestCmap()
    return {character for character in characters if ord(character) not in known}


def _cut(font: Font, characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=_FEATURES, hinting=False, notdef_outline=True)
    with TTFont(font.source, recalcTimestamp=False) as opened:
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
    """Leave the subsets used last."""
    found = sorted(cache.glob("*.woff2"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[keep:]:
        path.unlink(missing_ok=True)
