import time

hoard = []
try:
    for _ in range(1000):
        hoard.append(open("/dev/null"))
finally:
    time.sleep(1)
