# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "마지막 스테이지의 이미지에는 프로그램만 있고 컴파일러는 없다. 두 이미지는 같은 것을 출력한다.", en = "The image of the last stage holds the program and not the compiler, and both images print the same." }
# after = "docker/multi"
# volatile = ["digest", "size"]
# values = { single = '^single (\S+)', multi = '^multi (\S+)' }
# holds = ["multi * 20 < single"]
# timeout = 300
# ///
docker build --quiet --tag single --target builder --file multi.Dockerfile .
docker run --rm multi && docker run --rm single
docker images --format '{{.Repository}} {{.Size}}' --filter reference=multi --filter reference=single | sort
