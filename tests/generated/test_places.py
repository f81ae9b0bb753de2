"""Where pages show snippets."""

from generated.places import Place, places_of
from snippetlab.hosts.build import Build
from snippetlab.project import Project
from tests.support import Write, snippet


def test_a_place_has_the_title_and_the_fence_of_its_page(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    write("snippets/a/c.sh", snippet("ls\n"))
    write("docs/ko/x.md", "---\ntitle: 'It''s: two'\n---\n\n```snippet\na/b\n```\n")
    write("docs/ko/y.md", "# Y { #y }\n\n```snippet\na/b\na/c\n```\n")
    build = Build(project, project.docs / "ko", live=False, write=False, say=print)
    places = places_of(build, lambda page: f"to/{page}")
    [one, two] = places["a/b"]
    assert one == Place("It's: two", "to/x.md", "a-b")
    assert (two.title, two.page) == ("y", "to/y.md")
    assert places["a/c"] == [two]
    assert two.url == f"to/y.md#{two.anchor}"
