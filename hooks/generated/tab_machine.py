"""The page on what the machine in the reader's tab consists of, as Markdown."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from generated.template import fill
from snippetlab.labs.browser.image import COPYRIGHTS, LINK, BrowserImage
from snippetlab.words import Words


def tab_machine_page(image: BrowserImage | None, words: Words) -> str:
    """What the image contains; without one, that there is none."""
    own = words["tab-machine"]
    if image is None:
        names = {"v86": "`v86`", "xterm": "`@xterm/xterm`"}
        return fill("tab_machine.md", own, id="machine", kernel=None, **names)
    manifest = image.manifest
    npm = {about["name"]: f"`{about['name']}` {about['version']}" for about in manifest["npm"]}
    base = f"{LINK}{manifest['digest'][:16]}/"
    return fill(
        "tab_machine.md",
        own,
        id="machine",
        memory=image.memory,
        suite=manifest["suite"],
        kernel={name: manifest["kernel"][name] for name in ("release", "package", "version")},
        base=base,
        packages=[_row(about, base) for about in manifest["packages"]],
        v86=npm["v86"],
        xterm=npm["@xterm/xterm"],
    )


def _row(about: Mapping[str, Any], base: str) -> list[str]:
    licences = ", ".join(about["licenses"][:6]) or "copyright"
    url = f"{base}{COPYRIGHTS}/{about['name']}.txt"
    link = Markup('<a href="{}">{}</a>').format(url, licences)
    return [about["name"], about["version"], f"{about['source']} {about['source-version']}", link]
