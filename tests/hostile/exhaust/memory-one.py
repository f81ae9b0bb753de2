import time

hoard = []
for _ in range(20):
    hoard.append(b"x" * 10_000_000)
time.sleep(0.5)
