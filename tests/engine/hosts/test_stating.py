"""What stands below a transcript of what it ran with: from the recipe of its own lab."""

from dataclasses import replace

import pytest

from snippetlab.hosts.stating import stated_in
from snippetlab.project import Project
from snippetlab.run.lock import Lock, LockedLab
from snippetlab.show.block import Block, Frame
from snippetlab.show.caption import caption
from snippetlab.show.templates import Templates
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet
from tests.words import ENGLISH, KOREAN

PACKAGES = {
    "base-files": "13.8+deb13u8",
    "bash": "5.2.37-2",
    "containerd": "2.1.9+ds1-5",
    "docker-buildx": "0.29.1+ds1-4",
    "docker-cli": "28.5.2+dfsg4-5",
    "docker.io": "28.5.2+dfsg4-5",
    "qemu-system-x86": "1:10.0.13+ds-0+deb13u1",
    "qemu-utils": "1:10.0.13+ds-0+deb13u1",
    "runc": "1.3.6+ds1-1",
}
ENGINE = "Docker Engine 28.5.2 · containerd 2.1.9 · runc 1.3.6"


def facts(project: Project, code: str, lab: str, templates: Templates = ENGLISH) -> str:
    path = project.snippets / "a/b.sh"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(snippet(code).replace("namespace", lab))
    library = load_library(project)
    entry = library.entries["a/b"]
    lock = Lock({lab: LockedLab(lab, "00", PACKAGES, "6.12.117+deb13-cloud-amd64")})
    frame = Frame(templates, "b.sh", lock, stated_in(project, library))
    return " · ".join(caption(Block(entry.snippet, entry.program.commands, None, frame)).facts)


def test_each_transcript_of_docker_names_engine_containerd_runtime_and_store(
    project: Project,
) -> None:
    said = facts(project, "docker run busybox true\n", "docker")
    assert said.startswith(f"Debian 13.8 · Linux 6.12.117 · {ENGINE} · containerd image store")
    assert "Buildx" not in said
    korean = facts(project, "true\n", "docker", KOREAN)
    assert f"{ENGINE} · containerd 이미지 저장소" in korean


@pytest.mark.parametrize(
    ("code", "store"),
    [
        ("docker context use classic\ndocker images\n", "classic"),
        ("docker --context classic images\n", "classic"),
        ("docker --context containerd images\n", "containerd"),
        ("echo classic\n", "containerd"),
        ("for c in classic containerd; do docker --context $c ps; done\n", "classic, containerd"),
    ],
)
def test_the_store_is_that_of_the_engine_that_is_asked(
    code: str, store: str, project: Project
) -> None:
    assert f" · {store} image store · " in facts(project, code, "docker")


def test_what_only_some_run_is_stated_of_these(project: Project) -> None:
    assert " · Buildx 0.29.1" in facts(project, "docker build .\n", "docker")


@pytest.mark.parametrize(
    ("version", "said"),
    [("1.7.24~ds1-6+deb13u1", "1.7.24"), ("2.1.9+ds1-5", "2.1.9"), ("2.1~rc1-1", "2.1~rc1")],
)
def test_that_debian_left_something_out_is_no_part_of_a_version(
    version: str, said: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PACKAGES, "containerd", version)
    assert f" · containerd {said} · " in facts(project, "true\n", "docker")


def test_a_machine_names_qemu_once_and_no_engine(project: Project) -> None:
    said = facts(project, "qemu-img info x; qemu-system-x86_64 -version\n", "machine")
    assert said.count("QEMU 10.0.13") == 1
    assert "Docker" not in said
    assert "QEMU" not in facts(project, "true\n", "machine")


def test_the_namespace_lab_states_what_it_did(project: Project) -> None:
    assert facts(project, "true\n", "namespace") == "Debian 13.8 · Linux 6.12.117 · bash 5.2.37"


def test_a_site_states_of_its_own_lab_what_its_own_recipe_says(
    project: Project, write: Write
) -> None:
    toml = project.lab / "docker.toml"
    toml.unlink(missing_ok=True)
    own = '[names]\nrunc = "the runtime"\n[facts]\nx = "of y"\n'
    write("lab/docker.toml", f'extends = "docker"\n{own}')
    said = facts(project, "true\n", "docker")
    assert "the runtime 1.3.6" in said
    assert said.endswith(" · of y · bash 5.2.37")  # no word is known for that


@pytest.mark.parametrize("table", ["names", "facts"])
def test_what_pages_say_makes_no_new_image(table: str, project: Project, write: Write) -> None:
    from snippetlab.images.image import read_recipe

    write("lab/own.toml", 'extends = "base"\n[stated]\ntcc = ["tcc"]\n')
    before = read_recipe(project, "own")
    write("lab/own.toml", f'extends = "base"\n[stated]\ntcc = ["*"]\n[{table}]\ntcc = "x"\n')
    after = read_recipe(project, "own")
    assert after.key == before.key
    assert replace(after, key="") != replace(before, key="")
