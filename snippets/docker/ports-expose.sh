# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "-P는 노출한 포트만 게시한다. EXPOSE가 없으면 아무것도 게시하지 않고, EXPOSE만으로는 게시되지 않는다.", en = "-P publishes exactly the exposed ports: with EXPOSE 80 one, without EXPOSE none, and EXPOSE alone publishes nothing." }
# volatile = ["container-id", "digest", "port"]
# timeout = 300
# leaves = ["container"]
# ///
printf 'FROM busybox\nEXPOSE 80 53/udp\nCMD ["sleep", "1000"]\n' | docker build --quiet --tag exposing -
docker run --detach --name exposed exposing && docker port exposed
docker run --detach --name published --publish-all exposing && docker port published
docker run --detach --name bare --publish-all busybox sleep 1000 && docker port bare
docker run --detach --name flag --publish-all --expose 9000 busybox sleep 1000 && docker port flag
