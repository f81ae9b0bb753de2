"""Pages and snippets as a whole: fresh, shown, in both languages, with links that lead on."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from reading.history import UNSHALLOW, is_shallow
from reading.mistakes import in_configuration
from snippetlab.block import anchor
from snippetlab.chart import find_bars
from snippetlab.errors import Cure, EngineError, SourceError, SourcesError
from snippetlab.fence import find_references
from snippetlab.files import find_pages
from snippetlab.library import read_library
from snippetlab.page import read_page
from snippetlab.placeholder import faults_here
from snippetlab.project import Project
from snippetlab.values import find_quotations
from tools.finding import BIN, Finding, output_of, tracked
from tools.headings import headings

LANGUAGES = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}
"""Language → the configuration of its site."""


def snippets(root: Path) -> Iterator[Finding]:
    """Recordings that are not fresh, unknown ids and tags, snippets that no page shows."""
    project = Project(root)
    library = read_library(project)
    wrong, references = list(library.faults), []
    for check in (library.check_quotations, library.references):
        try:
            references = check(project.docs) or []
        except (SourceError, SourcesError) as error:
            wrong += error.errors if isinstance(error, SourcesError) else [error]
    if wrong:
        yield from dict.fromkeys(_as_finding(error, root) for error in wrong)
        return  # what is not shown, and how fresh it is, is known when these are mended
    faults = faults_here(project, library.entries.values())
    yield from (_as_finding(fault, root) for fault in faults)
    for entry in library.entries.values():
        if missing := LANGUAGES.keys() - entry.snippet.proves.keys():
            place = f"{entry.snippet.path.relative_to(root)}:{entry.snippet.line_of('proves')}"
            message = f"the claim is not there in every language: {', '.join(sorted(missing))}"
            cure = Cure("claim-languages", 'Write it like: # proves = { ko = "…", en = "…" }')
            yield Finding(place, message, cure)
    pages = list(find_pages(project.docs))
    used = {id_ for reference in references for id_ in reference.fence.ids}
    used |= {q.id for page in pages for q in (*find_quotations(page), *find_bars(page))}
    used |= {entry.snippet.after for entry in library.entries.values() if entry.snippet.after}
    for id_, entry in library.entries.items():
        if id_ not in used:
            text = f"Show it in a page of both languages with a fence: ```snippet / {id_} / ```"
            text += f" (or remove it: git rm {entry.snippet.path.relative_to(root)})"
            place = f"{entry.snippet.path.relative_to(root)}:1"
            message = f"no page shows the snippet {id_}"
            yield Finding(place, message, Cure("unshown-snippet", text))


def drafts(root: Path) -> Iterator[Finding]:
    """What `make page` left to be written."""
    for name in tracked("docs/**.md", "snippets", *LANGUAGES.values(), root=root):
        lines = (root / name).read_bytes().decode(errors="replace").split("\n")
        for number, line in enumerate(lines, 1):
            if re.search(r"(?<!`)\bTODO", line):
                cure = Cure("todo", "Write what stands for it.")
                yield Finding(f"{name}:{number}", "TODO is left", cure)


def content(root: Path) -> Iterator[Finding]:
    """What every page must have, and what none may say: tests/site/test_pages.py."""
    command = [str(BIN / "pytest"), "-q", "--tb=line", "-p", "no:cacheprovider"]
    command.append("tests/site/test_pages.py")
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    pattern = r"(?:AssertionError: |Failed: )(?:\S*/)?(docs/\S+?\.md)(?::(\d+))?: (.*)"
    found = re.findall(pattern, done.stdout)
    for page, line, message in dict.fromkeys(found):
        what, _, cure = message.partition("; ")
        yield Finding(f"{page}:{line or 1}", what, cure or "Mend the page.")
    if done.returncode and not found:
        raise RuntimeError(done.stdout + done.stderr)


def translations(root: Path) -> Iterator[Finding]:
    """Pages that only one language has, and pages that a navigation lacks."""
    trees = {language: _below(root / "docs" / language) for language in LANGUAGES}
    for language, other in (("ko", "en"), ("en", "ko")):
        for page in sorted(trees[language] - trees[other]):
            id_ = page.with_suffix("").as_posix()
            message = f"docs/{other}/{page} is missing: every page is in both languages"
            cure = Cure("page-twin", f"Begin it: make page ID={id_}")
            yield Finding(f"docs/{language}/{page}:1", message, cure)
    for language, configuration in LANGUAGES.items():
        navigation = (root / configuration).read_text(encoding="utf-8")
        for page in sorted(trees[language]):
            if not re.search(rf"(?:^|[ :]){re.escape(page.as_posix())}$", navigation, re.MULTILINE):
                message = f"the navigation of {configuration} lacks this page"
                cure = Cure("navigation", f"Add a line to its chapter there: - Title: {page}")
                yield Finding(f"docs/{language}/{page}:1", message, cure)


def moved(root: Path) -> Iterator[Finding]:
    """Pages that the history knows, and that are gone without a redirect."""
    if faults := list(_unreadable(root)):
        yield from faults
        return
    configuration = root / LANGUAGES["ko"]
    if is_shallow(root):
        place = f"{LANGUAGES['ko']}:{_line_of(configuration, 'redirect_maps:')}"
        message = "this clone is shallow, and which pages moved is in the history that it lacks"
        yield Finding(place, message, UNSHALLOW)
        return
    plugins = yaml_load(configuration.read_text(encoding="utf-8"))["plugins"]
    redirects = plugins["redirects"]["redirect_maps"] or {}
    deleted = ("--format=", "--name-only", "--no-renames", "--diff-filter=D")
    trees = [f"docs/{language}" for language in LANGUAGES]
    names = _git(root, "log", *deleted, "HEAD", "--", *trees)
    names += _git(root, "diff", *deleted[1:], "HEAD", "--", *trees)
    there = {page for tree in trees for page in map(str, _below(root / tree))}
    gone = {name.split("/", 2)[2] for name in names if name.endswith(".md")} - there
    for page in sorted(gone - redirects.keys()):
        cure = f"Say where it went, below redirect_maps: {page}: NEW.md"
        place = f"{LANGUAGES['ko']}:{_line_of(configuration, 'redirect_maps:')}"
        yield Finding(place, f"{page} is gone, and its address leads nowhere", cure)
    for page in redirects:
        if page in there:
            place = f"{LANGUAGES['ko']}:{_line_of(configuration, f'{page}:')}"
            message = f"{page} is a page, and this line would put a redirect in its place"
            yield Finding(place, message, "Take the line out.")


def _git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def links(root: Path) -> Iterator[Finding]:
    """What a strict build refuses, and links in the built site that lead nowhere."""
    if faults := list(_unreadable(root)):
        yield from faults
        return
    with tempfile.TemporaryDirectory(prefix="site-") as directory:
        found: list[Finding] = []
        for language, configuration in LANGUAGES.items():
            below = Path(directory) / ("" if language == "ko" else language)
            found += _built(root, configuration, language, below)
        # What MkDocs saw in the sources is not said again of what it made of them.
        yield from found or _followed(Path(directory), root)


def _unreadable(root: Path) -> Iterator[Finding]:
    """Mistakes in the YAML of the configurations, without which nothing can be built."""
    for configuration in LANGUAGES.values():
        try:
            with (root / configuration).open(encoding="utf-8") as file:
                yaml_load(file)
        except ConfigurationError as error:
            if fault := in_configuration(root / configuration, error):
                yield _as_finding(fault, root)
                return  # the other inherits from it


def _built(root: Path, configuration: str, language: str, below: Path) -> Iterator[Finding]:
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
        line = _line_of(root / place, target[1] if target else "")
        cure = _nearest(root / place, target[1] if target else "", root)
        if "'nav' configuration" in warning:
            place, line = configuration, _line_of(root / configuration, page[1] if page else "")
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
        yield anchor(reference.fence.ids)
        for id_ in reference.fence.ids:
            entry = library.entries.get(id_)
            yield from (
                f"{anchor([id_])}-{name}" for name in (entry.step_names if entry else ()) if name
            )


def _followed(site: Path, root: Path) -> Iterator[Finding]:
    """Lychee's complaints about the built site, said of the page's source where that is known."""
    command = ["lychee", "--offline", "--include-fragments", "--no-progress", "--mode=plain"]
    command += ["--root-dir", str(site), "--index-files=index.html", "--format=json", str(site)]
    errors = re.sub(r"^[^{]*", "", output_of(*command, faults=2)[0], count=1)
    for page, found in json.loads(errors).get("error_map", {}).items():
        built = Path(page).relative_to(site)
        language = "en" if built.parts[0] == "en" else "ko"
        inner = built.relative_to("en") if language == "en" else built
        for source in (Path(f"{inner.parent}.md"), inner.parent / "index.md"):
            if (root / "docs" / language / source).is_file():
                place = f"docs/{language}/{source}"
                break
        else:
            place = f"docs/overrides ({built})"
        for error in found:
            address = error["url"].replace(f"file://{site}", "")
            line = _line_of(root / place, address.rpartition("#")[2] or address)
            message = f"a link to {address} leads nowhere: {error['status']['text']}"
            yield Finding(f"{place}:{line}", message, "Name a page or a heading that is there.")


def _line_of(path: Path, text: str) -> int:
    """The first line that holds the text; 1 if none does."""
    if not text or not path.is_file():
        return 1
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _below(tree: Path) -> set[Path]:
    """A language's pages, relative to its directory."""
    return {page.relative_to(tree) for page in find_pages(tree)}


def _as_finding(error: EngineError, root: Path) -> Finding:
    assert isinstance(error, SourceError)
    path = error.path.relative_to(root) if error.path.is_relative_to(root) else error.path
    message, _, cure = str(error).partition("\n    ")
    return Finding(f"{path}:{error.line}", message.split(": ", 1)[1], cure)
