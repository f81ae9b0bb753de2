# /// snippet
# lab = "namespace"
# timeout = 60
# proves = { ko = "한 네트워크 네임스페이스는 같은 포트의 두 번째 리스너를 거절하고 다른 네임스페이스는 받아들이며, 서로의 리스너에는 닿지 않는다.", en = "One network namespace refuses a second listener on a port, another namespace accepts it, and neither reaches the other's listener." }
# browser = true
# ///
# hide
ip link set lo up
cat > listen.py <<'EOF'
import socket, subprocess, sys

# Listen on the port, then run the rest of the command line with the port held.
port, *command = sys.argv[1:]
server = socket.socket()
try:
    server.bind(("0.0.0.0", int(port)))
    server.listen()
except OSError as e:
    print(port, e.strerror, flush=True)
    sys.exit(1)
print(server.getsockname()[1], "listening", flush=True)
if command:
    sys.exit(subprocess.run(command).returncode)
EOF
cat > connect.py <<'EOF'
import socket, sys

try:
    server = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)
except OSError as e:
    print(sys.argv[1], e.strerror)
    sys.exit(1)
print(server.getpeername()[1], "connected")
EOF
# show
python3 listen.py 8080 python3 listen.py 8080  # ? 1
python3 listen.py 8080 unshare --net python3 listen.py 8080
python3 listen.py 8080 python3 connect.py 8080
python3 listen.py 8080 unshare --net sh -c 'ip link set lo up && python3 connect.py 8080'  # ? 1
