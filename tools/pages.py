"""Pages and snippets as a whole: fresh, shown, in both languages, and moved with a redirect."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path

from mkdocs.utils.yaml import yaml_load

from reading.history import UNSHALLOW, is_shallow
from snippetlab.errors import Cure, SourceError, SourcesError
from snippetlab.files import find_pages
from snippetlab.languages import ENGLISH
from snippetlab.project import Project
from snippetlab.show.chart import find_bars
from snippetlab.show.pages import Pages
from snippetlab.show.placeholder import faults_here
from snippetlab.show.values import find_quotations
from snippetlab.show.words import read_words
from snippetlab.snippet.differs import differs_fault
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library
from tools.configurations import FIRST, LANGUAGES, unreadable
from tools.finding import BIN, Finding, as_finding, line_of, tracked


def snippets(root: Path) -> Iterator[Finding]:
    """Recordings that are not fresh, unknown ids and tags, snippets that no page shows."""
    project = Project(root)
    library = read_library(project)
    wrong, references = list(library.faults), []
    pages = find_pages(project.docs)
    shown = Pages(library, pages)
    for check in (shown.check_quotations, shown.references):
        try:
            references = check() or []
        except (SourceError, SourcesError) as error:
            wrong += error.errors if isinstance(error, SourcesError) else [error]
    if wrong:
        yield from dict.fromkeys(as_finding(error, root) for error in wrong)
        return  # what is not shown, and how fresh it is, is known when these are mended
    faults = faults_here(project, library.entries.values())
    yield from (as_finding(fault, root) for fault in faults)
    entries = [entry for entry in library.entries.values() if not entry.snippet.variant]
    changes = read_words(project.words, ENGLISH).tables.get("changes", {})
    for entry in entries:
        if missing := LANGUAGES.keys() - entry.snippet.proves.keys():
            place = f"{entry.snippet.path.relative_to(root)}:{entry.snippet.line_of('proves')}"
            message = f"the claim is not there in every language: {', '.join(sorted(missing))}"
            cure = Cure("claim-languages", 'Write it like: # proves = { ko = "…", en = "…" }')
            yield Finding(place, message, cure)
        yield from _differs(entry, changes, root)
        texts = entry.experiment.texts if entry.experiment else ()
        if lacking := {name for text in texts for name in LANGUAGES.keys() - text.keys()}:
            place = f"{entry.snippet.path.relative_to(root)}:1"
            message = f"not all of its texts are there in {', '.join(sorted(lacking))}"
            cure = Cure("experiment-languages", 'Give each a line for each language: en = "…"')
            yield Finding(place, message, cure)
    used = {id_ for reference in references for id_ in reference.fence.ids}
    used |= {q.id for page in pages for q in (*find_quotations(page), *find_bars(page))}
    used |= {entry.snippet.after for entry in library.entries.values() if entry.snippet.after}
    for entry in entries:
        if (id_ := entry.snippet.id) not in used:
            kind = "experiment" if entry.experiment else "snippet"
            text = f"Show it in a page of both languages with a fence: ```{kind} / {id_} / ```"
            text += f" (or remove it: git rm {entry.snippet.path.relative_to(root)})"
            place = f"{entry.snippet.path.relative_to(root)}:1"
            message = f"no page shows the snippet {id_}"
            yield Finding(place, message, Cure("unshown-snippet", text))


def _differs(entry: Entry, changes: Mapping[str, str], root: Path) -> Iterator[Finding]:
    """What is wrong with the tag `differs`: missing, stale, in one language, of no known kind."""
    if fault := differs_fault(entry):
        yield as_finding(fault, root)
    if not (why := entry.snippet.differs):
        return
    place = f"{entry.snippet.path.relative_to(root)}:{entry.snippet.line_of('differs')}"
    if missing := LANGUAGES.keys() - why.texts.keys():
        message = f"`differs` is not there in every language: {', '.join(sorted(missing))}"
        text = 'Write it like: # differs = { kind = "…", ko = "…", en = "…" }'
        yield Finding(place, message, Cure("differs-languages", text))
    if why.kind not in changes:
        text = (
            f"Use one of: {', '.join(changes)}; or name it in docs/words, in the table `changes`."
        )
        message = f"`{why.kind}` is no kind of change"
        yield Finding(place, message, Cure("differs-kind", text))


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
    for language, other in permutations(LANGUAGES, 2):
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
                cure = Cure("navigation", f"Add a line to its chapter there: - {page}")
                yield Finding(f"docs/{language}/{page}:1", message, cure)


def moved(root: Path) -> Iterator[Finding]:
    """Pages that the history knows, and that are gone without a redirect."""
    if faults := list(unreadable(root)):
        yield from faults
        return
    configuration = root / LANGUAGES[FIRST]
    if is_shallow(root):
        place = f"{LANGUAGES[FIRST]}:{line_of(configuration, 'redirect_maps:')}"
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
        place = f"{LANGUAGES[FIRST]}:{line_of(configuration, 'redirect_maps:')}"
        yield Finding(place, f"{page} is gone, and its address leads nowhere", cure)
    for page in redirects:
        if page in there:
            place = f"{LANGUAGES[FIRST]}:{line_of(configuration, f'{page}:')}"
            message = f"{page} is a page, and this line would put a redirect in its place"
            yield Finding(place, message, "Take the line out.")


def _git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def _below(tree: Path) -> set[Path]:
    """A language's pages, relative to its directory."""
    return {page.relative_to(tree) for page in find_pages(tree)}
