"""What the page needs to run snippets in the reader's tab: files of the site, and JSON."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from snippetlab import shell
from snippetlab.browser_rules import rules_of
from snippetlab.command import flatten
from snippetlab.entry import Entry
from snippetlab.labs.browser.between import OWN
from snippetlab.labs.browser.image import COPYRIGHTS, MANIFEST, PLACE, STATE, BrowserImage
from snippetlab.labs.job import files_of, place_of, script_of
from snippetlab.library import Library

NONCE = "@nonce@"
"""Stands in the scripts for what the page draws anew for each run."""
_EARLY = "<!-- early -->"
"""Stands in the frame for the links to what it needs."""
_SERVED = ("libv86.mjs", "v86.wasm", "xterm.mjs", "xterm.css", "v86.LICENSE", "xterm.LICENSE")


def site_files(
    image: BrowserImage, library: Library, assets: Path, made: Mapping[str, str]
) -> Iterator[tuple[str, Path | str]]:
    """Path in the site → a file, or its text. `assets` holds the page's own modules.

    `made` are more of them: name → text.

    The binaries lie in a directory named by what they are, so that a browser may keep them.
    """
    binaries = f"{PLACE}{image.manifest['digest'][:16]}/"
    names = [*_SERVED, STATE, MANIFEST, "kernel.config"]
    names += [f"{pack}.tar.gz" for pack in image.manifest["packs"]]
    names += [f"{COPYRIGHTS}/{about['name']}.txt" for about in image.manifest["packages"]]
    sizes, digests = {}, {}
    for name in names:
        yield binaries + name, image.root / name
        sizes[name] = (image.root / name).stat().st_size
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
            yield f"{PLACE}snippets/{id_}.json", json.dumps(job(entry, image), ensure_ascii=False)


def _frame(image: BrowserImage, assets: Path, made: Mapping[str, str], binaries: str) -> str:
    """The frame's document, which asks at once for all that starts a machine.

    The largest comes first: the modules, of which each names the next, would keep it waiting.
    Modules and style sheets are named with their digests; the page looks at those of the rest.
    """
    fetched = [f"{binaries}{STATE}", f"{binaries}v86.wasm", "machine.json"]
    modules = {f"{binaries}{name}": image.root / name for name in ("libv86.mjs", "xterm.mjs")}
    modules |= {path.name: path for path in sorted(assets.glob("*.mjs"))}
    sheets = {f"{binaries}xterm.css": image.root / "xterm.css"}
    links = [f'<link rel="preload" as="fetch" crossorigin href="{name}">' for name in fetched]
    links += [_link("modulepreload", name, path.read_bytes()) for name, path in modules.items()]
    links += [_link("modulepreload", name, text.encode()) for name, text in made.items()]
    links += [_link("stylesheet", name, path.read_bytes()) for name, path in sheets.items()]
    return (assets / "terminal.html").read_text().replace(_EARLY, "\n".join(links))


def _link(kind: str, name: str, content: bytes) -> str:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return f'<link rel="{kind}" href="{name}" integrity="sha256-{digest}">'


def job(entry: Entry, image: BrowserImage) -> dict[str, Any]:
    """A snippet with its chain: what to run, what was recorded, how the two are compared."""
    return {
        "name": entry.snippet.path.name,
        "packs": image.packs_for(entry.programs),
        "files": {
            path: base64.b64encode(content).decode()
            for program in entry.programs
            for path, content in files_of(program).items()
        },
        "chain": [_member(number, member) for number, member in enumerate(entry.chain)],
    }


def _member(number: int, entry: Entry) -> dict[str, Any]:
    commands = entry.program.commands
    steps = entry.recording.transcript.steps if entry.recording else ()
    return {
        "script": place_of(number, entry.program),
        "text": script_of(entry.program, NONCE, OWN),
        "events": shell.events(commands),
        "commands": [
            {
                "prompt": command.prompt,
                "text": command.text,
                "expects": command.expects,
                "settle": command.settle,
                "hidden": command.hidden,
                "shell": command.shell is not None,
                "inside": f"{command.shell.delimiter}#" if command.shell else "",
            }
            for command in flatten(commands)
        ],
        "recorded": [
            {
                "prompt": step.prompt,
                "command": step.command,
                "status": step.status,
                "output": base64.b64encode(step.output).decode(),
            }
            for step in steps
        ],
        "rules": rules_of(entry.snippet),
    }
