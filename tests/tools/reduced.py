"""What a job does less than on GitHub's own machines, so that all together take minutes."""

from snippetlab.images.browser.image import find_browser_image
from snippetlab.images.image import find_image, read_recipe
from snippetlab.project import Project, cache_directory
from snippetlab.registry import layers, makers
from snippetlab.run.selection import one_shard
from snippetlab.snippet.library import load_library
from tests.support import ROOT

INSTEAD = {
    # They take minutes, and ask a mirror.
    "make lab machines browser": "make lab browser",
    "make lab machines browser FRESH=--fresh": "make --dry-run lab machines browser FRESH=--fresh",
    "make machines": "make --dry-run machines",
    "sudo make machines": "make --dry-run machines",
    "sudo make lab machines browser": "make --dry-run lab machines browser",
    "make bash-suite": "make --dry-run bash-suite",
    "tools/ci.sh verify 1/1": 'tools/ci.sh verify "$PART"',
    # What runs in a lab as root, among it a snippet that tries to write to the image.
    "sudo --preserve-env=BASE tools/ci.sh tests": "sudo --preserve-env=BASE tools/ci.sh tests -m ''"
    " tests/engine/labs/test_namespace_lab.py"
    " 'tests/snippets/test_recordings.py::test_recording[about/lab]'",
}
"""Step → what is run in its place."""
ALWAYS = {
    "make lab machines browser FRESH=--fresh": "make lab machines browser",
    "sudo --preserve-env=BASE tools/ci.sh tests": "sudo --preserve-env=BASE tools/ci.sh tests"
    " --ignore=tests/tools/test_runner.py",
    "sudo tools/ci.sh tests --whole": "make --dry-run test",
    "make bash-suite": "make --dry-run bash-suite",
}
"""The same in whole runs: what would run the workflows in the workflows has no end."""

VARIABLES = {
    # Of `make check`, what needs seconds, and what needs the history.
    "ONLY": "ruff layout parity translations drafts moved workflows",
    "IMAGES": "base browser",  # the others are ten times as large
    "SNIPPETS": "recorded",  # of a build: the job `snippets` runs some
}
"""What steps find in their environment besides what GitHub sets."""
_OF_LABS = {
    *("browser", "images", "kernels", "layers", "machines", "probes", "proofs", "recipes"),
    *(f"{name}.lock" for name in makers()),
}
"""What a lab keeps in the cache."""


def parts_of_cache(*, whole: bool) -> list[str]:
    """The parts of this user's cache that are those images, or all images."""
    project, names = Project(ROOT), []
    for name in layers() if whole else ("base",):
        recipe = read_recipe(project, name)
        image = find_image(recipe)
        assert image, f"snippetlab lab build {name}"
        names += [f"recipes/{recipe.key}.json", f"images/{image.root.name}"]
    browser = find_browser_image(project)
    assert browser, "snippetlab lab build browser"
    return [*names, f"browser/{browser.root.name}"]


def made_of_pages() -> list[str]:
    """The parts of this user's cache that are no lab's: cards, lemmas and the like, by content."""
    return [path.name for path in cache_directory().iterdir() if path.name not in _OF_LABS]


def small_part(id_: str = "") -> str:
    """A part K/N of all snippets that the namespace lab can run alone, with that one in it."""
    entries = list(load_library(Project(ROOT)).entries.values())
    for part in (f"{k}/{n}" for n in range(80, 200) for k in range(1, n + 1)):
        chosen = [entry.snippet for entry in one_shard(entries, part)]
        labs = {snippet.lab for snippet in chosen if snippet.runs}
        if labs == {"namespace"} and id_ in ("", *(snippet.id for snippet in chosen)):
            return part
    raise AssertionError(f"no part with {id_}")
