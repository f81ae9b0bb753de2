# /// snippet
# lab = "docker"
# proves = { ko = "한 이미지의 두 컨테이너는 아래 디렉터리를 공유하고 위 디렉터리는 따로 가진다. docker diff는 위 디렉터리에 있는 것을 적는다.", en = "Two containers of one image share the lower directories and have an upper one each; docker diff lists what is in it." }
# volatile = ["sha256", "container-id", "size"]
# unordered = ["changes"]
# timeout = 240
# leaves = ["container"]
# ///
docker info --format '{{.Driver}}'
docker run --detach --name one busybox sleep 1000 && docker run --detach --name two busybox sleep 1000
docker exec one sh -c 'echo hello > /new && rm /bin/vi'
# step: changes
docker diff one
upper=$(docker inspect --format '{{.GraphDriver.Data.UpperDir}}' one) && ls -l --time-style=+ "$upper" "$upper/bin"
for name in one two; do docker inspect --format '{{.GraphDriver.Data.LowerDir}}' $name | tr : '\n' | tail -n 1; done | uniq | wc -l
for name in one two; do docker inspect --format '{{.GraphDriver.Data.UpperDir}}' $name; done | uniq | wc -l
docker ps --size --format '{{.Names}} {{.Size}}'
