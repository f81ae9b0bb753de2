# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "store", ko = "containerd 저장소의 이미지는 인덱스, 매니페스트, 증명으로 되어 있어 지운 것도 따로따로 나온다. classic 저장소에서는 구성 하나만 나온다.", en = "An image of the containerd store is an index, a manifest and an attestation, and prune lists each of them; in the classic store it lists the config alone." }
# proves = { ko = "태그를 다른 이미지로 옮기면 앞의 이미지는 댕글링이 된다. prune은 컨테이너가 쓰는 동안 이 이미지를 지우지 않고, 컨테이너를 지운 뒤에는 지운다.", en = "An image whose tag is moved to another one is dangling. Prune leaves it alone while a container uses it, and removes it afterwards." }
# volatile = ["digest", "container-id", "size"]
# values = { kept = '\A(?s:.*?)^Total reclaimed space: (\S+)' }
# holds = ["kept < 1B"]
# timeout = 240
# ///
build() { printf 'FROM busybox\nRUN echo "%s" > /version\n' "$1" | docker build --quiet --tag "$2" - ; }
# step: build
build 1 app && docker run --detach --name old app sleep 1000
# step: move
build 2 next && docker tag next app
# step: dangling
docker image ls --all --filter dangling=true --format '{{.Repository}}:{{.Tag}} {{.ID}}'
# step: used
docker image prune --force
docker rm --force old
# step: unused
docker image prune --force
docker image ls --all --filter dangling=true --quiet | wc -l
