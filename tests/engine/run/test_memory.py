"""The key of a run: each part that could change what comes of it changes the key.

A run whose key is another is not known, and so is run.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippetlab.images.image import Image
from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.project import Project
from snippetlab.run import basis, memory
from snippetlab.run.engine import engine_digest, parts
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.memory import Memory, key_of
from snippetlab.run.twin import TWIN
from snippetlab.run.verification import Verified
from snippetlab.run.weaken import weakened
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import ROOT, Write, snippet

FIRST = "snippets/a/first.sh"
SECOND = "snippets/a/second.sh"
TAGS = """\
# after = "a/first"
# timeout = 9
# files = ["data.txt"]
# volatile = ["pid", "size < 3MB", { name = "own", pattern = "x[0-9]+" }]
# unordered = ["loose"]
# values = { total = "([0-9]+) B" }
# holds = ["total > 1"]
# leaves = ["process"]
# limits = { processes = 100 }
"""
CODE = "cat data.txt # ? 1\n# step: loose\nls\n# step: named\ntest -e x # settle: 2s\n"


@pytest.fixture
def chain(project: Project, write: Write) -> None:
    """Two snippets with all that a snippet can have, recorded."""
    write(FIRST, snippet("echo first\n"))
    write("snippets/a/data.txt", "12 B\n")
    write(SECOND, snippet("").removesuffix("# ///\n") + TAGS + "# ///\n" + CODE)
    for entry in read_library(project).entries.values():
        write_recording(entry.snippet, entry.inputs, Transcript((Step("x", b"12 B\n"),)))


def find(project: Project) -> Entry:
    return read_library(project).find("a/second")


def lab(name: str = "namespace", digest: str = "digest", *rests_on: str) -> Laboratory:
    image = Image("base", Path("image"), digest, {})
    inside = NamespaceLab(image)
    inside.name = name
    return Laboratory(inside, image, "6.1", rests_on=lambda: rests_on)


def is_run(entry: Entry, laboratory: Laboratory, before: str) -> bool:
    """Whether a run is no longer known by the key that it had before."""
    held = {laboratory.lab.name: before}
    remembered = Memory("commit", "head", {"a/second": Verified("2026-11-29", 1, held)})
    key = key_of(entry, laboratory, laboratory.lab.name)
    return not remembered.knows("a/second", laboratory.lab.name, key)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SECOND, "cat data", "head data"),
        (SECOND, "# ? 1", "# ? 2"),
        (SECOND, "step: named", "step: other"),
        (SECOND, "2s", "3s"),
        (SECOND, "timeout = 9", "timeout = 8"),
        (SECOND, '"pid", ', ""),
        (SECOND, "< 3MB", "< 4MB"),
        (SECOND, "x[0-9]+", "x[0-8]+"),
        (SECOND, '# unordered = ["loose"]\n', ""),
        (SECOND, "([0-9]+) B", "([0-9])"),
        (SECOND, "total > 1", "total > 2"),
        (SECOND, '["process"]', '["mount"]'),
        (SECOND, "processes = 100", "processes = 101"),
        (SECOND, '"data.txt"', '"other.txt"'),
        ("snippets/a/data.txt", "12", "13"),
        ("snippets/a/second.out", "12 B", "13 B"),
        (FIRST, "echo first", "echo second"),
        ("snippets/a/first.out", "12 B", "13 B"),
    ],
)
def test_another_snippet_chain_recording_or_rule_is_run(
    path: str, old: str, new: str, chain: None, project: Project, write: Write
) -> None:
    write("snippets/a/other.txt", "12 B\n")
    before = key_of(find(project), lab(), "namespace")
    assert not is_run(find(project), lab(), before)
    text = (project.root / path).read_text()
    assert old in text
    (project.root / path).write_text(text.replace(old, new))
    assert is_run(find(project), lab(), before)


def test_what_readers_are_told_is_no_reason(chain: None, project: Project) -> None:
    before = key_of(find(project), lab(), "namespace")
    path = project.root / SECOND
    path.write_text(path.read_text().replace("A test.", "Another claim."))
    assert not is_run(find(project), lab(), before)


def test_what_the_parser_makes_of_it_counts(
    chain: None, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(find(project), lab(), "namespace")
    monkeypatch.setattr(basis, "plan_of", lambda *_: "another plan")
    assert is_run(find(project), lab(), before)


@pytest.mark.parametrize(
    "other", [lab("browser"), lab("namespace", "another"), lab("namespace", "digest", "6.2")]
)
def test_another_lab_image_or_what_it_rests_on_is_run(
    other: Laboratory, chain: None, project: Project
) -> None:
    assert is_run(find(project), other, key_of(find(project), lab(), "namespace"))


def test_another_twin_is_run_and_a_twin_is_not_its_snippet(chain: None, project: Project) -> None:
    twins = [weakened(find(project), *texts) for texts in (("ls", "true"), ("ls", ":"), ("x", "y"))]
    keys = [key_of(entry, lab(), TWIN) for entry in (find(project), *twins)]
    assert len({*keys, key_of(find(project), lab(), "namespace")}) == 5


def test_another_engine_is_run(
    chain: None, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(find(project), lab(), "namespace")
    monkeypatch.setattr(memory, "engine_digest", lambda _: "another")
    assert is_run(find(project), lab(), before)


OF_ALL = """run/runner.py run/weaken.py compare/unordered.py compare/kinds.py snippet/bash.py
snippet/entry.py labs/__init__.py labs/follow.c labs/interpreter.py"""
OF_ONE = {
    "namespace": "labs/namespace/lab.py labs/namespace/stage.c",
    "machine": "labs/machine/qemu.py labs/machine/agent.py labs/machine/remains.py",
    "docker": "labs/machine/qemu.py labs/machine/agent.py labs/machine/remains.py",
    "browser": "labs/browser/lab.py labs/browser/run.mjs",
}
DO_NOT = """show/render.py show/words/__init__.py show/page.py show/placeholder.py show/values.py
snippet/library.py cli/_main.py images/oci.py images/browser/build.py make/saving.py"""


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """The engine's text, to be changed."""
    package = tmp_path / "snippetlab"
    shutil.copytree(ROOT / "hooks/snippetlab", package, ignore=shutil.ignore_patterns("*.pyc"))
    yield package
    engine_digest.cache_clear()


