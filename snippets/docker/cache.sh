# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "소스 파일이 바뀌면 그것을 가져오는 COPY 위의 단계는 캐시를 쓰고 아래 단계는 다시 돈다.", en = "A changed source file spares the steps above the COPY that brings it in, and runs those below." }
# volatile = ["digest", "duration", "size"]
# timeout = 240
# ///
mkdir app
cd app || exit
# step: dockerfile
cat > Dockerfile <<'EOF'
FROM busybox
COPY go.mod /src/
RUN echo "download modules"
COPY . /src/
RUN echo "compile"
EOF
echo 'module app' > go.mod && echo 'version 1' > main.go
# step: all
docker build --progress plain . 2>&1 | grep -E --only-matching 'CACHED|[[][2-5]/5[]].*'
# step: change
echo 'version 2' > main.go
# step: again
docker build --progress plain . 2>&1 | grep -E --only-matching 'CACHED|[[][2-5]/5[]].*'
