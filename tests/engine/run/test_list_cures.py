"""What messages on the project's own lists advise, done: the list is read then."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generated.corpus import read_corpus
from generated.programs import read_programs
from snippetlab.cli import main
from snippetlab.errors import EngineError, SourceError
from snippetlab.project import Project
from snippetlab.run.verification import read_verification
from tests.support import Write, advised, snippet

cure = pytest.mark.cure
LIST = """\
- id: files
  ko: 파일
  en: Files
  commands:
    ls: { ko: 나열한다., en: Lists., manual: https://example.org/ls }
"""
Edit = Callable[[str], str]
"""What the message says → a text that stands in the list, in place of the wrong one."""


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


def from_example(said: str) -> str:
    (example,) = re.findall(r"such as (ls: \{.*\})", said)
    return f"commands:\n    {example.replace('…', 'x')}"


@pytest.mark.parametrize(
    ("right", "wrong", "edit"),
    [
        pytest.param("    ls:", "   ls", lambda _: "    ls:", marks=cure("commands-yaml")),
        pytest.param("en: Files", "en: Files: all", lambda _: 'en: "Files: all"'),
        pytest.param(LIST[LIST.index("commands") :], "commands:\n", from_example),
        pytest.param("en: Lists., ", "", lambda _: "en: Lists., ", marks=cure("commands-fields")),
    ],
)
@cure("commands-group")
def test_a_list_of_commands_is_mended(right: str, wrong: str, edit: Edit, write: Write) -> None:
    path = write("docs/commands.yml", LIST.replace(right, wrong))
    with pytest.raises(SourceError) as caught:
        read_programs(path)
    path.write_text(LIST.replace(right, edit(str(caught.value))))
    assert read_programs(path)[0].programs[0].name == "ls"


GUARDS = "[wall]\nname = {}\nhow = {}\nwithout = {}\nweaken = {}\n"
ATTACKS = '[a]\nb = { guard = "wall", ko = "", en = "" }\n'


@cure("corpus-entry", "corpus-guard", "corpus-restore")
@pytest.mark.parametrize(
    ("name", "right", "wrong", "advice"),
    [
        ("guards.toml", "how = {}\n", "", r"needs name, (how)"),
        ("attacks.toml", 'guard = "wall"', 'guard = "door"', "Name one of guards.toml: (wall)"),
        ("attacks.toml", "[a]", "[a", "Restore it: (git checkout corpus/attacks.toml)"),
    ],
)
def test_a_corpus_is_mended(
    name: str, right: str, wrong: str, advice: str, project: Project, write: Write
) -> None:
    for file, text in (("guards.toml", GUARDS), ("attacks.toml", ATTACKS)):
        write(f"corpus/{file}", text)
    directory = project.root / "corpus"
    committed()
    path = directory / name
    text = path.read_text()
    path.write_text(text.replace(right, wrong))
    with pytest.raises(EngineError) as caught:
        read_corpus(directory)
    (said,) = re.findall(advice, str(caught.value))
    if said.startswith("git"):
        subprocess.run(said.split(), check=True, capture_output=True)
    else:
        assert said in right
        path.write_text(text)
    assert read_corpus(directory).attacks[0].guard == "wall"


def committed() -> None:
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -q -m x"):
        subprocess.run(["git", *command.split()], check=True)


@cure("restore-verification", "write-verification")
def test_the_dates_are_restored_or_written_anew(
    project: Project, write: Write, laboratory: object
) -> None:
    write("snippets/a/b.sh", snippet("echo ok\n"))
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    committed()
    path = project.snippets / "verification.json"
    dates = read_verification(path)
    for by in ("git", "snippetlab"):
        path.write_text("<<<<<<< ours\n")
        with pytest.raises(EngineError) as caught:
            read_verification(path)
        if by == "git":
            (command,) = re.findall(r"git checkout .+", str(caught.value))
            subprocess.run(command.split(), check=True, capture_output=True)
        else:
            assert main(advised(str(caught.value))) == 0
        assert read_verification(path).keys() == dates.keys()


@cure("control-character")
@pytest.mark.parametrize("name", ["x.sh", "x.py"])
def test_a_control_character_is_written_as_an_escape(
    name: str,
    project: Project,
    write: Write,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = {"x.sh": "printf %s {} | od -c\n", "x.py": "print(ord({}))\n"}[name]
    write(f"snippets/a/{name}", snippet(code.format("'\x1b'")))
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    bash, python = re.findall(r"(\$?'\\x1b') in", said)
    right = bash if name == "x.sh" else python
    path: Path = write(f"snippets/a/{name}", snippet(code.format(right)))
    assert main(["record"]) == 0
    assert re.search("033|27", path.with_suffix(".out").read_text())
