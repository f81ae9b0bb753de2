"""What the docker lab gives a snippet.

What Docker does there the recordings in snippets/docker/ show, each of which is run: published
ports (ports-publish), a registry that keeps what is pushed (registry-digest), a compiler and stages
(multi, multi-stage), squashing by the classic builder (squash), two platforms (buildx).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.images.refusal import cure_of
from snippetlab.registry import LABS
from snippetlab.run.laboratory import Laboratory
from tests.engine.machines import program


class Runner:
    def __init__(self, laboratory: Laboratory) -> None:
        self._lab = laboratory.lab

    def __call__(self, code: str) -> list[str]:
        steps = self._lab.run([program(code)])[0].steps
        return [step.output.decode() for step in steps]


OTHER = {"docker": "classic", "docker-26": "containerd"}
"""Lab → the store of its second engine."""


@pytest.fixture(scope="module")
def run(laboratory_of: Callable[[str], Laboratory]) -> Runner:
    return Runner(laboratory_of("docker"))


_IMAGES = """\
docker images --format '{{{{.Repository}}}}:{{{{.Tag}}}}' | sort
docker --context {other} images --format '{{{{.Repository}}}}:{{{{.Tag}}}}' | sort
docker create busybox
for store in classic containerd; do docker --context $store info --format '{{{{.Driver}}}}'; done
docker --context {other} run --rm busybox echo runs
docker version --format '{{{{.Server.Version}}}}'
docker compose version --short
"""
_NESTED = """\
cat >probe.sh <<'end'
stage='mount -t tmpfs tmpfs /tmp && cd /tmp && mkdir lower upper work merged &&
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged &&
echo works'
setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \\
    unshare --user --map-user=1000 --map-group=1000 --mount --pid --fork --mount-proc \\
    unshare --user --map-root-user --mount --pid --fork --mount-proc sh -c "$stage"
end
docker run --rm --volume "$PWD:/probe" debian:trixie-slim sh /probe/probe.sh # ? *
docker run --rm --volume "$PWD:/probe" {options} debian:trixie-slim sh /probe/probe.sh # ? *
"""
"""What the guard and the stage do, in a container."""


@pytest.mark.parametrize("lab", OTHER)
def test_base_images_have_public_names_and_a_restored_engine_gives_ids_of_its_own(
    lab: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    """And each store an engine, which its context finds."""
    run = Runner(laboratory_of(lab))
    own, other, first, drivers, ran, version, compose = run(_IMAGES.format(other=OTHER[lab]))
    assert own.split() == [
        *("busybox:latest", "debian:trixie-slim", "golang:1.24", "golang:latest")
    ]
    assert other.split() == ["busybox:latest", "debian:trixie-slim"]
    assert drivers.split() == ["overlay2", "overlayfs"]
    assert ran == "runs\n"
    assert version.startswith(f"{LABS[lab].version}.")
    assert compose.startswith("2.")
    (second,) = run("docker create busybox\n")
    assert len(first) == len(second) == 65
    assert first != second


@pytest.mark.cure("lab-in-container")
def test_a_container_started_as_advised_has_room_for_the_namespace_lab(
    run: Runner, tmp_path: Path
) -> None:
    status = tmp_path / "proc/self/status"
    status.parent.mkdir(parents=True)
    status.write_text("Uid:\t0\nCapEff:\t00000000a80425fb\nSeccomp:\t2\n")
    cure = cure_of("bwrap: No permissions to create new namespace", tmp_path)
    options = " ".join(re.findall(r"--security-opt \S+", cure))
    *_, plain, advised = run(_NESTED.format(options=options))
    assert "works" not in plain
    assert advised == "works\n"
