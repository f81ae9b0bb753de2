# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "이름 있는 볼륨은 컨테이너보다 오래 남고, 새것이라 비었을 때 이미지의 내용으로 채워진다. 쓰기 레이어는 사라진다.", en = "A named volume outlives its container and is filled from the image when it is new and empty; the writable layer goes." }
# volatile = ["digest", "container-id", "sha256"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN mkdir /data && echo "from the image" > /data/seed\n' | docker build --quiet --tag app -
docker run --rm --volume orders:/data app sh -c 'ls /data && echo "order 1" > /data/orders && echo "a log line" > /log'
docker run --rm --volume orders:/data app sh -c 'cat /data/orders && cat /log 2>&1'  # ? 1
docker volume inspect --format '{{.Mountpoint}}' orders
mkdir empty && docker run --rm --volume "$PWD/empty:/data" app ls /data
docker run --rm --volume orders:/data:ro app rm /data/orders  # ? 1
