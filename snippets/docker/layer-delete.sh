# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "나중 RUN이 지운 파일도 용량에 든다. 파일을 만든 레이어는 크기가 그대로다.", en = "A file deleted by a later RUN still counts: the layer that made it keeps its size." }
# volatile = ["digest", "duration", "size"]
# values = { deleting = '^(\S+B)\tRUN /bin/sh -c rm', layer = '^(\S+B)\tRUN /bin/sh -c dd', size = '^(\S+B)$' }
# holds = ["layer > 20MB", "layer < size", "deleting < 10kB"]
# timeout = 240
# ///
cat > Dockerfile <<'EOF'
FROM busybox
RUN dd if=/dev/zero of=/big bs=1M count=20 2>/dev/null
RUN rm /big
EOF
# step: build
docker build --quiet --tag apart .
# step: history
docker history --format '{{.Size}}\t{{.CreatedBy}}' apart | head -n 2
# step: total
docker images --format '{{.Size}}' apart
