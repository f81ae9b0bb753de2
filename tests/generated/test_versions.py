"""The table of what changed between versions of a lab."""

import json

import pytest

from generated.places import Place
from generated.verification import verification_data
from generated.versions import versions
from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.snippet.library import load_library
from tests.engine.versions import register, versioned
from tests.support import Write
from tests.words import templates_of

each_language = pytest.mark.parametrize("language", ["ko", "en"])


@pytest.fixture(autouse=True)
def labs(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    register(project, write, monkeypatch)


@each_language
def test_each_kind_has_its_rows_with_links(language: str, project: Project, write: Write) -> None:
    for name, kind in (("b", "store"), ("c", "printed"), ("d", "new-kind")):
        why = f'{{ kind = "{kind}", ko = "`{name}` 까닭", en = "why `{name}` | so" }}'
        write(f"snippets/a/{name}.sh", versioned("store\n", differs=why))
    write("snippets/a/same.sh", versioned("echo moon\n"))
    assert main(["record"]) == 0
    places = {"a/b": [Place("P", "../p/", "a-b")]}
    text = versions(load_library(project), places, templates_of(language)).markdown
    assert [line.rpartition("#")[2] for line in text.split("\n") if line.startswith("###")] == [
        "change-store }",
        "change-printed }",
        "change-new-kind }",
    ]
    assert text.count("| --- | --- |") == 3
    assert '| <a href="../p/#a-b">A test.</a> | ' in text
    assert text.count("A test.") == 3
    assert "<code>c</code>" in text
    assert "| so" not in text
    words = templates_of(language).words["versions"]
    assert words["count"].format(several=4, differing=3) in text


@each_language
def test_before_there_is_a_difference_it_says_so(
    language: str, project: Project, write: Write
) -> None:
    words = templates_of(language).words["versions"]
    text = versions(load_library(project), {}, templates_of(language)).markdown
    assert text.strip() == words["begin"]
    write("snippets/a/same.sh", versioned("echo moon\n"))
    assert main(["record"]) == 0
    text = versions(load_library(project), {}, templates_of(language)).markdown
    assert text.strip() == words["none"].format(several=1)


def test_a_version_is_verified_where_its_snippet_is_shown(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("echo moon\n"))
    places = {"a/b": [Place("P", "../p/", "a-b")]}
    words = templates_of("en").words
    data = json.loads(verification_data(load_library(project), places, Lock(), {}, words))
    shown = {one["id"]: [page["url"] for page in one["pages"]] for one in data["snippets"]}
    assert shown == {"a/b": ["../p/"], "a/b@1": ["../p/"]}
