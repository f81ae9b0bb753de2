"""Links: what a strict build refuses of the pages, and what leads nowhere in the built site."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from itertools import chain, repeat
from pathlib import Path

from snippetlab.errors import Cure
from snippetlab.project import Project
from snippetlab.show.anchors import anchor, note_anchor
from snippetlab.show.fence import find_references
from snippetlab.show.page import read_page
from snippetlab.snippet.library import read_library
from tools.configurations import FIRST, LANGUAGES, unreadable
from tools.finding import BIN, Finding, line_of, output_of
from tools.headings import headings


def links(root: Path) -> Iterator[Finding]:
    """What a strict build refuses, and links in the built site that lead nowhere."""
    if faults := list(unreadable(root)):
        yield from faults
        return
    with (
        tempfile.TemporaryDirectory(prefix="site-") as directory,
        ThreadPoolExecutor(max_workers=len(LANGUAGES)) as pool,
    ):
        # Side by side, since each begins with emptying where it builds.
        sites = [Path(directory) / language for language in LANGUAGES]
        found = list(pool.map(_built, repeat(root), LANGUAGES.values(), LANGUAGES, sites))
        if findings := list(chain.from_iterable(found)):
            # What MkDocs saw in the sources is not said again of what it made of them.
            yield from findings
            return
        whole = sites[0]
        for language, site in zip(list(LANGUAGES)[1:], sites[1:], strict=True):
            site.rename(whole / language)
        yield from _followed(whole, root)


def _built(root: Path, configuration: str, language: str, below: Path) -> list[Finding]:
    """What a strict build of one language refuses."""
    return list(_refused(root, configuration, language, below))


def _refused(root: Path, configuration: str, language: str, below: Path) -> Iterator[Finding]:
    command = [str(BIN / "mkdocs"), "build", "--strict", "--config-file", configuration]
    environment = os.environ | {"SNIPPETS": "recorded", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "--site-dir", str(below)],
        cwd=root,
        capture_output=True,
        text=True,
        env=environment,
    )
    if not done.returncode:
        return
    engine = re.findall(r"(?m)(\S+:\d+): (.+)\n    (?! )(.+)$", done.stderr)
    yield from (Finding(place.removeprefix(f"{root}/"), *found) for place, *found in engine)
    warnings = re.findall(r"^WARNING +- +(.*)$", done.stderr, re.MULTILINE)
    for warning in dict.fromkeys(warnings):
        if "not included in the" in warning:  # `translations` names them all
            continue
        page = re.search(r"(?:[Dd]oc file )?'([^']+\.md)'", warning)
        place = f"docs/{language}/{page[1]}" if page else configuration
        target = re.search(r"(?:link|target) '([^']+)'", warning)
        line = line_of(root / place, target[1] if target else "")
        cure = _nearest(root / place, target[1] if target else "", root)
        if "'nav' configuration" in warning:
            place, line = configuration, line_of(root / configuration, page[1] if page else "")
            cure = "Write the page, or take its line out."
        yield Finding(f"{place}:{line}", warning, cure)
    if not engine and not warnings:
        raise RuntimeError(done.stderr or done.stdout)


def _nearest(page: Path, target: str, root: Path) -> str:
    """What to say of a link that leads nowhere."""
    path, _, heading = target.partition("#")
    linked = (page.parent / path).resolve() if path else page
    if heading and linked.is_file():
        names = [f"{path}#{id_}" for id_ in _ids(linked, root)]
    else:
        there = linked.parent.glob("*.md") if linked.parent.is_dir() else ()
        names = [(Path(path).parent / page.name).as_posix() for page in there]
        target = path
    near = get_close_matches(target, names, n=1)
    text = f"Did you mean {near[0]}?" if near else "Name a page or a heading that is there."
    return Cure("link-target", text)


def _ids(page: Path, root: Path) -> Iterator[str]:
    """Of its headings, its transcripts and their steps."""
    yield from (id_ for _, _, id_ in headings(read_page(page)))
    library = read_library(Project(root))
    for reference in find_references(page):
        yield reference.fence.anchor
        yield from (note_anchor(reference.fence.ids[0], n.step) for n in reference.fence.notes)
        for id_ in reference.fence.ids:
            entry = library.entries.get(id_)
            names = entry.step_names if entry and not entry.experiment else ()
            yield from (f"{anchor([id_])}-{name}" for name in names if name)


def _followed(site: Path, root: Path) -> Iterator[Finding]:
    """Lychee's complaints about the built site, said of the page's source where that is known."""
    command = ["lychee", "--offline", "--include-fragments", "--no-progress", "--mode=plain"]
    command += ["--root-dir", str(site), "--index-files=index.html", "--format=json", str(site)]
    errors = re.sub(r"^[^{]*", "", output_of(*command, faults=2)[0], count=1)
    for page, found in json.loads(errors).get("error_map", {}).items():
        built = Path(page).relative_to(site)
        language = built.parts[0] if built.parts[0] in LANGUAGES else FIRST
        inner = built if language == FIRST else built.relative_to(language)
        for source in (Path(f"{inner.parent}.md"), inner.parent / "index.md"):
            if (root / "docs" / language / source).is_file():
                place = f"docs/{language}/{source}"
                break
        else:
            place = f"docs/overrides ({built})"
        for error in found:
            address = error["url"].replace(f"file://{site}", "")
            line = line_of(root / place, address.rpartition("#")[2] or address)
            message = f"a link to {address} leads nowhere: {error['status']['text']}"
            yield Finding(f"{place}:{line}", message, "Name a page or a heading that is there.")
