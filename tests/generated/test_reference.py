"""The list of programs, and the reference made of it."""

import re

import pytest
import yaml

from generated.places import Place
from generated.programs import read_programs
from generated.reference import reference_page
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet
from tests.words import templates_of

LIST = """\
- id: files
  ko: 파일
  en: Files
  commands:
    ls:
      ko: 나열한다.
      en: Lists `a & b`.
      manual: https://example.org/ls?a&b
"""
NONE = (
    '# /// snippet\n# lab = "none"\n# proves = "x"\n# reason = "why"\n# source = "y"\n# ///\nls\n'
)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_program_links_its_manual_and_every_place(
    project: Project, write: Write, language: str
) -> None:
    write("snippets/a/one.sh", snippet("ls\n"))
    write("snippets/a/two.sh", snippet("id\n"))
    write("snippets/b/none.sh", NONE)
    groups = read_programs(write("docs/commands.yml", LIST))
    places = {
        "a/one": [Place("첫 <i>", "../p/", "a-one"), Place("Q", "../q/", "a-one-two")],
        "a/two": [Place("첫 <i>", "../p/", "a-two")],
        "b/none": [Place("Q", "../q/", "b-none")],
    }
    page = reference_page(load_library(project), groups, places, templates_of(language))
    assert f"## {groups[0].title[language]} {{ #files }}" in page
    assert set(yaml.safe_load(page.split("---\n")[1])) == {"title", "description"}
    links = re.findall(r'<a href="([^"]+)">', page)
    wanted = ["https://example.org/ls?a&amp;b", "../p/#a-one", "../q/#a-one-two", "../q/#b-none"]
    assert links == wanted
    assert '<dt id="command-ls">' in page
    assert "첫 &lt;i&gt;" in page
    if language == "en":
        assert "Lists <code>a &amp; b</code>." in page
        assert page.count("not run here)") == 1


def test_many_pages_fold_away(project: Project, write: Write) -> None:
    write("snippets/a/one.sh", snippet("ls\n"))
    groups = read_programs(write("docs/commands.yml", LIST))
    library = load_library(project)
    all_places = [Place(f"P{n}", f"../p{n}/", "a-one") for n in range(6)]
    page = reference_page(library, groups, {"a/one": all_places}, templates_of("en"))
    shown, folded = page.split("<summary>2 more pages</summary>")
    assert [shown.count("-one"), folded.count("-one")] == [4, 2]
    page = reference_page(library, groups, {"a/one": all_places[1:]}, templates_of("en"))
    assert page.count("-one") == 5
    assert "<details>" not in page


def test_without_a_list_there_are_no_programs(project: Project) -> None:
    assert read_programs(project.root / "docs/commands.yml") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      ko: 나열한다.\n", "", "5: ls is not complete"),
        ("      manual:", "      man: x\n      manual:", "5: ls is not complete, or says too much"),
        ("  ko: 파일\n", "", "1: a group"),
        ("    ls:", "   ls", "no YAML"),
    ],
)
def test_a_mistake_in_the_list_is_named_with_its_line(
    write: Write, old: str, new: str, said: str
) -> None:
    path = write("docs/commands.yml", LIST.replace(old, new, 1))
    with pytest.raises(SourceError, match=re.escape(said)):
        read_programs(path)
