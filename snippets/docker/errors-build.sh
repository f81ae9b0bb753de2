# /// snippet
# lab = "docker"
# versions = ["28", "26"]
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
