# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "시크릿 마운트는 그 RUN이 실행되는 동안만 읽힌다. 저장한 이미지의 모든 파일을 풀어 찾아도 시크릿은 없고, 빌드 인자는 있다.", en = "A secret mount is readable while its RUN runs. In the saved image, all of it unpacked, the secret is not found, and a build argument is." }
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
# step: saved
mkdir image && docker save app | tar --extract --directory image
# step: search
find image -type f -exec zcat --force {} + > everything
# step: token
grep --text --only-matching s3cret everything  # ? 1
# step: argument
grep --text --only-matching 'PASSWORD=hunter2' everything | uniq
