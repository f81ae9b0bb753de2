# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "pids.max에 닿으면 fork가 실패할 뿐 아무것도 죽지 않는다.", en = "At pids.max a fork fails and nothing is killed." }
# timeout = 240
# ///
docker run --rm --pids-limit 5 busybox sh -c 'for i in 1 2 3 4 5 6; do sleep 1 & done; wait' 2>&1 | grep --max-count=1 fork
