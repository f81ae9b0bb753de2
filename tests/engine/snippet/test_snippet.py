"""Reading a snippet's header."""

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.snippet import read_snippet
from tests.support import Write, snippet


def test_the_header_becomes_tags_and_line_numbers_hold(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", "#!/bin/bash\n" + snippet("\necho\n", timeout=3))
    read = read_snippet(path, project.snippets)
    assert (read.id, read.lab, read.proves, read.timeout) == (
        "a/b",
        "namespace",
        {"": "A test."},
        3.0,
    )
    assert read.code.split("\n")[path.read_text().split("\n").index("echo")] == "echo"


def test_a_reason_may_differ_by_language(project: Project, write: Write) -> None:
    header = '# /// snippet\n# lab = "none"\n# proves = "x"\n# source = "https://example.org"\n'
    path = write("snippets/a/b.sh", header + '# reason = { ko = "가", en = "b" }\n# ///\njls\n')
    assert read_snippet(path, project.snippets).reason == {"ko": "가", "en": "b"}


FAULTS = {
    "no header": ("echo\n", 1, "no header"),
    "no end": ('# /// snippet\n# lab = "namespace"\necho\n', 1, "does not end"),
    "no TOML": ("# /// snippet\n# lab = \n# ///\n", 2, "not TOML"),
    "text without quotes": (
        snippet("a\n").replace('"namespace"', "namespace"),
        2,
        'not TOML: invalid value\n    Strings are in quotes: # lab = "namespace"',
    ),
    "a sentence without quotes": (
        snippet("a\n").replace('"A test."', "A test.  # says it"),
        3,
        'Strings are in quotes: # proves = "A test."',
    ),
    "text without quotes in a list": (
        snippet("a\n").replace("# ///\na", "# volatile = [pid, n]\n# ///\na"),
        4,
        'Strings are in quotes: # volatile = ["pid", n]',
    ),
    "text without its closing quote": (
        snippet("a\n").replace('namespace"', "namespace"),
        2,
        "Close the string with the quote",
    ),
    "true in capitals": (
        snippet("a\n").replace("# ///\na", "# browser = True\n# ///\na"),
        4,
        "Write it in lower case: # browser = true",
    ),
    "a list without end": (
        snippet("a\n").replace("# ///\na", '# volatile = ["pid"\n# timeout = 3\n# ///\na'),
        5,
        "not TOML",
    ),
    "a header too long": (snippet("a\n", after="a" * 20_000), 1, "Shorten"),
    "unknown tag": (snippet("a\n", timout=3), 4, "Did you mean `timeout`?"),
    "unknown lab": (snippet("a\n").replace("namespace", "moon"), 2, "Use one of: namespace"),
    "no claim": ('# /// snippet\n# lab = "namespace"\n# ///\na\n', 1, "`proves` is missing"),
    "empty claim": (snippet("a\n").replace("A test.", " "), 3, "`proves` is missing"),
    "a timeout that is no number": (snippet("a\n", timeout="3"), 4, "number of seconds"),
    "a timeout without end": (snippet("a\n", timeout=float("inf")), 4, "seconds"),
    "a timeout above the ceiling": (snippet("a\n", timeout=61), 4, "at most 60"),
    "a timeout above a machine's": (
        snippet("a\n", timeout=301).replace("namespace", "machine"),
        4,
        "at most 300",
    ),
    "a file outside": (snippet("a\n", files=["../../mkdocs.yml"]), 4, "no file below snippets/"),
    "an absolute file": (snippet("a\n", files=["/etc/passwd"]), 4, "no file below snippets/"),
    "a missing file": (snippet("a\n", files=["nothing.c"]), 4, "no file below snippets/"),
    "a control character": (snippet("printf '\x1b'\n"), 5, "control character"),
    "no reason": (snippet("a\n").replace("namespace", "none"), 1, "`reason` is missing"),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_the_line_and_the_cure(
    text: str, line: int, words: str, project: Project, write: Write
) -> None:
    path = write("snippets/a/b.sh", text)
    with pytest.raises(SourceError) as caught:
        read_snippet(path, project.snippets)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert f"b.sh:{line}: " in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", "")
    path.write_bytes(b"# /// snippet\n\xff")
    with pytest.raises(SourceError, match="not UTF-8"):
        read_snippet(path, project.snippets)


DOCKERFILE = """\
# /// snippet
# lab = "namespace"
# proves = "A test."
# ///

ARG base=busybox
FROM $base
"""


def test_a_dockerfile_builds_an_image_of_its_name(project: Project, write: Write) -> None:
    write("snippets/a/app.Dockerfile", DOCKERFILE)
    program = load_library(project).find("a/app").program
    assert [c.text for c in program.commands] == [
        "docker build --quiet --tag app --file app.Dockerfile ."
    ]
    # As readers download it, so that a complaint names a line that they find.
    assert program.files == {"app.Dockerfile": DOCKERFILE.encode()}


def test_a_dockerfile_begins_with_from(project: Project, write: Write) -> None:
    write("snippets/a/app.Dockerfile", DOCKERFILE.replace("ARG", "RUN"))
    with pytest.raises(SourceError, match=r"app\.Dockerfile:6: a Dockerfile begins with FROM"):
        load_library(project)
