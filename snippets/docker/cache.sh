# /// snippet
# lab = "none"
# proves = "A changed source file spares the steps above the COPY that brings it in, and runs those below."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/build/cache/invalidation/"
# ///
cat > Dockerfile <<'EOF'
FROM busybox
COPY go.mod /src/
RUN echo "download modules"
COPY . /src/
RUN echo "compile"
EOF
echo 'module app' > go.mod && echo 'version 1' > main.go
docker build --quiet .
echo 'version 2' > main.go
docker build --progress plain . 2>&1 | grep -E -A 1 '^#[0-9]+ \[[2-5]/5\]' | grep -E 'CACHED|^#[0-9]+ \[' | sed 's/^#[0-9]* //'
touch main.go
docker build --progress plain . 2>&1 | grep -c CACHED
