# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "buildx 플러그인이 없으면 docker build는 레거시 빌더로 빌드하고 경고한다. 레거시 빌더는 RUN --mount를 모른다.", en = "Without the plug-in buildx, docker build warns and builds with the legacy builder, which does not know RUN --mount." }
# volatile = ["digest", "container-id"]
# timeout = 240
# ///
# hide
# shellcheck disable=SC2164
mkdir app && cd app
# show
printf 'FROM busybox\nRUN echo built > /made\n' > Dockerfile
# step: hide
plugin=$(docker info --format '{{range .ClientInfo.Plugins}}{{if eq .Name "buildx"}}{{.Path}}{{end}}{{end}}') && mv "$plugin" /root/
# step: legacy
docker build --tag app .
# step: demanded
DOCKER_BUILDKIT=1 docker build --tag app .  # ? 1
# step: mount
printf 'FROM busybox\nRUN --mount=type=cache,target=/cache true\n' | docker build --quiet --tag app - 2>&1 | tail -n 1
# hide
mv /root/docker-buildx "$plugin"
# show
