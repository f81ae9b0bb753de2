"""What the site serves for the machine in the reader's tab, and for the snippets that it runs."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from snippetlab.images.browser.image import COPYRIGHTS, MANIFEST, PLACE, STATE, BrowserImage
from snippetlab.labs.browser.job import job
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import Library

_EARLY = "<!-- early -->"
"""Stands in the frame for the links to what it needs."""
_STARTING = (STATE, "libv86.mjs", "v86.wasm", "xterm.mjs", "xterm.css")
"""What starts a machine."""
_SERVED = (*_STARTING, "v86.LICENSE", "xterm.LICENSE")


def downloads(image: BrowserImage, entry: Entry) -> dict[str, int]:
    """What a tab gets before it runs the snippet: part → bytes, where `machine` starts one."""
    packs = image.packs_for(entry.programs)
    parts = {"machine": _STARTING} | {pack: (f"{pack}.tar.gz",) for pack in packs}
    return {name: sum(map(image.size, files)) for name, files in parts.items()}


def site_files(
    image: BrowserImage, library: Library, assets: Path, made: Mapping[str, str]
) -> Iterator[tuple[str, Path | str]]:
    """Path in the site → a file, or its text. `assets` holds the page's own modules.

    `made` are more of them: name → text.

    The binaries lie in a directory named by what they are, so that a browser may keep them.
    """
    binaries = f"{PLACE}{image.manifest['digest'][:16]}/"
    names = [*_SERVED, MANIFEST, "kernel.config"]
    names += [f"{pack}.tar.gz" for pack in image.manifest["packs"]]
    names += [f"{COPYRIGHTS}/{about['name']}.txt" for about in image.manifest["packages"]]
    sizes, digests = {}, {}
    for name in names:
        yield binaries + name, image.root / name
        sizes[name] = image.size(name)
        if name.endswith((".gz", ".wasm", ".zst")):  # what the page fetches as bytes
            digests[name] = hashlib.sha256((image.root / name).read_bytes()).hexdigest()
    about: dict[str, Any] = {"binaries": binaries.removeprefix(PLACE)}
    about |= {"sizes": sizes, "digests": digests}
    about |= {"memory": image.memory, "window": image.manifest["window"]}
    about |= {"kernel": image.manifest["kernel"]["kind"]}
    about |= {"release": image.release, "state": STATE, "packs": list(image.manifest["packs"])}
    yield f"{PLACE}machine.json", json.dumps(about)
    yield f"{PLACE}terminal.html", _frame(image, assets, made, about["binaries"])
    yield from ((PLACE + name, text) for name, text in made.items())
    for id_, entry in library.entries.items():
        if entry.snippet.browser:
            yield f"{PLACE}snippets/{id_}.json", json.dumps(job(entry, image))


def _frame(image: BrowserImage, assets: Path, made: Mapping[str, str], binaries: str) -> str:
    """The frame's document, which asks at once for all that starts a machine.

    The largest comes first: the modules, of which each names the next, would keep it waiting.
    Modules and style sheets are named with their digests; the page looks at those of the rest.
    """
    fetched = [f"{binaries}{STATE}", f"{binaries}v86.wasm", "machine.json"]
    modules = {f"{binaries}{name}": image.root / name for name in ("libv86.mjs", "xterm.mjs")}
    modules |= {path.name: path for path in sorted(assets.glob("*.mjs"))}
    sheets = {f"{binaries}xterm.css": image.root / "xterm.css"}
    preload = Markup('<link rel="preload" as="fetch" crossorigin href="{}">')
    links = [preload.format(name) for name in fetched]
    links += [_link("modulepreload", name, path.read_bytes()) for name, path in modules.items()]
    links += [_link("modulepreload", name, text.encode()) for name, text in made.items()]
    links += [_link("stylesheet", name, path.read_bytes()) for name, path in sheets.items()]
    return (assets / "terminal.html").read_text().replace(_EARLY, "\n".join(links))


def _link(kind: str, name: str, content: bytes) -> Markup:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    link = Markup('<link rel="{}" href="{}" integrity="sha256-{}">')
    return link.format(kind, name, digest)
