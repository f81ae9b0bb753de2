# /// snippet
# lab = "namespace"
# proves = { ko = "unshare는 부른 쪽이 아니라 그 자식들을 시간 네임스페이스로 옮기고, 첫 자식이 들어가면 오프셋이 굳는다.", en = "unshare moves not the caller but its children into the time namespace, and the offsets are fixed once the first of them is in it." }
# browser = { ko = "그 머신의 Python 3.11에는 `os.unshare`가 없다", en = "its Python 3.11 has no `os.unshare`" }
# ///
import os
import time


def monotonic():
    return int(time.clock_gettime(time.CLOCK_MONOTONIC))


def namespace(link):
    return os.readlink(f"/proc/self/ns/{link}")


before = namespace("time")
os.unshare(os.CLONE_NEWTIME)
print("the caller moved:", namespace("time") != before)
print("its children will:", namespace("time_for_children") != before)

with open("/proc/self/timens_offsets", "w") as offsets:
    offsets.write("monotonic 86400 0")
start = monotonic()
print("the caller's clock moved:", monotonic() - start > 3600, flush=True)
if os.fork() == 0:
    print("the child's clock moved:", monotonic() - start > 3600, flush=True)
    os._exit(0)
os.wait()

try:
    with open("/proc/self/timens_offsets", "w") as offsets:
        offsets.write("monotonic 0 0")
    print("offsets: changed")
except OSError as error:
    print("offsets:", error.strerror)
