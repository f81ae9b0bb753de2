# Few sockets with large buffers: as much as net.core.rmem_max of the host allows.
import socket
import time

kept = []
for _ in range(60):
    kept.append(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
    kept[-1].bind((0, 0))
    kept[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_000_000)
    try:
        while True:
            kept[-1].sendto(bytes(100_000), socket.MSG_DONTWAIT, kept[-1].getsockname())
    except OSError:
        pass
time.sleep(1)
