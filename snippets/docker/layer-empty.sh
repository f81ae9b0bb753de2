# /// snippet
# lab = "docker"
# proves = { ko = "RUN과 WORKDIR은 파일을 바꾸지 않아도 레이어를 만들고, ENV와 LABEL은 만들지 않는다.", en = "RUN and WORKDIR make a layer even if no file changes; ENV and LABEL make none." }
# volatile = ["digest"]
# values = { base = '^base (\d+)', built = '^built (\d+)' }
# timeout = 240
# ///
printf 'FROM busybox\nRUN true\nWORKDIR /bin\nENV A=1\nLABEL b=2\n' | docker build --quiet --provenance=false --tag built -
echo "base $(docker image inspect --format '{{len .RootFS.Layers}}' busybox)"
echo "built $(docker image inspect --format '{{len .RootFS.Layers}}' built)"
docker history --format '{{.CreatedBy}}' built | head -n 4
