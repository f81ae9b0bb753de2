"""The wheel: what is in it, and what a site has of it that has nothing else."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest

import snippetlab
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.registry import layers, maker_of
from snippetlab.run.engine import SENT
from tests.sharing import Shared
from tests.support import ROOT, snippet

UV = str(Path(sys.prefix) / "bin/uv")
PACKAGE = "hooks/snippetlab/"
SITE = {
    "mkdocs.yml": "site_name: Other\n",
    "docs/index.md": "# Other\n\n```snippet\nshop/list\n```\n",
    "snippets/shop/goods.txt": "apples\npears\n",
    "snippets/shop/list.sh": snippet("sort -r goods.txt\n", files=["goods.txt"]),
    "snippets/shop/total.py": snippet("print(6 * 7)\n"),
}
HOSTS = {
    f"snippetlab.hosts.{name}"
    for name in ("collecting", "configuration", "mkdocs", "printing", "pytest")
}
"""Modules that only who has the host imports."""


def run(*command: str | Path, **options: object) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_"))}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="session")
def wheel(shared: Shared) -> ZipFile:
    """Made from the sdist, as who has no wheel makes it."""

    def make(directory: Path) -> None:
        python = ("--no-build-isolation", "--python", sys.executable)
        run(UV, "build", "--quiet", *python, "--out-dir", directory, ROOT)

    (path,) = shared.once("dist", make).glob("*.whl")
    return ZipFile(path)


@pytest.fixture(scope="session")
def virgin(shared: Shared, wheel: ZipFile) -> Path:
    """An environment that has the wheel, and of what it needs the oldest that will do."""
    return shared.once("virgin", lambda directory: _install(directory, wheel)) / "bin"


@pytest.fixture(scope="session")
def hosted(shared: Shared, wheel: ZipFile) -> Path:
    """The same with MkDocs."""
    return shared.once("hosted", lambda place: _install(place, wheel, "mkdocs==1.6.1")) / "bin"


def _install(directory: Path, wheel: ZipFile, *more: str) -> None:
    run(UV, "venv", "--quiet", "--relocatable", "--python", sys.executable, directory)
    oldest = ("--resolution", "lowest-direct", "--requirements", ROOT / "pyproject.toml")
    python = ("--quiet", "--python", directory / "bin/python")
    run(UV, "pip", "install", *python, *oldest, str(wheel.filename), *more)


def test_all_that_lies_in_the_package_is_in_the_wheel_and_nothing_else(wheel: ZipFile) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", PACKAGE]
    names = run(*listed, cwd=ROOT).rstrip("\0").split("\0")
    there = {name.removeprefix("hooks/") for name in names if (ROOT / name).exists()}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == there


def test_what_it_says_of_itself(wheel: ZipFile) -> None:
    said = message_from_string(_told(wheel, "METADATA"))
    assert said["Version"] == snippetlab.__version__
    assert said["License-Expression"] == "MIT"
    text = str(said.get_payload())
    assert text == (ROOT / PACKAGE / "README.md").read_text()
    assert re.findall(r"\]\((?!https://).*?\)", text) == [], "nothing lies beside it"
    assert str(ROOT) not in str(said)


def test_this_site_needs_nothing_that_the_engine_does(wheel: ZipFile) -> None:
    """And the engine nothing that is of this site."""
    values = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [_name(requirement) for requirement in values["project"]["dependencies"]]
    site = {_name(requirement) for requirement in values["dependency-groups"]["site"]}
    assert site & set(names) == {"pymdown-extensions"}, "of which this site wants a certain one"
    assert not any("==" in requirement for requirement in values["project"]["dependencies"])
    locked = re.findall(r"^([a-z][^ =]*)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert {*names, *site} <= set(locked)


def test_every_module_finds_what_it_imports(virgin: Path) -> None:
    others = {f"snippetlab.{name[:-3].replace('/', '.')}" for name in SENT}
    others |= HOSTS | {"snippetlab.__main__"}
    code = (
        "import pkgutil, importlib, snippetlab\n"
        "for module in pkgutil.walk_packages(snippetlab.__path__, 'snippetlab.'):\n"
        f"    module.name in {others} or importlib.import_module(module.name)\n"
    )
    run(virgin / "python", "-I", "-c", code)


def test_the_oldest_host_shows_it(hosted: Path, tmp_path: Path, laboratory: object) -> None:
    _write_site(tmp_path)
    theme = "theme: {name: mkdocs, locale: de}\nplugins: [search, snippetlab]\n"
    (tmp_path / "mkdocs.yml").write_text(SITE["mkdocs.yml"] + theme)
    run(hosted / "snippetlab", "record", cwd=tmp_path)
    command = [str(hosted / "python"), "-m", "mkdocs", "build", "--strict"]
    run(*command, cwd=tmp_path)
    assert "<samp>pears\napples</samp>" in (tmp_path / "site/index.html").read_text()
    (tmp_path / "snippets/shop/goods.txt").write_text("plums\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "snippets/shop/list.sh:1: the snippet has changed since it was recorded" in done.stderr


def test_a_site_of_five_files(virgin: Path, tmp_path: Path, laboratory: object) -> None:
    command = virgin / "snippetlab"
    _write_site(tmp_path)

    def said(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([command, *arguments], cwd=tmp_path, capture_output=True, text=True)

    assert said("new", "shop/first").returncode == 0
    assert said("record").returncode == 0
    assert "pears\napples\n" in (tmp_path / "snippets/shop/list.out").read_text()
    done = said("verify", "--json", "results.json")
    assert (done.returncode, done.stdout) == (0, "3 held\n"), done.stderr
    assert said("verify", "--write").returncode == 0, "which writes what no run reads"
    results = json.loads((tmp_path / "results.json").read_text())
    assert {row["id"]: row["verdict"] for row in results} == {
        "shop/first": "held",
        "shop/list": "held",
        "shop/total": "held",
    }
    (tmp_path / "snippets/shop/goods.txt").write_text("plums\n")
    recording = tmp_path / "snippets/shop/total.out"
    recording.write_text(recording.read_text().replace("42", "43"))
    done = said("verify")
    assert done.returncode == 1
    assert "snippets/shop/list.sh:1: the snippet has changed since it was recorded" in done.stderr
    assert re.search(
        r"^snippets/shop/total\.out:(\d+): .* edited by hand", done.stderr, re.MULTILINE
    )
    (tmp_path / "snippets/shop/total.py").write_text(snippet("print(6 * 7)\n1 / 0\n"))
    done = said("record")
    assert done.returncode == 1
    assert "snippets/shop/total.py:" in done.stderr
    assert "make " not in done.stderr


def test_five_minutes_are_as_the_readme_says(
    virgin: Path, tmp_path: Path, laboratory: object
) -> None:
    readme = (ROOT / PACKAGE / "README.md").read_text()
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    written = dict(blocks)
    (tmp_path / "mkdocs.yml").write_text(written["yaml"])
    (new,) = re.findall(r"Then `snippetlab (new .*?)` begins", readme)
    run(virgin / "snippetlab", *new.split(), cwd=tmp_path)
    (path,) = re.findall(r"Let `(.*?)` say:", readme)
    assert (tmp_path / path).exists()
    (tmp_path / path).write_text(written["bash"])
    for transcript in (text for kind, text in blocks if kind == "console"):
        typed, _, printed = transcript.partition("\n")
        _, program, *arguments = typed.split()
        assert run(virgin / program, *arguments, cwd=tmp_path) == printed
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab/base.toml").write_text(written["toml"])
    assert "git" in read_recipe(Project(tmp_path)).packages


def test_its_recipes_make_the_same_images(virgin: Path, tmp_path: Path) -> None:
    """A bit that is lost, such as one by which a program can be executed, makes another image."""
    (tmp_path / "mkdocs.yml").touch()
    for name in layers():
        key = run(virgin / "snippetlab", "lab", "key", name, cwd=tmp_path).strip()
        assert key == maker_of(name).key(Project(ROOT), name)


@pytest.mark.parametrize(
    ("group", "place"),
    [
        ("console_scripts", "snippetlab.cli:main"),
        ("mkdocs.plugins", "snippetlab.hosts.mkdocs:SnippetlabPlugin"),
        ("pytest11", "snippetlab.hosts.pytest"),
    ],
)
def test_an_entry_point_leads_to_what_is_there(group: str, place: str, wheel: ZipFile) -> None:
    assert f"[{group}]\nsnippetlab = {place}\n" in _told(wheel, "entry_points.txt")
    module, _, member = place.partition(":")
    file = ROOT / "hooks" / module.replace(".", "/")
    source = file.with_suffix(".py") if not file.is_dir() else file / "__init__.py"
    named = {
        getattr(node, "name", "")
        for statement in ast.parse(source.read_text()).body
        for node in (statement, *getattr(statement, "names", ()))
    }
    assert not member or member in named


def _write_site(root: Path) -> None:
    for name, text in SITE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def _told(wheel: ZipFile, name: str) -> str:
    (path,) = (path for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return found[0].lower()
