# /// snippet
# lab = "docker"
# proves = { ko = "시크릿 마운트는 그 RUN이 도는 동안 읽히고 어느 레이어에도 없다. 빌드 인자는 이력에 남는다.", en = "A secret mount is readable while its RUN runs and is in no layer; a build argument is in the history." }
# volatile = ["digest", "duration"]
# timeout = 240
# ///
echo 's3cret' > token
cat > Dockerfile <<'EOF'
FROM busybox
ARG PASSWORD
RUN --mount=type=secret,id=token wc -c < /run/secrets/token > /length
RUN echo "uses $PASSWORD" > /dev/null
EOF
docker build --quiet --secret id=token,src=token --build-arg PASSWORD=hunter2 --tag app .
docker run --rm app sh -c 'cat /length && ls /run/secrets 2>&1'  # ? 1
docker save app | grep -c --text s3cret  # ? 1
docker history --no-trunc --format '{{.CreatedBy}}' app | grep -c hunter2
