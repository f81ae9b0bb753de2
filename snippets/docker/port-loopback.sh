# /// snippet
# lab = "namespace"
# proves = { ko = "자기 네트워크 네임스페이스의 127.0.0.1에서 듣는 서버에는 밖에서 닿을 수 없고, 0.0.0.0에서 듣는 서버에는 닿는다.", en = "A server that listens on 127.0.0.1 of its own network namespace cannot be reached from outside it; one that listens on 0.0.0.0 can." }
# browser = true
# ///
# hide
cat > serve.py <<'EOF'
import socket, sys, time

# Listen on the address, say so, and answer one connection.
server = socket.create_server((sys.argv[1], 80))
open("ready", "w").close()
server.settimeout(30)
try:
    server.accept()
except TimeoutError:
    pass
EOF
cat > connect.py <<'EOF'
import socket, sys

try:
    server = socket.create_connection((sys.argv[1], 80), 5)
except OSError as e:
    print(sys.argv[1], e.strerror)
    sys.exit(1)
print(server.getpeername()[0], "connected")
EOF
# show
ip netns add web
ip link add veth0 type veth peer name eth0 netns web
ip address add 172.18.0.1/24 dev veth0 && ip link set veth0 up
nsenter --net=/run/netns/web sh -c 'ip link set lo up && ip address add 172.18.0.2/24 dev eth0 && ip link set eth0 up'
nsenter --net=/run/netns/web python3 serve.py 127.0.0.1 &
# hide
until [ -e ready ]; do sleep 0.02; done && rm ready
# show
python3 connect.py 172.18.0.2  # ? 1
nsenter --net=/run/netns/web python3 connect.py 127.0.0.1
# hide
wait
# show
nsenter --net=/run/netns/web python3 serve.py 0.0.0.0 &
# hide
until [ -e ready ]; do sleep 0.02; done && rm ready
# show
python3 connect.py 172.18.0.2
# hide
wait
ip link delete veth0
ip netns delete web
# show
