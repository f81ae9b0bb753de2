"""What `snippetlab init` writes into a site, and never writes over."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory

Init = Callable[..., tuple[int, str]]


@pytest.fixture
def init(
    laboratory: Laboratory,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Init:
    """In a directory that has a lab's recipe, and nothing else."""
    (project.root / "mkdocs.yml").unlink()
    project.docs.rmdir()
    monkeypatch.chdir(project.root)

    def init(*arguments: str) -> tuple[int, str]:
        status = main([*(arguments or ["init", "--no-build"])])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return init


def everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_directory_becomes_a_site_with_a_recorded_snippet(init: Init, project: Project) -> None:
    status, said = init()
    assert status == 0
    configuration = (project.root / "mkdocs.yml").read_text().splitlines()
    assert configuration == [f"site_name: {project.root.name}", "plugins: [search, snippetlab]"]
    assert "```snippet\nfirst/hello\n```" in (project.docs / "first-snippet.md").read_text()
    assert main(["verify"]) == 0
    assert "docs/first-snippet.md: written" in said


def test_a_second_run_says_so_and_changes_nothing(init: Init, project: Project) -> None:
    init()
    before = everything(project.root)
    status, said = init()
    assert status == 0
    assert re.findall(r"^(\S+): .*already$", said, re.MULTILINE) == [
        *("mkdocs.yml", "snippets/first/hello.sh", "docs/first-snippet.md")
    ]
    assert everything(project.root) == before


def test_what_is_there_is_not_written_over(init: Init, project: Project) -> None:
    project.docs.mkdir()
    mine = project.docs / "first-snippet.md"
    mine.write_text("mine\n")
    (project.root / "mkdocs.yml").write_text("site_name: x\nnav:\n  - index.md\n")
    assert init()[0] == 0
    assert mine.read_text() == "mine\n"
    assert not (project.docs / "index.md").exists()
    assert "first-snippet" not in (project.root / "mkdocs.yml").read_text()


LAYOUTS = {
    "a list on lines of their own, with comments": (
        "plugins:\n  - search:  # full text\n      lang: en\n\n  # the last\n  - tags\n# theme\n",
        "plugins:\n  - search:  # full text\n      lang: en\n\n  # the last\n  - tags\n"
        "  - snippetlab\n# theme\n",
    ),
    "a list that is not indented": ("plugins:\n- search\n", "plugins:\n- search\n- snippetlab\n"),
    "a list in brackets": ("plugins: [search]  # one", "plugins: [search, snippetlab]  # one"),
    "brackets over several lines": (
        "plugins: [\n  search,\n  tags,  # all\n]\n",
        "plugins: [\n  search,\n  tags, snippetlab,  # all\n]\n",
    ),
    "a list with nothing in it": ("plugins: []\n", "plugins: [snippetlab]\n"),
    "a mapping": (
        "plugins:\n    search: {}\n    tags:\ntheme: x\n",
        "plugins:\n    search: {}\n    tags:\n    snippetlab: {}\ntheme: x\n",
    ),
    "tags of MkDocs": (
        "plugins:\n  - search\n  - !ENV [MORE, tags]\nx: !!python/name:a.b\n",
        "plugins:\n  - search\n  - !ENV [MORE, tags]\n  - snippetlab\nx: !!python/name:a.b\n",
    ),
    "line ends of Windows": (
        "plugins:\r\n  - search\r\nstrict: true\r\n",
        "plugins:\r\n  - search\r\n  - snippetlab\r\nstrict: true\r\n",
    ),
    "none": ("strict: true", "strict: true\nplugins: [search, snippetlab]\n"),
    "a text that goes on": (
        "plugins:\n  - a:\n      b: |\n        c\n\n\nstrict: true\n",
        "plugins:\n  - a:\n      b: |\n        c\n  - snippetlab\n\n\nstrict: true\n",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_plugin_is_added_as_the_file_is_laid_out(
    layout: str, init: Init, project: Project
) -> None:
    """All else is the same to the byte."""
    before, after = LAYOUTS[layout]
    path = project.root / "mkdocs.yml"
    path.write_bytes(f"site_name: x\n{before}".encode())
    assert init()[0] == 0
    assert path.read_bytes().decode() == f"site_name: x\n{after}"


def test_the_page_is_added_to_the_navigation_in_the_site_s_docs(
    init: Init, project: Project
) -> None:
    (project.root / "pages").mkdir()
    path = project.root / "mkdocs.yml"
    text = "docs_dir: pages\nnav:\n  - Home: index.md\n  - More:\n      - a.md\nplugins: [search]\n"
    path.write_text(text)
    assert init()[0] == 0
    assert path.read_text() == text.replace(
        "      - a.md\n", "      - a.md\n  - first-snippet.md\n"
    ).replace("search]", "search, snippetlab]")
    assert (project.root / "pages/first-snippet.md").is_file()


@pytest.mark.cure("site-by-hand", "site-inherits", "site-yaml")
@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a: &list [search]\nplugins: *list\n", "a: [search]\nplugins: [search, snippetlab]\n"),
        ("plugins:\n", "plugins: [search, snippetlab]\n"),
        ("INHERIT: base.yml\n", "INHERIT: base.yml\nplugins: [search, snippetlab]\n"),
        ("plugins: [search\n", "plugins: [search]\n"),
    ],
    ids=["an alias", "an empty key", "another file", "no YAML"],
)
def test_what_cannot_be_added_to_is_left_with_a_cure(
    text: str, mended: str, init: Init, project: Project
) -> None:
    path = project.root / "mkdocs.yml"
    path.write_text(text)
    before = everything(project.root)
    status, said = init()
    assert status == 1
    assert re.match(r"mkdocs\.yml:[12]: ", said)
    assert re.search(r"^    (Add snippetlab to|Mend it)", said, re.MULTILINE)
    assert everything(project.root) == before
    path.write_text(mended)
    assert init()[0] == 0
    assert "snippetlab" in path.read_text()


@pytest.fixture
def plugin(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an installed wheel names it."""
    if not find_spec("snippetlab.hosts.mkdocs"):
        pytest.skip("the plugin for MkDocs is not there yet")
    place = tmp_path_factory.mktemp("installed") / "snippetlab-0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: snippetlab\nVersion: 0\n")
    (place / "entry_points.txt").write_text(
        "[mkdocs.plugins]\nsnippetlab = snippetlab.hosts.mkdocs:SnippetlabPlugin\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(place.parent))


@pytest.mark.cure("site-builds", "install-host")
def test_the_site_is_built_or_it_is_said_why_not(
    plugin: None, init: Init, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("snippetlab.cli.init._HOSTS", ("no_such_host",))
        status, said = init("init")
        assert status == 1
        assert re.search(r"^    Install it: pip install mkdocs$", said, re.MULTILINE)
    configuration = project.root / "mkdocs.yml"
    text = configuration.read_text()
    configuration.write_text(f"{text}theme: no_such_theme\n")
    status, said = init("init")
    assert status == 1
    assert re.search(r"^    Mend what it says above, then: mkdocs build$", said, re.MULTILINE)
    configuration.write_text(text)
    status, said = init("init")
    assert status == 0
    assert "the site builds; look at it: mkdocs serve" in said
