# /// snippet
# lab = "docker"
# proves = { ko = "마지막 단계의 이미지에는 프로그램만 있고 컴파일러는 없다. 두 이미지는 같은 것을 찍는다.", en = "The image of the last stage holds the program and not the compiler, and both images print the same." }
# files = ["hello.go"]
# volatile = ["digest", "size"]
# values = { single = '^single (\S+)', multi = '^multi (\S+)' }
# holds = ["multi * 20 < single"]
# timeout = 300
# ///
cat > go.mod <<'EOF'
module example.com/hello
EOF
cat > Dockerfile <<'EOF'
FROM golang:1.24 AS builder
WORKDIR /src
COPY go.mod hello.go ./
RUN CGO_ENABLED=0 go build -o /out/hello .
CMD ["/out/hello"]

FROM busybox
COPY --from=builder /out/hello /usr/local/bin/hello
USER 65532:65532
CMD ["/usr/local/bin/hello"]
EOF
docker build --quiet --tag multi .
docker build --quiet --tag single --target builder .
docker run --rm multi && docker run --rm single
docker images --format '{{.Repository}} {{.Size}}' --filter reference=multi --filter reference=single | sort