@pytest.mark.parametrize("name", OF_ONE)
def test_of_the_engine_counts_what_runs_there_and_compares(name: str, package: Path) -> None:
    own = OF_ONE[name].split()
    others = {file for files in OF_ONE.values() for file in files.split()}.difference(own)
    counting = {str(path.relative_to(package)) for path in parts(package, name)}
    assert not {*OF_ALL.split(), *own}.difference(counting)
    assert not {*DO_NOT.split(), *others}.intersection(counting)
    assert all((package / file).is_file() for file in (*DO_NOT.split(), *others))


def test_what_one_lab_runs_with_is_nothing_to_the_others(package: Path) -> None:
    def differing(change: Callable[[], object]) -> set[str]:
        before = {name: engine_digest(name, package) for name in OF_ONE}
        change()
        engine_digest.cache_clear()
        return {name for name in OF_ONE if engine_digest(name, package) != before[name]}

    def longer(name: str) -> Callable[[], object]:
        return lambda: (package / name).write_text(f"{(package / name).read_text()}\n")

    assert differing(longer("labs/machine/qemu.py")) == {"machine", "docker"}
    assert differing(longer("labs/machine/agent.py")) == {"machine", "docker"}
    assert differing(longer("labs/namespace/stage.c")) == {"namespace"}
    assert differing(longer("labs/browser/run.mjs")) == {"browser"}
    assert differing(longer("labs/follow.c")) == differing(longer("run/runner.py")) == {*OF_ONE}
    assert differing((package / "show/render.py").unlink) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [("sys.version_info", (3, 99, 0)), ("importlib.metadata.version", lambda _: "0")],
    ids=["Python", "libraries"],
)
def test_another_python_or_library_is_run(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine_digest("namespace")
    engine_digest.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(name, value)
        assert engine_digest("namespace") != before
    engine_digest.cache_clear()
