# /// snippet
# lab = "namespace"
# proves = { ko = "새 네트워크 네임스페이스에는 자기 루프백 인터페이스가 있고, 꺼져 있으며, 바깥의 리스너로 이어지지 않는다.", en = "A new network namespace has a loopback interface of its own, which is down and does not lead to the listeners outside." }
# browser = true
# ///
# hide
cat > serve.py <<'EOF'
import socket, sys

server = socket.create_server((sys.argv[1], 8080))
open("ready", "w").close()
while True:
    client, _ = server.accept()
    client.sendall(b"hello\n")
    client.close()
EOF
cat > get.py <<'EOF'
import socket, sys

try:
    with socket.create_connection((sys.argv[1], 8080), 5) as server:
        print(server.makefile().read(), end="")
except OSError as e:
    print(e.strerror)
    sys.exit(1)
EOF
# show
python3 serve.py 127.0.0.1 &
# hide
until [ -e ready ]; do sleep 0.01; done
# show
python3 get.py 127.0.0.1
unshare --net bash <<'jail'
ip link show lo | grep --only-matching 'state [A-Z]*'
python3 get.py 127.0.0.1  # ? 1
ip link set lo up
python3 get.py 127.0.0.1  # ? 1
ip -4 route
jail
# hide
kill %1
# show
