"""Which shells are opened, by the program that is started in the end."""

import pytest

from snippetlab.snippet.wrappers import opens_shell, reader

BARE = """bash|bash -x|exec bash|FOO=1 env -i A=b bash|unshare --user --map-root-user /bin/bash
chroot new /bin/sh|nice -n 5 zsh|sudo -i|sudo -u me bash|su - user|timeout -k 1 5 bash
exec -l -a sh bash|A[1]=2 command -p bash|docker run -it busybox sh
docker container run --rm -it -v /:/host alpine ash
docker --context there exec -it web bash|docker compose exec web sh|podman run -it fedora bash
docker-compose -f a.yml run --rm web sh|nsenter -t 1 -m bash|busybox sh"""
OTHER = """chroot jail ls -l /bin/sh|docker run --rm alpine which sh|apt install bash
unshare --user ldd /bin/bash|docker run -dit --name web alpine sh|docker pull bash|command -v bash
bash script.sh|bash -c true|bash --version|sudo -u me id|su -c id user|docker exec -it web sh -c id
docker compose exec -T web sh|docker compose logs sh|type bash|cp /bin/sh x/sh|taskset -p 1 sh
docker run busybox sh|busybox --list|runc list|exec -i sh|command -pv sh|A[sh]=/bin/sh"""


@pytest.mark.parametrize("command", BARE.replace("|", "\n").split("\n"))
def test_a_shell_that_reads_what_is_typed(command: str) -> None:
    assert opens_shell(command.split(" "))


@pytest.mark.parametrize("command", OTHER.replace("|", "\n").split("\n"))
def test_what_only_names_a_shell(command: str) -> None:
    assert not opens_shell(command.split(" "))


@pytest.mark.parametrize(
    ("command", "shell"),
    [
        ("bash", "bash"),
        ("unshare --uts -- bash -e", "bash"),
        ("bwrap --ro-bind / / --dev /dev /bin/dash", "dash"),
        ("unshare -r ./busybox ash", "busybox ash"),
        ("busybox sh", "busybox sh"),
        ("runc exec box sh", "sh"),
        ("./filter bash", "bash"),
        ("bash -s one", "bash"),
        ("docker exec -i web sh", ""),
        ("podman run -i alpine sh", ""),
        ("ssh host bash", ""),
        ("xargs bash", ""),
        ("bash -c cat", ""),
        ("bash script", ""),
        ("cat", ""),
    ],
)
def test_who_reads_a_here_document(command: str, shell: str) -> None:
    assert reader(command.split(" ")) == shell
