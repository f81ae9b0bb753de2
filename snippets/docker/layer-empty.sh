# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "RUN과 WORKDIR은 파일을 바꾸지 않아도 레이어를 만들고, ENV와 LABEL은 만들지 않는다.", en = "RUN and WORKDIR make a layer even if no file changes; ENV and LABEL make none." }
# volatile = ["digest", "size"]
# values = { made = '^made (\d+)' }
# holds = ["made < 3", "made > 1"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN true\nWORKDIR /bin\nENV A=1\nLABEL b=2\n' | docker build --quiet --provenance=false --tag built -
layers() { docker image inspect --format '{{len .RootFS.Layers}}' "$1"; }
echo "made $(($(layers built) - $(layers busybox))) layers"
docker history --format '{{.Size}}\t{{.CreatedBy}}' built | head -n 4
