"""What is said where a step fails is what mends it: each cure is followed."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from snippetlab.cli import main
from snippetlab.project import Project, cache_directory
from snippetlab.run.laboratory import Laboratory
from tests.support import Write, snippet


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@pytest.fixture
def failing(
    project: Project, write: Write, laboratory: object, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """What is said of a snippet that fails when it is recorded."""

    def failing(code: str) -> str:
        write("snippets/a/b.sh", snippet(code))
        assert main(["record"]) == 1
        return capsys.readouterr().err

    return failing


@pytest.fixture
def edit(project: Project) -> Callable[[str, str], None]:
    """Replace a text of the snippet, after which it can be recorded."""

    def edit(old: str, new: str) -> None:
        path = project.snippets / "a/b.sh"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        assert main(["record"]) == 0

    return edit


Failing = Callable[[str], str]
Edit = Callable[[str, str], None]


@pytest.mark.cure("fails", "succeeds")
def test_a_status_is_announced_or_not(failing: Failing, edit: Edit) -> None:
    (comment,) = re.findall(r"# \? 3$", failing("sh -c 'exit 3'\n"), re.MULTILINE)
    edit("exit 3'", f"exit 3' {comment}")
    (comment,) = re.findall(r"take out its comment (# \? 3)$", failing("true # ? 3\n"), re.M)
    edit(f" {comment}", "")


@pytest.mark.cure("no-network")
@pytest.mark.parametrize(
    "code",
    [
        "busybox wget http://example.com/data\n",
        "python3 -c 'import socket; socket.gethostbyname(\"example.com\")'\n",
    ],
)
def test_who_looks_for_a_host_is_told_that_there_is_no_network(
    code: str, failing: Failing, edit: Edit, write: Write
) -> None:
    said = failing(code)
    assert "No lab reaches a network." in said
    (tag,) = re.findall(r'# files = \["…"\]', said)
    write("snippets/a/data", "data\n")
    path = write("snippets/a/b.sh", snippet(code))
    path.write_text(path.read_text().replace("# ///\n", f"{tag.replace('…', 'data')}\n# ///\n"))
    edit(code, "cat data\n")


@pytest.mark.cure("mistyped-command")
def test_a_mistyped_command_is_told_what_was_meant(failing: Failing, edit: Edit) -> None:
    said = failing("hostnmae\n")
    (meant,) = re.findall(r"Did you mean `(\w+)`\?", said)
    edit("hostnmae", meant)


@pytest.mark.cure("use-another-lab")
def test_a_command_of_another_lab_names_it(
    failing: Failing, edit: Edit, laboratory_of: Callable[[str], Laboratory]
) -> None:
    (lab,) = re.findall(r"The machine lab has it: (# lab = .*)", failing("strace -V >version\n"))
    laboratory_of("machine")
    edit('# lab = "namespace"', lab)


def test_a_lab_that_is_another_in_an_older_version_is_not_advised(failing: Failing) -> None:
    """No tag `lab` names it, although it has the command too, and is listed before."""
    said = failing("docker version\n")
    assert 'The docker lab has it: # lab = "docker"\n' in said
    assert "docker-26" not in said


def test_a_command_that_is_there_but_not_found_is_not_to_be_added(failing: Failing) -> None:
    said = failing("PATH=/nowhere\nls\n")
    assert "ls: command not found" in said
    assert "# ? 127" in said
    assert "package" not in said


def test_a_command_of_which_the_error_quotes_nothing_has_the_plain_cure(failing: Failing) -> None:
    assert "# ? 127" in failing("( hostnmae; seq 20; exit 127 )\n")


def test_of_several_commands_the_last_decides_how_a_step_ends(failing: Failing) -> None:
    assert "Did you mean `hostname`?" in failing("( no-such-program; hostnmae )\n")


@pytest.fixture
def simulated(laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A host where what makes images needs no network: it adds the named package's command."""
    with tempfile.TemporaryDirectory(dir=cache_directory()) as name:
        host = Path(name)
        host.chmod(0o755)
        for part in ("bin", "cache", "cache/images", "cache/recipes", "added/usr/bin"):
            (host / part).mkdir(parents=True)
        image = laboratory.image.root
        shutil.copytree(cache_directory() / "recipes", host / "cache/recipes", dirs_exist_ok=True)
        (host / "cache/images" / image.name).symlink_to(image)
        make = (
            'case "$*" in *--include=*,jq,*|*--include=jq,*|*,jq" "*) ;; *) exit 1 ;; esac\n'
            "for last; do case $last in *.tar) archive=$last ;; esac; done\n"
            f"cd {host}/added && printf '#!/bin/sh\\necho jq-1.7\\n' >usr/bin/jq\n"
            "chmod a+x usr/bin/jq\n"
            # Status 1: another test has linked to a file of the image meanwhile.
            f'tar --create --file "$archive" --directory {image} . -C {host}/added . ||'
            " [ $? = 1 ]\n"
        )
        (host / "bin/mmdebstrap").write_text(f"#!/bin/sh\n{make}")
        (host / "bin/mmdebstrap").chmod(0o755)
        monkeypatch.setenv("PATH", f"{host}/bin:{os.environ['PATH']}")
        monkeypatch.setenv("SNIPPETLAB_CACHE", f"{host}/cache")
        yield host


@pytest.mark.cure("add-to-recipe")
def test_a_command_is_added_to_the_recipe_that_comes_with_the_engine(
    simulated: Path, failing: Failing, edit: Edit, project: Project, write: Write
) -> None:
    shutil.rmtree(project.lab)
    found = re.search(
        r"write (\S+) with .*\n((?: {8}.+\n)+) {4}Then: snippetlab (.+)$",
        failing("jq --version\n"),
        re.M,
    )
    assert found
    write(found[1], dedent(found[2]).replace("…", "jq"))
    assert main(found[3].split()) == 0
    edit("--version", "-V")


@pytest.mark.cure("add-a-package")
def test_a_command_that_no_lab_has_is_added(
    simulated: Path, failing: Failing, edit: Edit, project: Project
) -> None:
    said = failing("jq --version\n")
    assert "b.sh:5: this step failed with exit status 127" in said
    (recipe, command) = re.findall(r"`packages` of (\S+), then: snippetlab (.+)$", said, re.M)[0]
    toml = project.root / recipe
    toml.write_text(toml.read_text().replace("packages = [\n", 'packages = [\n    "jq",\n'))
    assert main(command.split()) == 0
    edit("--version", "-V")


@pytest.mark.cure("print-less")
def test_who_prints_too_much_prints_less(failing: Failing, edit: Edit) -> None:
    assert "b.sh:5: the snippet printed more than 1MB" in failing("yes | head -c 2M\n")
    edit("| head -c 2M", "| head -n 2")


@pytest.mark.cure("nested-shell-fails")
def test_a_shell_that_is_meant_not_to_start_has_no_document(failing: Failing, edit: Edit) -> None:
    opening = "unshare --nonsense bash"
    document = f"{opening} <<'jail'\nhostname\njail\n"
    (line,) = re.findall(r"give it no here-document: (.+)$", failing(document), re.MULTILINE)
    assert line.startswith(opening)
    edit(document, f"{line}\n")


@pytest.mark.cure("shell-of-its-own")
def test_what_ends_a_shell_gets_one_of_its_own(failing: Failing, edit: Edit) -> None:
    (own,) = re.findall(r"such as (\(.+?\)) or", failing("exit 3\ntrue\n"))
    edit("exit 3", f"{own} # ? 3")
