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
    write("snippets/a/d.sh", snippet("# step: one\necho\n# step: two\nls\n"))
    parts = "```snippet\na/d\nto: one\n```\n\n```snippet\na/d\nfrom: two\n```\n"
    write("docs/ko/z.md", f"---\ntitle: Z\n---\n\n{parts}")
    build = Build(project, project.docs / "ko", live=False, write=False, say=print)
    places = places_of(build, lambda page: f"to/{page}")
    [one, two] = places["a/b"]
    assert one == Place("It's: two", "to/x.md", "a-b")
    assert (two.title, two.page) == ("y", "to/y.md")
    assert places["a/c"] == [two]
    assert places["a/d"] == [Place("Z", "to/z.md", "a-d")]  # in two parts
    assert two.url == f"to/y.md#{two.anchor}"
