# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "BuildKit은 결과에 필요 없는 단계를 건너뛰고, legacy builder는 돌린다.", en = "BuildKit leaves out a stage that the result does not need; the legacy builder runs it." }
# volatile = ["digest", "container-id", "duration"]
# timeout = 240
# ///
cat > Dockerfile <<'EOF'
FROM busybox AS build
RUN echo built > /app
FROM busybox AS test
RUN echo "the test stage runs"
FROM busybox
COPY --from=build /app /app
EOF
docker build --no-cache --progress plain . 2>&1 | grep -c 'echo "the test stage'  # ? 1
DOCKER_BUILDKIT=0 docker build --no-cache . 2>&1 | grep -c 'RUN echo "the test stage'
