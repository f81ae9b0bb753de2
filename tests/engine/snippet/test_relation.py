"""Relations between values, which must hold in every run."""

import pytest

from snippetlab.cli import main
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.relation import broken, parse_relation
from tests.support import Write, snippet

VALUES = {"slim": "2.5MB", "full": "30 MB", "one": "sha256:ab", "two": "sha256:ab", "n": "3"}


@pytest.mark.parametrize(
    "text",
    [
        "slim < full",
        "slim * 10 <= full",
        "full > slim*11.9",
        "slim < 3MB",
        "2.4 MB < slim",
        "one == two",
        "one != slim",
        "n == 3",
        "n >= 3",
        "3.0 == n",
    ],
)
def test_what_holds(text: str) -> None:
    assert list(broken([parse_relation(text, VALUES)], VALUES)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("slim > full", "`slim > full` does not hold: slim is 2.5MB, full is 30 MB"),
        ("slim * 12 < full", "does not hold"),
        ("full < 20MB", "full is 30 MB"),
        ("one != two", "one is sha256:ab, two is sha256:ab"),
        ("slim == 2MB", "does not hold"),
        ("one < full", "cannot be judged: `one` is no number: sha256:ab"),
    ],
)
def test_what_does_not_hold_is_said_with_the_values(text: str, words: str) -> None:
    [fault] = broken([parse_relation(text, VALUES)], VALUES)
    assert words in fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("slim", "no relation"),
        ("slin < full", "unknown value `slin`; did you mean `slim`?"),
        ("zzz < full", "name it in the tag `values`"),
        ("3 < 4", "speaks of no value"),
        ("slim < 3 bananas", "neither a value nor a figure"),
        ("slim <> full", "neither"),
    ],
)
def test_what_is_no_relation(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"relation|value") as caught:
        parse_relation(text, VALUES)
    assert words in str(caught.value)


def related(code: str, relation: str, **tags: str) -> str:
    """A snippet with the values `a` and `b` and a relation between them."""
    text = snippet(code, holds="@", **tags)
    return text.replace(
        '# holds = "@"', f"# values = {{ a = 'a=(\\d+)', b = 'b=(\\d+)' }}\n# holds = {relation}"
    )


@pytest.fixture
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(project.root)
    return project


def test_a_run_that_breaks_a_relation_is_not_recorded(
    inside: Project, write: Write, laboratory: object, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", related("echo a=3\necho b=2\n", '["a < b"]'))
    assert main(["record"]) == 1
    err = capsys.readouterr().err
    assert "snippets/a/b.sh:5: `a < b` does not hold: a is 3, b is 2" in err
    assert not (inside.snippets / "a/b.out").exists()


def test_a_relation_may_speak_of_the_chain(
    inside: Project, write: Write, laboratory: object
) -> None:
    write("snippets/a/one.sh", related("echo a=1\necho b=9\n", "[]"))
    follower = snippet("echo c=5\n", after="a/one", holds="@")
    follower = follower.replace('"@"', '["a < c", "c < b"]\n# values = { c = "c=(.)" }')
    write("snippets/a/two.sh", follower)
    assert main(["record"]) == 0
    assert main(["verify"]) == 0
    write("snippets/a/two.sh", follower.replace('"c < b"', '"c > b"'))
    assert main(["verify"]) == 1  # though the recording is fresh: tags of comparison are no input


def test_an_unknown_value_is_an_error_with_its_place(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", related("echo a=1\necho b=2\n", '["a < c"]'))
    with pytest.raises(SourceError, match=r"b\.sh:5: unknown value `c`"):
        load_library(project)
