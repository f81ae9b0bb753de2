# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "히어 도큐먼트는 set -e로 시작하지 않으면 실패한 뒤에도 계속 돈다.", en = "A here-document runs on after a failure unless it begins with set -e." }
# volatile = ["digest"]
# timeout = 240
# ///
cat > Dockerfile <<'EOF'
FROM busybox
RUN <<RUN
false
echo reached
RUN
EOF
docker build --quiet .
sed -i 's/^false$/set -e\nfalse/' Dockerfile
docker build --quiet . 2>&1 | grep --only-matching 'exit code: 1'
