# /// snippet
# lab = "namespace"
# proves = { ko = "두 네트워크 네임스페이스는 둘 다 80번 포트에서 들을 수 있고, 같은 네임스페이스의 두 번째 리스너는 거절된다.", en = "Two network namespaces can both listen on port 80; a second listener in the same one is refused." }
# browser = true
# ///
# hide
cat > listen.py <<'end'
import socket, sys, time

try:
    server = socket.create_server(("127.0.0.1", 80))
except OSError as e:
    sys.exit(e.strerror)
print("listening on port", server.getsockname()[1], flush=True)
open("ready", "w").close()
if len(sys.argv) > 1:
    time.sleep(1000)
end
# show
python3 listen.py stay > first.log &
# hide
until [ -e ready ]; do sleep 0.01; done # timeout: 5s
# show
cat first.log
python3 listen.py  # ? 1
unshare --net sh -c 'ip link set lo up && python3 listen.py'
# hide
kill %1
# show
