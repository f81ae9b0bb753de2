import os
import time

hoard = os.memfd_create("hoard")
for _ in range(200):
    os.write(hoard, bytes(1_000_000))
time.sleep(0.5)
