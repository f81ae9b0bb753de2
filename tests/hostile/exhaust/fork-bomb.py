import os
import time

for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(2)
            os._exit(0)
    except OSError:
        break
time.sleep(1)
