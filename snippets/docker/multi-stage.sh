# /// snippet
# lab = "none"
# proves = "The last stage becomes the image, --target picks another one, --secret passes a value that no layer keeps."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/build/building/multi-stage/"
# ///
docker build -t myapp:1.0 .
docker build --target builder -t myapp:builder .
docker build --secret id=token,src=token.txt -t myapp:1.0 .
