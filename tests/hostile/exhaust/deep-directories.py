import os
import time

os.chdir("/tmp")
try:
    for _ in range(10_000):
        os.mkdir("d")
        os.chdir("d")
finally:
    time.sleep(1)
