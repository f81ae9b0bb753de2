# /// snippet
# lab = "namespace"
# proves = { ko = "메모리, 디스크, 열린 파일, 프로세스에는 제한이 있고, 제한을 넘으면 호스트에 영향을 주기 전에 실패한다.", en = "Memory, disk, open files and processes have limits, and what meets one fails without the host noticing." }
# limits = { memory = "64MB", disk = "1MB", files = 32, processes = 20 }
# browser = { ko = "그 머신에는 이 랩의 제한이 없어서 2MB가 `/tmp`에 들어간다", en = "its machine has not this lab's limits, and the 2 MB fit into `/tmp`" }
# ///
# hide
cat > fork.py <<'EOF'
import os, time

children = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        children += 1
except OSError as e:
    print(f"{children} children, then: {e.strerror}")
EOF
cat > open.py <<'EOF'
files = []
try:
    while True:
        files.append(open("/dev/null"))
except OSError as e:
    print(f"{len(files)} files, then: {e.strerror}")
EOF
# show
python3 -c 'memory = bytearray(100_000_000)' 2>&1 | tail -n 1
head --bytes=2M /dev/zero > /tmp/full  # ? 1
python3 open.py
python3 fork.py
# hide
pkill -f fork.py
rm /tmp/full
# show
