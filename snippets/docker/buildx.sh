# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "빌드 명령 하나가 이미지 이름 하나를 두 아키텍처용으로 만들고, 각각 자기 아키텍처로 돈다.", en = "One build command makes one image name for two architectures, and each one runs as its own." }
# volatile = ["digest"]
# timeout = 300
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
cat > Dockerfile <<'EOF'
FROM busybox
ARG TARGETARCH
RUN echo "built for $TARGETARCH on $(uname -m)" > /built
CMD ["cat", "/built"]
EOF
docker build --quiet --network none --platform linux/amd64,linux/arm64 --tag app:1.0 .
docker run --rm --network none --platform linux/amd64 app:1.0
docker run --rm --network none --platform linux/arm64 app:1.0
