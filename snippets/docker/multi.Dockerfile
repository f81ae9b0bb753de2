# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "두 단계의 Dockerfile 하나가 이미지 하나를 만든다.", en = "One Dockerfile with two stages makes one image." }
# files = ["go.mod", "hello.go"]
# volatile = ["digest"]
# timeout = 300
# ///
FROM golang:1.24 AS builder
WORKDIR /src
COPY go.mod hello.go ./
RUN CGO_ENABLED=0 go build -o /out/hello .
CMD ["/out/hello"]

FROM busybox
COPY --from=builder /out/hello /usr/local/bin/hello
USER 65532:65532
CMD ["/usr/local/bin/hello"]
