"""What the commands do in a site that has nothing but its configuration, pages and snippets."""

import re
import shutil
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.support import Write, advised, snippet

IN_GERMAN = """\
site_name: Eine
theme: {name: material, language: de}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
site_url: !ENV [SITE_URL, ""]
"""
IN_BOTH = "plugins: [search, {i18n: {languages: [{locale: de, default: true}, {locale: pt-BR}]}}]\n"


@pytest.fixture(autouse=True)
def without_a_lab(project: Project) -> None:
    shutil.rmtree(project.lab)


@pytest.mark.parametrize(
    ("files", "claim"),
    [
        ({"mkdocs.yml": "site_name: One\n"}, '"TODO what a reader can see here"'),
        ({"mkdocs.yml": ": no: YAML ["}, '"TODO what a reader can see here"'),
        ({"mkdocs.yml": IN_GERMAN}, '"TODO what a reader can see here"'),
        (
            {
                "mkdocs.yml": IN_GERMAN,
                "docs/words/de.toml": '[new]\nproves = "TODO was \\"man\\" sieht"',
            },
            r'"TODO was \"man\" sieht"',
        ),
        (
            {"mkdocs.yml": "theme: {language: en}", "mkdocs.de.yml": IN_GERMAN},
            '{ en = "TODO what a reader can see here", de = "TODO what a reader can see here" }',
        ),
        (
            {"mkdocs.yml": IN_BOTH},
            '{ de = "TODO what a reader can see here", pt-BR = "TODO what a reader can see here" }',
        ),
    ],
)
def test_a_new_snippet_claims_something_in_the_languages_of_the_site(
    files: dict[str, str], claim: str, project: Project, write: Write
) -> None:
    for name, text in files.items():
        write(name, text)
    assert main(["new", "a/b"]) == 0
    assert f"# proves = {claim}\n" in (project.snippets / "a/b.sh").read_text()
    assert load_library(project).entries["a/b"].snippet.proves


def test_where_there_is_no_snippet_yet_one_is_begun(
    laboratory: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record"]) == 0
    assert main(advised(capsys.readouterr().out)) == 0
    assert main(["record"]) == 0
    assert "chapter/name: recorded" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["properdocs.yml", "zensical.toml", "snippetlab.toml"])
def test_other_builders_have_sites_too(
    name: str, project: Project, laboratory: object, write: Write
) -> None:
    (project.root / "mkdocs.yml").rename(project.root / name)
    write("snippets/a/b.sh", snippet("echo 1\n"))
    assert main(["record"]) == main(["verify"]) == 0


@pytest.mark.cure("no-tab")
def test_where_there_is_no_machine_for_the_tab_another_lab_runs_it(
    laboratory: object, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("snippets/a/b.sh", snippet("echo 1\n").replace("namespace", "browser"))
    for command in ("lab build browser", "lab key browser", "lab shell browser", "record"):
        assert main(command.split()) == 1
        said = capsys.readouterr().err
        assert "this site has no machine for the reader's tab" in said
    (tag,) = re.findall(r"another lab: # (.+), without", said)
    path.write_text(path.read_text().replace('lab = "browser"', tag))
    assert main(["record"]) == main(["verify"]) == 0
    main(["lab", "status"])
    assert "browser" not in capsys.readouterr().out


def test_a_lab_can_be_seen_to_before_there_is_a_site(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("nothing"))
    main(["lab", "status"])
    assert "namespace: works with image" in capsys.readouterr().out
    assert main(["lab", "key", "base"]) == 0


def test_a_site_without_a_tab_is_not_told_of_it(
    project: Project,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is to be run, as nothing is recorded; and nothing could, as there is no image."""
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    write("snippets/a/b.sh", snippet("echo hi"))
    assert main(["verify"]) == 1
    said = capsys.readouterr()
    assert "the snippet has no recording" in said.err
    assert "the namespace lab: the base image is missing" in said.err
    assert "tab" not in said.out + said.err
