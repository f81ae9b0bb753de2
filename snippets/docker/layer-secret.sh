# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "나중 RUN이 지운 비밀이 저장한 이미지에서 읽힌다. 옆에는 그것을 가리는 화이트아웃이 있다.", en = "A secret deleted by a later RUN is read from the saved image, next to the whiteout that hides it." }
# volatile = ["digest", "sha256"]
# timeout = 240
# ///
echo 's3cret' > key
cat > Dockerfile <<'EOF'
FROM busybox
COPY key /key
RUN rm /key
EOF
docker build --quiet --tag leaky .
docker run --rm leaky cat /key  # ? 1
mkdir image && docker save leaky | tar --extract --directory image
# shellcheck disable=SC2044
for layer in $(find image -type f); do tar --list --file "$layer" 2>/dev/null | grep -E '(^|/)(\.wh\.)?key$'; done | sort
# shellcheck disable=SC2044
for layer in $(find image -type f); do tar --extract --to-stdout --file "$layer" key 2>/dev/null; done | cat
