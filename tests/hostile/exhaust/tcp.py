# What waits in connections that nobody reads.
import contextlib
import socket
import time

kept = []
with contextlib.suppress(OSError):
    while True:
        server = socket.create_server(("127.0.0.1", 0))
        client = socket.create_connection(server.getsockname())
        near, _ = server.accept()
        kept += [server, client, near]
        client.setblocking(False)
        near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 16_000_000)
        with contextlib.suppress(OSError):
            for _ in range(1000):
                client.send(bytes(100_000))
                time.sleep(0.0001)
time.sleep(2)
