# /// snippet
# lab = "namespace"
# proves = { ko = "veth 쌍은 두 네트워크 네임스페이스 사이에 요청을 나르고, 한쪽 끝을 내리면 그친다.", en = "A veth pair carries a request between two network namespaces, until one end is taken down." }
# browser = true
# ///
# hide
cat > serve.py <<'EOF'
import socket, sys

server = socket.create_server((sys.argv[1], 8080))
open("ready", "w").close()
while True:
    client, address = server.accept()
    client.sendall(f"hello, {address[0]}\n".encode())
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
ip netns add web
# step: pair
ip link add veth0 type veth peer name eth0 netns web
# step: outer
ip address add 10.0.0.1/24 dev veth0 && ip link set veth0 up
# step: inner
nsenter --net=/run/netns/web sh -c 'ip address add 10.0.0.2/24 dev eth0 && ip link set eth0 up'
# step: addresses
ip -4 -brief address show veth0 && nsenter --net=/run/netns/web ip -4 -brief address show eth0
# step: server
nsenter --net=/run/netns/web python3 serve.py 10.0.0.2 &
# hide
until [ -e ready ]; do sleep 0.01; done
# show
# step: request
python3 get.py 10.0.0.2
# step: down
ip link set veth0 down
# step: refused
python3 get.py 10.0.0.2  # ? 1
# hide
kill %1
wait  # ? *
ip link delete veth0
ip netns delete web
# show
