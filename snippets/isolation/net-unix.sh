# /// snippet
# lab = "namespace"
# proves = { ko = "네트워크 네임스페이스는 추상 유닉스 소켓을 감추지만, 경로가 있는 소켓은 감추지 않는다.", en = "A network namespace hides abstract UNIX sockets, but not those that have a path." }
# browser = true
# ///
# hide
cat > listen.py <<'EOF'
import socket

abstract, path = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
abstract.bind("\0demo")
path.bind("demo.sock")
abstract.listen()
path.listen()
open("ready", "w").close()
abstract.accept()
EOF
cat > connect.py <<'EOF'
import socket, sys

name = sys.argv[1]
try:
    socket.socket(socket.AF_UNIX).connect(name.replace("@", "\0"))
    print(f"{name}: connected")
except OSError as e:
    print(f"{name}: {e.strerror}")
    sys.exit(1)
EOF
# show
python3 listen.py &
# hide
until [ -e ready ]; do sleep 0.01; done
# show
unshare --net python3 connect.py demo.sock
unshare --net python3 connect.py @demo  # ? 1
python3 connect.py @demo
