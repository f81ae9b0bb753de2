"""The style sheets and the scripts that transcripts come with, for any theme.

They follow the colour scheme of the page, by what it says of itself: see assets/transcript.css.
"""

from pathlib import Path

PLACE = "assets/snippetlab/"
"""Where they lie in a site, below its root."""
_NAMES = ("transcript", "steps", "columns", "versions", "sgr", "source", "chart", "experiment")
STYLES = tuple(f"{PLACE}{name}.css" for name in _NAMES)
SCRIPTS = (f"{PLACE}transcript.js", f"{PLACE}versions.js")


def path_of(name: str) -> Path:
    """The file that a site has there."""
    return Path(__file__).with_name("assets") / name.removeprefix(PLACE)
