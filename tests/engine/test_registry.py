"""A lab is registered in one place, and then everything knows it."""

import sys
from pkgutil import resolve_name

import pytest

from snippetlab.cli import main
from snippetlab.images.recipe_files import recipe_directory
from snippetlab.project import Project
from snippetlab.registry import LABS, Registration, makers
from snippetlab.run.lock import read_lock
from snippetlab.snippet.library import load_library
from tests.engine.pages import rendered
from tests.engine.toy_lab import RECIPE
from tests.support import Write, advised, snippet

HERE = "tests.engine.toy_lab"


@pytest.fixture(autouse=True)
def toy(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its module, its recipe, its registration."""
    monkeypatch.setitem(LABS, "toy", Registration("toy", f"{HERE}:open_lab", 5, 7, maker=HERE))
    for name in [name for name in sys.modules if name.startswith("snippetlab.cli.")]:
        monkeypatch.delitem(sys.modules, name)  # which know the labs that there were
    write("lab/toy.toml", RECIPE)
    monkeypatch.chdir(project.root)


def test_a_lab_that_is_registered_is_built_shown_recorded_and_verified(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("snippets/a/b.sh", snippet("echo moon\n").replace("namespace", "toy"))
    assert main(["record"]) == 1
    assert main(advised(capsys.readouterr().err)) == 0
    assert main(["record"]) == 0
    assert "moon" in path.with_suffix(".out").read_text()
    main(["lab", "status"])
    assert "toy: works with image" in capsys.readouterr().out
    assert main(["list", "--lab", "toy"]) == 0
    assert capsys.readouterr().out.split() == ["a/b", "toy", "fresh"]
    assert main(["verify", "--lab", "toy"]) == 0
    page = rendered("# x\n\n```snippet\na/b\n```\n", load_library(project))
    assert "Ran as root in the toy lab" in page
    write("lab/toy.toml", RECIPE.replace('"moon', '"sun'))
    assert main(["lab", "build", "toy"]) == 0
    assert main(["verify"]) == 1
    assert "+moon" not in (said := capsys.readouterr().err)
    assert "+sun" in said


def test_what_its_registration_allows_is_what_a_snippet_may_ask_for(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "build", "toy"]) == 0
    text = snippet("nothing\n", timeout=8).replace("namespace", "toy")
    path = write("snippets/a/b.sh", text)
    assert main(["record"]) == 1
    assert "must be a number of seconds above 0, at most 7" in capsys.readouterr().err
    path.write_text(text.replace("# timeout = 8\n", ""))
    assert main(["record"]) == 1
    assert "b.sh:5: this step failed with exit status 127" in capsys.readouterr().err


@pytest.mark.parametrize("name", LABS)
def test_what_a_lab_is_registered_with_is_there(name: str, repository: Project) -> None:
    lab = LABS[name]
    assert callable(resolve_name(lab.opener))
    assert all(callable(resolve_name(f"{lab.maker}:{part}")) for part in ("build", "key", "parts"))
    assert 0 < lab.timeout <= lab.longest
    for image in (lab.image, *lab.needs):
        assert (recipe_directory(repository, image) / f"{image}.toml").is_file()
        assert len(resolve_name(makers()[image]).key(repository, image)) == 16


@pytest.mark.parametrize("name", [name for name, lab in LABS.items() if lab.versions])
def test_each_version_of_a_lab_is_a_lab_whose_image_names_it(
    name: str, repository: Project
) -> None:
    """By the package that its own version is of; and none is a version of two labs."""
    versions = LABS[name].versions
    assert next(iter(versions)) == LABS[name].version
    assert versions[LABS[name].version] == name
    locked = read_lock(repository.lab / "lock.toml")
    for version, lab in versions.items():
        assert LABS[lab].version == version
        assert lab == name or not LABS[lab].versions
        assert locked.image(LABS[lab].image)["docker.io"].startswith(f"{version}.")
