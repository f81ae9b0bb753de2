# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "레이블은 FROM으로 물려받고, 구성(config)에 있으며, 이미지를 거르는 데 쓰인다.", en = "A label is inherited through FROM, is in the config, and filters images." }
# volatile = ["digest", "container-id"]
# timeout = 240
# ///
printf 'FROM busybox\nLABEL org.opencontainers.image.title=base org.opencontainers.image.version=13\n' | docker build --quiet --tag base -
printf 'FROM base\nLABEL org.opencontainers.image.title=web\n' | docker build --quiet --tag web -
docker image inspect --format '{{json .Config.Labels}}' web
docker image ls --filter label=org.opencontainers.image.version=13 --format '{{.Repository}}' | sort
