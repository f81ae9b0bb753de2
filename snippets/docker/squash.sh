# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "classic 저장소와 레거시 빌더에서 실험 옵션 --squash는 이번 빌드의 레이어를 하나로 합치고 베이스는 둔다.", en = "In the classic store and with the legacy builder, the experimental option --squash merges the layers of this build into one and leaves the base." }
# volatile = ["digest", "container-id", "size", "duration"]
# values = { apart = '^(\d+) layers apart', squashed = '^(\d+) layers squashed', size-apart = '^apart (\S+)', size-squashed = '^squashed (\S+)' }
# holds = ["squashed < apart", "size-squashed * 5 < size-apart"]
# timeout = 240
# ///
# hide
docker context use classic > /dev/null 2>&1
# show
docker version --format '{{.Server.Experimental}}'
cat > Dockerfile <<'EOF'
FROM busybox
RUN dd if=/dev/zero of=/big bs=1M count=20 2>/dev/null
RUN rm /big
EOF
DOCKER_BUILDKIT=0 docker build --quiet --tag apart . 2>/dev/null
DOCKER_BUILDKIT=0 docker build --quiet --squash --tag squashed . 2>/dev/null
for image in apart squashed; do echo "$(docker image inspect --format '{{len .RootFS.Layers}}' "$image") layers $image"; done
docker images --format '{{.Repository}} {{.Size}}' --filter reference=apart --filter reference=squashed | sort
