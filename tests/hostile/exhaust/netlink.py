# Messages that wait in sockets of netlink, to whom they were sent by themselves.
import os
import socket
import time

for _ in range(5):
    if os.fork() == 0:
        kept = []
        for _ in range(200):
            try:
                kept.append(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
                kept[-1].bind((0, 0))
                while True:
                    kept[-1].sendto(bytes(100_000), socket.MSG_DONTWAIT, kept[-1].getsockname())
            except OSError:
                pass
        time.sleep(2)
        os._exit(0)
time.sleep(2)
