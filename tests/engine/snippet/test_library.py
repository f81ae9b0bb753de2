"""The snippets/ tree: which files are snippets, in what order, and what must not lie there."""

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet


def test_snippets_come_in_the_order_of_their_ids_parts(project: Project, write: Write) -> None:
    ids = ["a/b/c", "a/d", "a-b/c", "b/a"]
    for id_ in reversed(ids):
        write(f"snippets/{id_}.sh", snippet("echo\n"))
    assert list(load_library(project).entries) == ids


def test_a_recording_without_a_snippet_is_an_error(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    write("snippets/a/gone.out", "")
    with pytest.raises(SourceError, match=r"gone\.out:1: .* belongs to no snippet"):
        load_library(project)


def test_a_snippet_in_another_directory_makes_no_recording_its_own(
    project: Project, write: Write
) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    write("snippets/c/b.out", "")
    with pytest.raises(SourceError, match=r"c/b\.out:1: "):
        load_library(project)


@pytest.mark.parametrize("target", ["b.sh", "nothing"])
def test_a_link_is_no_snippet(target: str, project: Project, write: Write) -> None:
    (write("snippets/a/b.sh", snippet("echo\n")).parent / "link.sh").symlink_to(target)
    with pytest.raises(SourceError, match=r"link\.sh:1: this is a link.*\n.*Replace the link"):
        load_library(project)


def test_two_files_of_one_id_are_an_error(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    write("snippets/a/b.py", snippet("print()\n"))
    with pytest.raises(SourceError, match=r"b\.sh:1: the id 'a/b' belongs to b\.py too"):
        load_library(project)


@pytest.mark.parametrize("name", ["a/B.sh", "a/b_c.sh", "b.sh", "a b/c.sh"])
def test_an_id_is_lower_case_with_a_chapter(name: str, project: Project, write: Write) -> None:
    write(f"snippets/{name}", snippet("echo\n"))
    with pytest.raises(SourceError, match=r"is no id\n.*chapter/name"):
        load_library(project)
