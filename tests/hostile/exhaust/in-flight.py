# Descriptors on their way over a socket: all of a user's together are compared with RLIMIT_NOFILE.
import contextlib
import socket
import time

near, far = socket.socketpair()
with contextlib.suppress(OSError):
    while True:
        socket.send_fds(near, [b"x"], [0] * 250, socket.MSG_DONTWAIT)
time.sleep(1)
