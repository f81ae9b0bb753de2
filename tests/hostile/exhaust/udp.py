# Datagrams that wait in sockets of UDP.
import os
import socket
import time

for _ in range(10):
    if os.fork() == 0:
        kept = []
        for _ in range(200):
            try:
                kept.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                kept[-1].bind(("127.0.0.1", 0))
                for _ in range(20):
                    kept[-1].sendto(bytes(50_000), socket.MSG_DONTWAIT, kept[-1].getsockname())
            except OSError:
                pass
        time.sleep(2)
        os._exit(0)
time.sleep(2)
