# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "builder", ko = "Buildx 0.29은 메시지 앞에 'failed to build:'를 더 붙인다.", en = "Buildx 0.29 begins the message with one more part, 'failed to build:'." }
# proves = { ko = "빌드 컨텍스트에 없는 파일을 COPY하면 'failed to compute cache key' 오류가 나온다. .dockerignore로 뺀 파일도 컨텍스트에 없다.", en = "A COPY of a file that is not in the build context fails with 'failed to compute cache key'; what .dockerignore leaves out is not in it." }
# volatile = [{ name = "ref", pattern = '(?<=ref )[a-z0-9:-]+' }, "digest"]
# timeout = 240
# ///
printf 'FROM busybox\nCOPY settings.json /\n' > Dockerfile
# step: missing
docker build --quiet . 2>&1 | grep ^ERROR
# step: ignored
touch settings.json && echo '*.json' > .dockerignore
docker build --quiet . 2>&1 | grep ^ERROR
# step: there
rm .dockerignore
docker build --quiet .
