# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "한 RUN 안에서 만들고 지운 파일은 용량을 차지하지 않는다.", en = "A file made and deleted within one RUN costs nothing." }
# volatile = ["digest", "duration", "size"]
# values = { size = '^(\S+B)$' }
# holds = ["size < 6MB"]
# timeout = 240
# ///
cat > Dockerfile <<'EOF'
FROM busybox
RUN dd if=/dev/zero of=/big bs=1M count=20 2>/dev/null && rm /big
EOF
docker build --quiet --tag joined .
docker history --format '{{.Size}}\t{{.CreatedBy}}' joined | head -n 1
docker images --format '{{.Size}}' joined
