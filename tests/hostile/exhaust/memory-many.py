import os
import time

for _ in range(10):
    if os.fork() == 0:
        hoard = b"x" * 20_000_000
        time.sleep(2)
        os._exit(0)
time.sleep(1)
