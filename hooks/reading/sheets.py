"""One style sheet instead of a page's many: nothing is painted before the last of them has come.

Each one asks for a connection and a round trip of its own; on a slow line that is most of the time
until the first text. The name has a hash, so that browsers may keep it. What they say stays in its
order, and with it what wins.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

_LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^":?#]+)">\n?')
_PLACE = PurePosixPath("assets/stylesheets")
_TOKEN = re.compile(
    r'/\*.*?\*/|(?P<url>url\(\s*(?P<quote>["\']?))(?P<to>.*?)(?P<end>(?P=quote)\s*\))'
    r'|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'',
    re.S,
)
_SWITCHING = re.compile(
    r"\[data-md-color-switching\] \*(?:,\[data-md-color-switching\] :(?:before|after))*\{[^}]*\}"
)
"""Material's rule for the moment in which the scheme is switched, which its script says also when a
page is opened. It names every element, so all of them are styled anew, twice. Without it links and
code fade to the other scheme in an eighth of a second."""


def write_sheets(site: Path, pages: Iterable[Path], base: str) -> None:
    """Put one link into each page instead of all to the site's style sheets, and write the sheet.

    `base` is the path of the site on its server, with which links of 404.html begin.
    """
    names: dict[tuple[PurePosixPath, ...], str] = {}
    for page in pages:
        html = page.read_text(encoding="utf-8")
        here = PurePosixPath(page.relative_to(site).as_posix()).parent
        links = _LINK.findall(html)
        if len(links) < 2:
            continue
        sheets = tuple(_found(link, here, base) for link in links)
        if sheets not in names:
            names[sheets] = _write(site, sheets)
        # From the page to the site: as its first link has it, whose file is known now.
        up = links[0].removesuffix(sheets[0].as_posix())
        page.write_text(_one(html, names[sheets], up), encoding="utf-8")


def _one(html: str, name: str, up: str) -> str:
    """A page with one link in the place of the first, and none in that of the others."""
    link = f'      <link rel="stylesheet" href="{up}{_PLACE / name}">\n'
    at = _LINK.search(html)
    assert at
    return html[: at.start()] + link + _LINK.sub("", html[at.start() :])


def _found(link: str, here: PurePosixPath, base: str) -> PurePosixPath:
    """The file that a link of the page in `here` means, relative to the site."""
    path = link.removeprefix(base) if link.startswith("/") else here / link
    return PurePosixPath(os.path.normpath(path))


def _write(site: Path, sheets: tuple[PurePosixPath, ...]) -> str:
    """The name of the file in which all of them are."""
    text = "".join(_moved((site / sheet).read_text(encoding="utf-8"), sheet) for sheet in sheets)
    text = _SWITCHING.sub("", text)
    name = f"all.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
    (site / _PLACE / name).write_text(text, encoding="utf-8")
    return name


def _moved(text: str, sheet: PurePosixPath) -> str:
    """A sheet as it is read in the place of the joined one: addresses lead there; no comments."""

    def moved(found: re.Match[str]) -> str:
        if found[0].startswith("/*"):
            return ""
        to = found["to"]
        if not to or to.startswith(("data:", "#", "/")):
            return found[0]
        return f"{found['url']}{os.path.relpath(sheet.parent / to, _PLACE)}{found['end']}"

    lines = _TOKEN.sub(moved, text).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"
