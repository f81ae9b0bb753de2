# /// snippet
# lab = "namespace"
# proves = { ko = "키를 앞의 키와 명령과 복사한 파일로 만들면, 소스 파일 하나를 고쳐도 그 위의 단계는 다시 하지 않는다.", en = "With a key made of the key before, the instruction and the copied files, changing one source file spares the steps that stand above it." }
# browser = true
# ///
import hashlib


def keys(dockerfile, files):
    key, found = "", []
    for line in dockerfile:
        verb, rest = line.split(" ", 1)
        copied = rest.split(" ")[:-1] if verb == "COPY" else []
        content = [files[name] for name in (files if "." in copied else copied)]
        key = hashlib.sha256(repr((key, line, content)).encode()).hexdigest()
        found.append(key)
    return found


all_at_once = [
    "FROM golang",
    "COPY . .",
    "RUN go mod download",
    "RUN go build",
]
modules_first = [
    "FROM golang",
    "COPY go.mod go.sum .",
    "RUN go mod download",
    "COPY . .",
    "RUN go build",
]
before = {"go.mod": "module app", "go.sum": "", "main.go": "version 1"}
after = before | {"main.go": "version 2"}
for name, dockerfile in ("all at once", all_at_once), ("modules first", modules_first):
    print(name)
    for line, old, new in zip(dockerfile, keys(dockerfile, before), keys(dockerfile, after)):
        print("  CACHED" if old == new else "  run   ", line)
