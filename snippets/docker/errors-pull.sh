# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "store", ko = "containerd 저장소와 classic 저장소는 레지스트리의 답을 서로 다른 문장으로 전한다. 원인은 같다.", en = "The two stores put the registry's answer into different words; the cause is the same." }
# proves = { ko = "인덱스에 그 플랫폼이 없으면 'no matching manifest', 레지스트리가 내주지 않으면 'pull access denied' 오류가 나온다.", en = "Where the index lacks the platform, the error is 'no matching manifest'; where the registry does not hand the image out, 'pull access denied'." }
# files = ["refuse.py"]
# volatile = ["digest"]
# timeout = 240
# ///
# hide
python3 refuse.py &
docker context use containerd > /dev/null 2>&1
printf 'FROM busybox\n' | docker build --quiet --platform linux/amd64 --provenance=true --tag 127.0.0.1:5000/app - > /dev/null && docker push --quiet 127.0.0.1:5000/app > /dev/null
docker context use default > /dev/null 2>&1
# show
# step: platform
docker pull --platform linux/arm64 127.0.0.1:5000/app  # ? 1
# step: denied
docker pull 127.0.0.1:5002/private/app  # ? 1
# hide
kill %1
wait
# show
