"""What the docker lab gives a snippet."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.labs.refusal import cure_of
from tests.engine.machines import program

_GO = """\
cat >main.go <<'end'
package main

import "fmt"

func main() { fmt.Println("hello") }
end
cat >Dockerfile <<'end'
FROM golang AS build
COPY main.go .
RUN go build -o /hello main.go

FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]
end
docker build --quiet --tag hello .
docker run --rm hello
"""


class Runner:
    def __init__(self, laboratory: Laboratory) -> None:
        self._lab = laboratory.lab

    def __call__(self, code: str) -> list[str]:
        steps = self._lab.run([program(code, 300)])[0].steps
        return [step.output.decode() for step in steps]


@pytest.fixture(scope="module")
def run(laboratory_of: Callable[[str], Laboratory]) -> Runner:
    return Runner(laboratory_of("docker"))


def test_two_restored_engines_give_different_ids(run: Runner) -> None:
    first, second = (run("docker create busybox\n")[0] for _ in range(2))
    assert len(first) == len(second) == 65
    assert first != second


def test_the_base_images_have_public_names_and_fixed_ids(run: Runner, tmp_path: Path) -> None:
    code = "docker images --format '{{.Repository}}:{{.Tag}}' | sort\n"
    code += "docker --context containerd images --format '{{.Repository}}:{{.Tag}}' | sort\n"
    classic, containerd = run(code)
    assert classic.split() == [
        *("busybox:latest", "debian:trixie-slim", "golang:1.24", "golang:latest")
    ]
    assert containerd.split() == ["busybox:latest", "debian:trixie-slim"]


def test_ports_of_a_container_are_reached(run: Runner) -> None:
    code = (
        "docker run --detach --name www --publish 8080:80 busybox"
        " sh -c 'echo hello >index.html; httpd -f -p 80' >/dev/null\n"
        "curl -s http://127.0.0.1:8080/ # settle: 10s\n"
        "docker port www 80/tcp | head -n 1\n"
    )
    assert run(code)[1:] == ["hello\n", "0.0.0.0:8080\n"]


def test_the_registry_keeps_what_is_pushed(run: Runner) -> None:
    code = (
        "docker tag busybox localhost:5000/mine\n"
        "docker push --quiet localhost:5000/mine\n"
        "accept='Accept: application/vnd.docker.distribution.manifest.v2+json'\n"
        'curl -s -H "$accept" http://localhost:5000/v2/mine/manifests/latest | sha256sum\n'
        "docker inspect -f '{{index .RepoDigests 0}}' localhost:5000/mine\n"
    )
    *_, summed, stated = run(code)
    assert stated.strip().rpartition(":")[2] == summed.split()[0]


def test_go_is_compiled_in_a_multi_stage_build(run: Runner) -> None:
    assert run(_GO)[-1] == "hello\n"


def test_the_classic_builder_squashes(run: Runner) -> None:
    code = (
        "printf 'FROM busybox\\nRUN echo 1 >a\\nRUN rm a\\n' >Dockerfile\n"
        "export DOCKER_BUILDKIT=0; docker build --squash --tag one . >/dev/null 2>&1\n"
        "docker inspect -f '{{len .RootFS.Layers}}' one\n"
    )
    assert run(code)[-1] == "2\n"


def test_two_platforms_are_built_and_the_foreign_one_runs(run: Runner) -> None:
    code = (
        "docker context use containerd\n"
        "printf 'FROM busybox\\nRUN uname -m >/machine\\n' >Dockerfile\n"
        "docker build --quiet --platform linux/amd64,linux/arm64 --tag two . >/dev/null\n"
        "docker run --rm --platform linux/arm64 two cat /machine\n"
        "docker run --rm two cat /machine\n"
    )
    assert run(code)[-2:] == ["aarch64\n", "x86_64\n"]


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
