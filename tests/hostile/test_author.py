"""What a file of an author's may say: refused with path and line, before anything runs."""

import os
import time
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest

from snippetlab import checkout
from snippetlab.compare import pattern
from snippetlab.compare.compare import compare
from snippetlab.compare.kinds import Volatile, parse_volatile
from snippetlab.compare.pattern import SlowPatternError
from snippetlab.errors import EngineError, SourceError
from snippetlab.project import Project
from snippetlab.snippet import tags
from snippetlab.snippet.extract import extract
from snippetlab.snippet.library import Library, load_library, read_library
from snippetlab.transcript import Step, Transcript
from tests.hostile.readers import READERS
from tests.support import Write, snippet

EVIL = r"(a|aa)+1"
PRINTED = Transcript((Step("x", b"a" * 200 + b"c1\n"),))


def _refused(project: Project) -> str:
    with pytest.raises(SourceError) as caught:
        load_library(project)
    return str(caught.value)


def _loaded(project: Project) -> Library:
    return load_library(project)


@pytest.fixture
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file outside the checkout."""
    path = tmp_path_factory.mktemp("outside") / "secret.txt"
    path.write_text("s3cret")
    return path


def test_a_snippet_in_a_linked_directory_is_not_found(
    project: Project, write: Write, secret: Path
) -> None:
    (secret.parent / "x.sh").write_text(snippet("true\n"))
    write("snippets/a/keep.sh", snippet("true\n"))
    (project.snippets / "b").symlink_to(secret.parent)
    assert list(_loaded(project).entries) == ["a/keep"]


@pytest.mark.parametrize("how", ["link", "parent", "absolute", "linked directory"])
def test_files_outside_the_snippets_are_refused(
    how: str, project: Project, write: Write, secret: Path
) -> None:
    (project.snippets / "a").mkdir(parents=True)
    match how:
        case "link":
            (project.snippets / "a/secret.txt").symlink_to(secret)
            name = "secret.txt"
        case "parent":
            name = os.path.relpath(secret, project.snippets / "a")
        case "absolute":
            name = str(secret)
        case _:
            (project.snippets / "a/d").symlink_to(secret.parent)
            name = "d/secret.txt"
    write("snippets/a/x.sh", snippet("cat secret.txt\n", files=[name]))
    refused = "is a link" if "link" in how else "which is no file below snippets/"
    assert refused in _refused(project)
    # Without the check it would be handed to the snippet.
    with (
        mock.patch.object(Path, "is_relative_to", return_value=True),
        mock.patch.object(checkout, "_open", lambda path: os.open(path, os.O_RDONLY)),
    ):
        assert b"s3cret" in _loaded(project).entries["a/x"].program.files.values()


@pytest.mark.parametrize("wanted", ["a/../../x", "../x", "/etc/x", "a//x"])
def test_no_id_leads_out(wanted: str, project: Project, write: Write) -> None:
    write("snippets/a/y.sh", snippet("true\n"))
    with pytest.raises(EngineError, match="unknown snippet"):
        _loaded(project).find(wanted)


@pytest.mark.parametrize(
    "header",
    ["# x = " + "[" * 5000 + "]" * 5000, "# x = " + "{ a = " * 3000 + "1" + " }" * 3000]
    + ["# x = '" + "y" * 100_000 + "'", "\n".join(f"# a.b{n} = 1" for n in range(5000))],
    ids=["arrays", "tables", "text", "keys"],
)
def test_a_toml_bomb_is_refused_at_once(header: str, project: Project, write: Write) -> None:
    write("snippets/a/x.sh", f"# /// snippet\n{header}\n# ///\ntrue\n")
    began = time.process_time()
    assert _refused(project).split(": ")[0].endswith("a/x.sh:1")
    assert time.process_time() - began < 2


def test_without_the_limit_a_bomb_is_read(project: Project, write: Write) -> None:
    text = "# x = '" + "y" * 100_000 + "'"
    write("snippets/a/x.sh", f"# /// snippet\n{text}\n# ///\ntrue\n")
    with mock.patch.object(tags, "HEADER", 1 << 20):
        assert "unknown tag `x`" in _refused(project)


def test_a_huge_snippet_is_refused(project: Project, write: Write) -> None:
    write("snippets/a/x.sh", snippet("true\n" * 100_000))
    assert "a/x.sh:1: the file has 500," in _refused(project)


def _kind() -> Volatile:
    return parse_volatile([{"name": "own", "pattern": EVIL}])


@pytest.mark.parametrize("seconds", [0.05, 0.3])
def test_a_pattern_that_backtracks_for_ever_meets_its_deadline(seconds: float) -> None:
    """And the deadline is what ends it: with a later one it takes longer."""
    with mock.patch.object(pattern, "PATTERN_SECONDS", seconds):
        for search in (
            lambda: extract({"x": EVIL}, PRINTED),
            lambda: compare([PRINTED], [PRINTED], [_kind()]),
        ):
            began = time.process_time()
            with pytest.raises(SlowPatternError, match="takes more than"):
                search()
            assert seconds * 0.9 <= time.process_time() - began < seconds + 1


@pytest.mark.parametrize(
    "text", ["(" * 499 + ")" * 499, "a" * 2000, "("], ids=["deep", "long", "open"]
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pattern of `own` is no regular expression"):
        parse_volatile([{"name": "own", "pattern": text}])


LAUGHS = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghijklm"))
DEEP = {
    "snippets/a/x.sh": snippet("echo one\necho " + "$(echo " * 400 + "x" + ")" * 400 + "\n"),
    "snippets/a/y.sh": snippet(
        "".join(f"unshare sh <<'n{n}'\n" for n in range(1000))
        + "echo\n"
        + "".join(f"n{n}\n" for n in reversed(range(1000)))
    ),
    "docs/en/x.md": "---\ntitle: " + "[" * 1000 + "]" * 1000 + "\n---\n\n# X\n",
    "docs/en/y.md": f"---\na: &a [x]\n{LAUGHS}hide: *m\n---\n\n# X\n",
    "docs/glossary.yml": "- ko: &a [x]\n  en: [*a, *a]\n",
    "docs/search.toml": "x = " + "[" * 100_000,
    "docs/commands.yml": "- " * 2000 + "x\n",
    "snippets/verification.json": "[" * 100_000,
    "lab/lock.toml": "x = " + "[" * 100_000,
    "lab/base.toml": "x = " + "[" * 100_000,
    "tests/snippets/without.toml": "x = " + "[" * 100_000,
}
"""What is short to write and without end to who reads it → where."""


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_without_end_is_refused_at_once(
    name: str, project: Project, write: Write
) -> None:
    """With the file that it is in, and for every other file nothing changes."""
    write("snippets/a/fine.sh", snippet("true\n"))
    write(name, DEEP[name])
    began = time.process_time()
    with pytest.raises(EngineError) as caught:
        READERS.get(name.replace("y.md", "x.md"), load_library)(project)
    assert time.process_time() - began < 5
    assert str(caught.value).startswith(str(project.root / name))
    assert len(str(caught.value)) < 5000
    if name.startswith("snippets/a"):
        assert "a/fine" in read_library(project).entries


@pytest.mark.cure("shell-nested", "nested")
@pytest.mark.parametrize("name", ["x.sh", "y.sh"])
def test_what_is_nested_less_is_read(name: str, project: Project, write: Write) -> None:
    path = write(f"snippets/a/{name}", DEEP[f"snippets/a/{name}"])
    assert "a line of its own" in _refused(project)
    code = "inner=$(echo x)\necho $(echo $inner)\n" if name == "x.sh" else "sh <<'x'\necho\nx\n"
    path.write_text(snippet(code))
    assert _loaded(project).entries


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e", "\u2066", "\u200f", "\x00"])
@pytest.mark.parametrize("name", ["snippets/a/x.sh", "docs/en/x.md"])
def test_what_is_read_is_what_runs(name: str, sign: str, project: Project, write: Write) -> None:
    """Neither a snippet nor a page may look otherwise than it is (CVE-2021-42574)."""
    write(name, (snippet("") if name.endswith("sh") else "# X\n\n") + f"echo {sign}x\n")
    with pytest.raises(SourceError, match=r":\d: a control character .* stands in the file"):
        READERS[name](project)
