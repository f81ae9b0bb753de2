# Protocols that no snippet needs: MPTCP and UDP-Lite.
import contextlib
import socket
import time

kept = []
for kind, protocol in ((socket.SOCK_STREAM, 262), (socket.SOCK_DGRAM, 136)):
    with contextlib.suppress(OSError):
        kept.append(socket.socket(socket.AF_INET, kind, protocol))
        kept[-1].bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            kept[-1].listen()
time.sleep(0.5)
