"""What reads each kind of file of a checkout."""

from collections.abc import Callable

from generated.corpus import read_corpus
from generated.programs import read_programs
from reading.asked import read_asked
from reading.glossary import read_glossary
from snippetlab.files import find_pages
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.run.lock import read_lock
from snippetlab.run.twin import read_twins
from snippetlab.run.verification import read_verification
from snippetlab.show.page import read_page
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import load_library

Reader = Callable[[Project], object]

READERS: dict[str, Reader] = {
    "snippets/a/x.sh": load_library,
    "snippets/a/y.txt": load_library,
    "snippets/a/z.out": lambda project: _recording(project),
    "docs/en/x.md": lambda project: Pages(
        load_library(project), find_pages(project.docs)
    ).references(),
    "docs/en/y.md": lambda project: read_page(project.docs / "en/y.md"),
    "docs/glossary.yml": lambda project: read_glossary(project.docs / "glossary.yml"),
    "docs/search.toml": lambda project: read_asked(project.docs / "search.toml", project.docs),
    "docs/commands.yml": lambda project: read_programs(project.docs / "commands.yml"),
    "tests/snippets/without.toml": lambda project: read_twins(
        project.root / "tests/snippets/without.toml"
    ),
    "tests/hostile/guards.toml": lambda project: read_corpus(project.root / "tests/hostile"),
    "snippets/verification.json": lambda project: read_verification(
        project.snippets / "verification.json"
    ),
    "lab/lock.toml": lambda project: read_lock(project.lab / "lock.toml"),
    "lab/base.toml": read_recipe,
    "lab/base.sh": read_recipe,
}
"""Each kind of file that the engine reads → what reads it."""


def _recording(project: Project) -> object:
    fault = load_library(project).entries["a/z"].unreadable
    if fault:
        raise fault
    return fault
