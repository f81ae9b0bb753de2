"""The page on what the machine in the reader's tab consists of, as Markdown."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generated.markdown import fill
from reading.languages import ENGLISH, languages
from snippetlab.images.browser.image import COPYRIGHTS, BrowserImage
from snippetlab.project import Project
from snippetlab.show.templates import Templates
from snippetlab.show.words import read_words


def tab_machine_page(image: BrowserImage | None, place: str, templates: Templates) -> str:
    """What the image contains; without one, that there is none.

    `place` leads from the page to where the machine's files lie.
    """
    own = "tab-machine"
    if image is None:
        names = {"v86": "`v86`", "xterm": "`@xterm/xterm`"}
        return fill(templates, "tab_machine.md.jinja", own, id="machine", kernel=None, **names)
    manifest = image.manifest
    npm = {about["name"]: f"`{about['name']}` {about['version']}" for about in manifest["npm"]}
    base = f"{place}{manifest['digest'][:16]}/"
    return fill(
        templates,
        "tab_machine.md.jinja",
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


def sentences(root: Path) -> dict[str, str]:
    """A module with what the machine itself says, in all languages of the checkout.

    A module, which the frame can name with its digest, and all in one: it is small, and nothing
    that could fail stands between the frame and its words.
    """
    names = dict.fromkeys([ENGLISH, *(language.name for language in languages(root))])
    found = {name: read_words(Project(root).words, name)["tab"] for name in names}
    return {"sentences.mjs": f"export const SENTENCES = {json.dumps(found, ensure_ascii=False)}\n"}


def _row(about: Mapping[str, Any], base: str) -> list[str]:
    licences = ", ".join(about["licenses"][:6]) or "copyright"
    url = f"{base}{COPYRIGHTS}/{about['name']}.txt"
    link = Markup('<a href="{}">{}</a>').format(url, licences)
    return [about["name"], about["version"], f"{about['source']} {about['source-version']}", link]
