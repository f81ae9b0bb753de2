# /// snippet
# lab = "none"
# proves = "A named volume outlives its container and is filled from the image when it is new and empty; the writable layer goes."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/storage/volumes/"
# ///
printf 'FROM busybox\nRUN mkdir /data && echo "from the image" > /data/seed\n' | docker build --quiet --tag app -
docker run --rm --volume orders:/data app sh -c 'ls /data && echo "order 1" > /data/orders && echo "a log line" > /log'
docker run --rm --volume orders:/data app sh -c 'cat /data/orders && cat /log'  # ? 1
docker volume inspect --format '{{.Mountpoint}}' orders
mkdir empty && docker run --rm --volume "$PWD/empty:/data" app ls /data
docker run --rm --volume orders:/data:ro app rm /data/orders  # ? 1
