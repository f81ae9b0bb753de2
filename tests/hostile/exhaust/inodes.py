import time

try:
    for number in range(20_000):
        open(f"/tmp/{number}", "w").close()
finally:
    time.sleep(1)
