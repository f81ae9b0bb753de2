"""Finding fences in pages."""

import pytest

from snippetlab.errors import SourceError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.show.fence import Fence, find_references
from snippetlab.show.pages import Pages
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet

PAGE = """\
# Title

```snippet
a/b
```

````text
```snippet
quoted/example
```
````

!!! note

    ~~~snippet

    a/c
    fold: 3
    ~~~
"""


def test_fences_are_found_with_their_lines(write: Write) -> None:
    found = list(find_references(write("docs/ko/x.md", PAGE)))
    assert [(r.line, r.fence) for r in found] == [(4, Fence(("a/b",))), (17, Fence(("a/c",), 3))]


FAULTS = {
    "unknown option": ("```snippet\na/b\nfolds: 3\n```\n", 3, "Did you mean `fold: 3`?"),
    "an option without its colon": ("```snippet\na/b\nfold 10\n```\n", 3, "mean `fold: 10`?"),
    "an option with =": ("```snippet\na/b\nfold=10\n```\n", 3, "Did you mean `fold: 10`?"),
    "a misspelt option without its colon": (
        "```snippet\na/b\nfolds 7\n```\n",
        3,
        "Did you mean `fold: 7`?",
    ),
    "an option alone": ("```snippet\nfold\na/b\n```\n", 2, "Did you mean `fold: …`?"),
    "a kind misspelt": ("\n```snipet\na/b\n```\n", 2, "Did you mean `snippet`?"),
    "a kind in capitals": ("```Snippet\na/b\n```\n", 1, "Did you mean `snippet`?"),
    "no number": ("```snippet\na/b\nfold: many\n```\n", 3, "number of lines"),
    "three ids": ("```snippet\na/b\na/c\na/d\n```\n", 4, "a third id"),
    "no id": ("```snippet\n```\n", 2, "names no snippet"),
    "options on the info line": ("\n```snippet a/b\n```\n", 2, "on its info line"),
    "no end": ("```snippet\na/b\n", 1, "does not end"),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_the_line_and_the_cure(
    text: str, line: int, words: str, write: Write
) -> None:
    page = write("docs/ko/x.md", text)
    with pytest.raises(SourceError) as caught:
        list(find_references(page))
    assert caught.value.line == line
    assert words in str(caught.value)


@pytest.mark.parametrize("kind", ["script", "text", "nasm", "snap", "", "{ .text }"])
def test_what_is_not_close_to_a_snippet_is_another_kind_of_code(kind: str, write: Write) -> None:
    assert not list(find_references(write("docs/ko/x.md", f"```{kind}\na/b\n```\n")))


def test_an_id_may_begin_like_an_option(write: Write) -> None:
    (found,) = find_references(write("docs/ko/x.md", "```snippet\nfold/10\n```\n"))
    assert found.fence == Fence(("fold/10",))


def test_an_unknown_snippet_is_named_with_the_nearest(project: Project, write: Write) -> None:
    write("snippets/isolation/uts.sh", snippet("hostname\n"))
    write("docs/ko/x.md", "\n```snippet\nisolation/ust\n```\n")
    with pytest.raises(SourceError) as caught:
        Pages(load_library(project), find_pages(project.docs)).references()
    assert caught.value.line == 3
    assert "Did you mean isolation/uts?" in str(caught.value)
